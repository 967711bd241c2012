package dev.counterfoil.terminal.line;

/// Where the service manager (systemd) hears how the program is; see sd_notify(3).
///
/// Threads: any. Never blocks; what cannot be said is lost.
public interface ServiceNotices {

  /// Nobody listens.
  ServiceNotices NOBODY = new ServiceNotices() {
    @Override
    public void say(String state) {
      // As sd_notify does without a socket.
    }

    @Override
    public long watchdogMillis() {
      return 0;
    }
  };

  /// @param state assignments such as `READY=1`, a line each
  void say(String state);

  /// Within how many milliseconds the manager wants to hear `WATCHDOG=1`; 0 if it does not.
  long watchdogMillis();
}

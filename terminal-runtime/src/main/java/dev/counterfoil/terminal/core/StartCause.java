package dev.counterfoil.terminal.core;

/// Why this run had to be started: how the one before it ended.
public enum StartCause {
  /// There was none before, or nothing is known of it.
  FIRST,
  /// It was stopped as it should be.
  ORDERLY,
  /// The server asked for a new start.
  RESTART,
  /// The program ended by itself, was killed, or hung until systemd ended it; the machine ran on.
  CRASH,
  /// The machine went down under the running program. Mostly the power; a watchdog whose driver tells nothing looks the same.
  POWER,
  /// The machine's watchdog started it anew, because the program had stopped giving signs of life.
  WATCHDOG;

  /// How a run stands in its marker.
  public enum Mark {
    /// It goes on, or went on when everything ended.
    RUNNING, STOPPED, RESTARTING
  }

  /// Decides.
  ///
  /// @param before       mark of the run before this one
  /// @param sameBoot     the kernel has run on since then
  /// @param byWatchdog   the watchdog's driver says that it started the machine
  public static StartCause of(Mark before, boolean sameBoot, boolean byWatchdog) {
    return switch (before) {
      case STOPPED -> ORDERLY;
      case RESTARTING -> RESTART;
      case RUNNING -> sameBoot ? CRASH : byWatchdog ? WATCHDOG : POWER;
    };
  }
}

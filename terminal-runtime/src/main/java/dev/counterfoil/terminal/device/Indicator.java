package dev.counterfoil.terminal.device;

/// Lamps and a buzzer.
///
/// Threads: all methods may be called from any thread; patterns run on the indicator's own thread. Everything is
/// off before the first signal and after [#close()].
public interface Indicator extends AutoCloseable {

  /// Plays the pattern of this signal, at once and in place of the one still running. Returns at once.
  /// Ignored after [#close()].
  void show(Signal signal);

  /// Lamps and buzzer off. Blocks until the indicator's thread has ended. Idempotent.
  @Override
  void close();
}

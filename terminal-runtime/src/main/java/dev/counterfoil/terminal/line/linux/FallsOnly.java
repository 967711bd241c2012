package dev.counterfoil.terminal.line.linux;

/// An input that can leave out rises. With both kinds the kernel cannot tell a fall that is over within its interrupt's time from a
/// rise; with falls only it tells each of them.
public interface FallsOnly {

  /// From now on listeners hear falls and no rises.
  void tellFallsOnly();
}

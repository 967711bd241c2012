package dev.counterfoil.sim.device.printer;

/// Something on the roll of paper, or done to it.
public sealed interface Printed {

  /// A line of text; an empty one is paper fed.
  record Line(String text, boolean bold, boolean large, boolean centred) implements Printed {}

  /// A QR code, by what a telephone reads.
  ///
  /// @param moduleDots size of a module, 1-16
  /// @param correction L, M, Q or H
  record Qr(String content, int moduleDots, char correction) implements Printed {}

  /// @param full all the way through
  record Cut(boolean full) implements Printed {}

  /// A pulse on the drawer's socket.
  record DrawerPulse(int pin, int onMillis) implements Printed {}
}

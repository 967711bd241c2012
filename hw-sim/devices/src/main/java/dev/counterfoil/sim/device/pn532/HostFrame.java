package dev.counterfoil.sim.device.pn532;

/// What the host sent, after framing (UM0701-02 section 6.2.1).
public sealed interface HostFrame {
  /// The host has our reply, or wants the running command aborted.
  record Ack() implements HostFrame {}

  /// The host wants the last reply again.
  record Nack() implements HostFrame {}

  /// An information frame whose checksums fit: TFI, command code, parameters.
  record Information(byte[] data, boolean extended) implements HostFrame {}

  /// Bytes that looked like a frame and were none; the real chip stays silent.
  record Broken(String reason) implements HostFrame {}
}

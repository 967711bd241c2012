package dev.counterfoil.terminal.driver.pn532;

/// What the decoder finds on the line.
sealed interface Pn532Input {

  /// The chip has taken the command.
  record Ack() implements Pn532Input {}

  /// A NACK; only hosts send it, so on our side it is an echo of our own.
  record Nack() implements Pn532Input {}

  /// The chip's error frame (`7F`): the command was understood as a frame and refused.
  record SyntaxError() implements Pn532Input {}

  /// A good information frame.
  ///
  /// @param direction D5 from the chip, D4 when our own words come back
  /// @param data      reply code and parameters; at least one byte
  record Information(int direction, byte[] data) implements Pn532Input {}

  /// A frame began and was not good: a wrong check sum, an impossible length, or it broke off.
  record Damaged(String reason) implements Pn532Input {}

  /// Bytes outside any frame, other than the zeros that are legal between frames.
  record Noise(int bytes) implements Pn532Input {}
}

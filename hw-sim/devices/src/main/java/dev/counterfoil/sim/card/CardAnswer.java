package dev.counterfoil.sim.card;

/// What came back over the air, and how long the card took.
public sealed interface CardAnswer {
  /// The card answered with these bytes (without CRC). Empty is the four-bit acknowledge of a write.
  record Data(byte[] bytes) implements CardAnswer {}

  /// The card refused with its four-bit NAK and fell out of its active state.
  record Nak() implements CardAnswer {}

  /// The key was wrong; the card is halted until it is selected again.
  record AuthenticationFailed() implements CardAnswer {}

  /// Nothing came back: halted, not understood, or gone from the field.
  record Silence() implements CardAnswer {}

  static CardAnswer data(byte... bytes) {
    return new Data(bytes);
  }
}

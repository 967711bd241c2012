package dev.counterfoil.terminal.device;

/// What lamps and buzzer can say to the customer.
public enum Signal {
  /// Everything off: present a card, key an amount.
  IDLE,
  /// The terminal is deciding; keep the card there. Lasts until the next signal.
  WAIT,
  /// The sale is durable and approved. Only ever shown after the journal's commit.
  APPROVE,
  /// The sale was refused.
  DECLINE,
  /// The same again, please: several cards at once, or one that was taken away too early.
  AGAIN,
  /// The card was reported lost or stolen: the cashier is to look up and keep it.
  LOST_CARD,
  /// A key was taken.
  KEY,
  /// The terminal itself cannot sell. Lasts until the next signal.
  ERROR
}

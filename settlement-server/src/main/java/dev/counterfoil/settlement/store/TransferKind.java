package dev.counterfoil.settlement.store;

/// What a transfer does. Only POSTED and CAPTURE move money. The code is stored.
public enum TransferKind {
  POSTED(1),
  /// Reserves an amount of the debit account until CAPTURE or RELEASE names it.
  HOLD(2),
  /// Ends a hold and moves its amount or less (or more, when a late record demands it).
  CAPTURE(3),
  /// Ends a hold and moves nothing.
  RELEASE(4);

  private final int code;

  TransferKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// Whether the amount moves from debit to credit account.
  public boolean moves() {
    return this == POSTED || this == CAPTURE;
  }

  /// @throws IllegalArgumentException if no kind has this code
  public static TransferKind of(int code) {
    for (TransferKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no transfer kind " + code);
  }
}

package dev.counterfoil.protocol.journal;

import java.util.Optional;

/// What a record says. Codes are never reused; an unknown code is kept, chained and acknowledged, and waits in the
/// exception queue until an upgrade understands it.
public enum RecordKind {
  GENESIS(1, Sign.ZERO, false),
  RESUME(2, Sign.ZERO, false),
  INTENT(3, Sign.ZERO, false),
  OUTCOME(4, Sign.NOT_NEGATIVE, false),
  SALE(5, Sign.POSITIVE, false),
  DECLINE(6, Sign.ZERO, false),
  VOID(7, Sign.NEGATIVE, false),
  DOOR(8, Sign.ZERO, false),
  SHIFT_REPORT(9, Sign.ZERO, false),
  CHECKPOINT_SEEN(10, Sign.ZERO, true),
  TIME_ANCHOR(11, Sign.ZERO, true),
  KEY_ROTATE(12, Sign.ZERO, false),
  CONFIG_APPLIED(13, Sign.ZERO, false),
  HEALTH(14, Sign.ZERO, true),
  GAP(15, Sign.ZERO, false),
  EPOCH_CLOSE(16, Sign.ZERO, false),
  USE(18, Sign.ZERO, false),
  REFUND(19, Sign.NEGATIVE, false),
  /// In test mode: a kind of its own, so that no reader can take it for what it tries.
  TEST(20, Sign.ZERO, false);

  /// What {@link #amount} of a kind may be.
  private enum Sign {
    ZERO,
    POSITIVE,
    NOT_NEGATIVE,
    NEGATIVE
  }

  private static final RecordKind[] BY_CODE = new RecordKind[256];

  static {
    for (RecordKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;
  private final Sign sign;
  private final boolean bookkeeping;

  RecordKind(int code, Sign sign, boolean bookkeeping) {
    this.code = code;
    this.sign = sign;
    this.bookkeeping = bookkeeping;
  }

  public int code() {
    return code;
  }

  /// Whether the kind only keeps the link and clock in order. An acknowledgement that newly covers nothing else is
  /// not bound back into the chain, or an idle link would never go quiet.
  public boolean isBookkeeping() {
    return bookkeeping;
  }

  /// Whether a record of this kind may contribute `amount` minor units to the turnover.
  public boolean allowsAmount(long amount) {
    return switch (sign) {
      case ZERO -> amount == 0;
      case POSITIVE -> amount > 0;
      case NOT_NEGATIVE -> amount >= 0;
      case NEGATIVE -> amount < 0;
    };
  }

  /// @param code 0..255
  public static Optional<RecordKind> ofCode(int code) {
    return Optional.ofNullable(BY_CODE[code & 0xff]);
  }
}

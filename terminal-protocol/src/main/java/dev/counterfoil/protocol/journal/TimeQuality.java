package dev.counterfoil.protocol.journal;

/// How far a record's wall clock can be believed. A terminal's clock is data, never an ordering (I-16).
public enum TimeQuality {
  /// Never set since power came, or known to be wrong.
  UNKNOWN(0),
  /// From the board's own clock only.
  LOCAL_CLOCK(1),
  /// A signed server time was taken over in an earlier run.
  ANCHORED_BEFORE(2),
  /// A signed server time was taken over in this run.
  ANCHORED(3);

  private final int code;

  TimeQuality(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// The quality of a code; codes of later versions count as unknown.
  public static TimeQuality ofCode(int code) {
    return switch (code) {
      case 1 -> LOCAL_CLOCK;
      case 2 -> ANCHORED_BEFORE;
      case 3 -> ANCHORED;
      default -> UNKNOWN;
    };
  }
}

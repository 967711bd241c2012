package dev.counterfoil.terminal.sale;

/// What an operator's card may do at the counter. Key `A` goes from one to the next, its number chooses it directly.
public enum OperatorErrand {
  VOID('1'), SHIFT('2'), REFUND('3'), TEST('4'), CLEAR('5');

  private final char key;

  OperatorErrand(char key) {
    this.key = key;
  }

  /// What a key chooses while `now` stands on the glass; the same where it chooses nothing.
  static OperatorErrand after(OperatorErrand now, char pressed) {
    if (pressed == 'A') {
      return values()[(now.ordinal() + 1) % values().length];
    }
    for (OperatorErrand errand : values()) {
      if (errand.key == pressed) {
        return errand;
      }
    }
    return now;
  }
}

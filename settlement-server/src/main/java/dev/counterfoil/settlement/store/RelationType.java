package dev.counterfoil.settlement.store;

/// How a second account belongs to a first one (ACC-16). The code is stored.
public enum RelationType {
  MAIN_SUB(1), FAMILY(2),
  /// The second is a member of the first, which is a department's.
  DEPARTMENT(3);

  private final int code;

  RelationType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no relation type has this code
  public static RelationType of(int code) {
    for (RelationType kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no relation type " + code);
  }
}

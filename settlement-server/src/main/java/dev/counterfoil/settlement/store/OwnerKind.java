package dev.counterfoil.settlement.store;

/// Whom an account belongs to (ACC-24, A-48). The code is stored.
public enum OwnerKind {
  EMPLOYEE(1), DEPARTMENT(2), PROJECT(3),
  /// A visitor, or anybody else.
  OTHER(4);

  private final int code;

  OwnerKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// Whose an account of this kind is if nobody says.
  public static OwnerKind usual(AccountKind kind) {
    return switch (kind) {
      case PERSONAL -> EMPLOYEE;
      case DEPARTMENT, GROUP -> DEPARTMENT;
      case PROJECT -> PROJECT;
      case TEMPORARY -> OTHER;
    };
  }

  /// @throws IllegalArgumentException if no owner kind has this code
  public static OwnerKind of(int code) {
    for (OwnerKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no owner kind " + code);
  }
}

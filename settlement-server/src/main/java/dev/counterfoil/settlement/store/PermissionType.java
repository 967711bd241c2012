package dev.counterfoil.settlement.store;

/// What a permission of an account is for (ACC-15). The code is stored.
public enum PermissionType {
  CONSUMPTION(1), TRANSFER(2), WITHDRAWAL(3), QUERY(4);

  private final int code;

  PermissionType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException if no permission type has this code
  public static PermissionType of(int code) {
    for (PermissionType kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no permission type " + code);
  }
}

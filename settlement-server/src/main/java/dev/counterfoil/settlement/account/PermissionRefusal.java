package dev.counterfoil.settlement.account;

/// Why an account's permissions refuse something. The names are stable codes. Order of precedence: the later one is
/// closer to a yes, and of several permissions the closest refusal is told.
public enum PermissionRefusal {
  PERMISSION_DISABLED("the permission is disabled"), PERMISSION_NOT_YET(
      "the permission is not valid yet"),
  PERMISSION_EXPIRED(
      "the permission is not valid any more"),
  PERMISSION_ELSEWHERE(
      "the permission does not hold at this terminal"),
  LIMIT_SINGLE(
      "more than the permission allows at once"),
  LIMIT_DAILY(
      "more than the permission allows in a day"),
  LIMIT_MONTHLY(
      "more than the permission allows in a month");

  private final String meaning;

  PermissionRefusal(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }
}

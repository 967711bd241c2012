package dev.counterfoil.settlement.audit;

/// What is wrong with the first bad line of an exported audit trail. Printed, so a constant is never renamed.
public enum AuditFault {
  NO_HEADER("the file does not begin with " + AuditLine.HEADER),
  BAD_LINE("the line is not written as the server writes it"),
  OTHER_SITE("the line is of another site than those before"),
  MISSING_ROW("rows between the one before and this one are gone"),
  EXTRA_ROW("a row of this number came before"),
  WRONG_HASH("the row is not the one that was written"),
  ROOT_AHEAD("a signed root counts rows that are not here"),
  WRONG_ROOT("the rows up to here are not those that the server signed"),
  ROOT_ORDER("the root's day or count is not after the one before"),
  BAD_ROOT_SIGNATURE("the root is not signed by this key"),
  NO_ROOT("no signed root is in the file: rows that agree with each other prove nothing");

  private final String meaning;

  AuditFault(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }
}

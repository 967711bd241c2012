package dev.counterfoil.settlement.imports;

/// What can be wrong with a row of a file. The names are stable: operators look them up.
public enum ImportFault {
  ENCODING_WRONG("bytes that are no text in the file's character set; name the set with --charset"),
  CSV_MALFORMED(
      "a quote that does not fit; a cell with a comma, quote or line end stands in quotes, its quotes doubled"),
  CELL_COUNT("more or fewer cells than the first row has names"),
  CELL_TOO_LONG("a cell longer than import.cell-characters"),
  COLUMN_UNKNOWN("a name in the first row that no column has"),
  COLUMN_TWICE("the same name twice in the first row"),
  COLUMN_MISSING("a column that must be there"),
  CELL_EMPTY("a cell that must not be empty"),
  TEXT_WRONG("a control character in a text"),
  AMOUNT_WRONG("no amount: 0 or more, at most two decimals, neither sign nor separators"),
  NUMBER_WRONG("no whole number in the range that is named"),
  CHOICE_WRONG("none of the words that are named"),
  TIME_WRONG("no time, one without an offset where --zone is not named, or one to come"),
  DAY_WRONG("no day, such as 2026-11-23"),
  CARD_WRONG("no card: a number of 4 to 10 bytes in hexadecimal, or a token of 40 hexadecimal digits"),
  PHONE_WRONG("no telephone number: 3 to 20 digits, a plus sign before them"),
  SITE_FOREIGN("a row of another site than the one that is imported into"),
  WHO_UNCLEAR("not exactly one of account, account_reference and card"),
  REFERENCE_TWICE("a reference that an earlier row of the file has"),
  REFERENCE_REUSED("a reference that was imported before, with other content"),
  CARD_TWICE("a card that an earlier row of the file has"),
  MERCHANT_UNKNOWN("a merchant whom nobody sold for yet");

  private final String meaning;

  ImportFault(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }
}

package dev.counterfoil.settlement.secret;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The place of a sealed value. It is authenticated with the value, so that nobody who can write to the database can
/// pass one person's telephone number off as another's.
///
/// @param site   the row's site
/// @param table  as in the schema
/// @param column as in the schema
/// @param row    the row's key within the site; the last part, so that it may be any text
public record Cell(int site, String table, String column, String row) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  public Cell {
    if (!NAME.matcher(table).matches() || !NAME.matcher(column).matches()) {
      throw new IllegalArgumentException("no names of the schema: " + table + ", " + column);
    }
  }

  /// `site|table|column|row` in UTF-8. No name contains the separator, so no two cells have the same bytes.
  byte[] bytes() {
    return (site + "|" + table + "|" + column + "|" + row).getBytes(StandardCharsets.UTF_8);
  }
}

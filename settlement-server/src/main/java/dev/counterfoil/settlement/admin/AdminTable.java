package dev.counterfoil.settlement.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// The answer of an admin command: named columns and rows of plain values, shown as aligned text or as a JSON array.
/// Numbers stay numbers in JSON. Control characters in values (names come from outside) are shown as `?`.
public final class AdminTable {

  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  public AdminTable(String... columns) {
    this.columns = List.of(columns);
  }

  public AdminTable row(Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException("expected " + columns.size() + " values, found " + values.length);
    }
    rows.add(List.of(values));
    return this;
  }

  public String json() {
    var array = new JsonArray();
    for (List<Object> row : rows) {
      var object = new JsonObject();
      for (int i = 0; i < columns.size(); i++) {
        Object value = row.get(i);
        object.put(columns.get(i),
            value instanceof Number || value instanceof Boolean ? value : String.valueOf(value));
      }
      array.add(object);
    }
    return array.encode() + "\n";
  }

  public String text() {
    if (rows.isEmpty()) {
      return "none\n";
    }
    int[] widths = widths();
    var out = new StringBuilder();
    line(out, columns.stream().map(Object.class::cast).toList(), widths);
    rows.forEach(row -> line(out, row, widths));
    return out.toString();
  }

  private int[] widths() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).length();
      for (List<Object> row : rows) {
        widths[i] = Math.max(widths[i], shown(row.get(i)).length());
      }
    }
    return widths;
  }

  private void line(StringBuilder out, List<Object> values, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String value = shown(values.get(i));
      String padding = " ".repeat(widths[i] - value.length());
      boolean last = i == widths.length - 1;
      out.append(rows.getFirst().get(i) instanceof Number ? padding + value : last ? value : value + padding);
      out.append(last ? "\n" : "  ");
    }
  }

  private static String shown(Object value) {
    return String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
  }
}

package dev.counterfoil.terminal.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// One line of a status: a part of the terminal and what is known of it.
///
/// @param code  `OK`, or the stable code of what is wrong
/// @param facts in the order in which they are read
/// @param hint  what to do; empty when well
public record StatusLine(String part, String code, Map<String, Object> facts, String hint) {

  private static final String OK = "OK";

  public StatusLine {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  static StatusLine well(String part, Map<String, Object> facts) {
    return new StatusLine(part, OK, facts, "");
  }

  static StatusLine ill(String part, StatusCode code, Map<String, Object> facts) {
    return new StatusLine(part, code.name(), facts, code.meaning());
  }

  public boolean isWell() {
    return code.equals(OK);
  }

  /// As printed.
  public String text() {
    String said = facts.entrySet().stream().map(fact -> fact.getKey() + "=" + plain(fact.getValue()))
        .collect(Collectors.joining(" "));
    return "%-4s %-10s %s%s%s".formatted(isWell() ? OK : "FAIL", part, isWell() ? "" : code + " ", said,
        hint.isEmpty() ? "" : "; " + hint);
  }

  private static String plain(Object value) {
    String text = value.toString().replaceAll("\\p{Cntrl}", " ");
    return text.isEmpty() || text.contains(" ") ? "\"" + text.replace("\"", "'") + "\"" : text;
  }

  Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("part", part);
    object.put("ok", isWell());
    object.put("code", code);
    object.put("facts", facts);
    object.put("hint", hint);
    return object;
  }
}

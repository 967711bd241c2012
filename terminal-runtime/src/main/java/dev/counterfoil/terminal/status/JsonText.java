package dev.counterfoil.terminal.status;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as JSON (RFC 8259): maps with names, lists, numbers, truth values, and everything else as text. Pure.
public final class JsonText {

  private JsonText() {}

  /// @param value a map is written in its own order
  public static String of(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.entrySet().stream()
          .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
      case Long _,Integer _,Boolean _ -> value.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    text.chars().forEach(character -> {
      if (character == '"' || character == '\\') {
        out.append('\\').append((char) character);
      } else if (character < 0x20) {
        out.append("\\u%04x".formatted(character));
      } else {
        out.append((char) character);
      }
    });
    return out.append('"').toString();
  }
}

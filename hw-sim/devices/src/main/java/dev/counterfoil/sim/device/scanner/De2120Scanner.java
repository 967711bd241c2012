package dev.counterfoil.sim.device.scanner;

import dev.counterfoil.sim.device.serial.SerialModel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A DE2120: words between `^_^` and `.`, each answered by 06 if it is known, 15 if not. Not thread-safe.
public final class De2120Scanner implements SerialModel {

  private static final String OPENING = "^_^";
  private static final int LONGEST = 32;
  private static final List<String> PLAIN_WORDS = List.of("SCAN", "SLEEP", "DSPYFW");
  private static final Map<String, List<String>> PROPERTIES = Map.of("SCM", List.of("MAN", "CNT", "MDH"),
      "CNTALW", List.of("0", "1", "2", "3"), "232BAD", List.of("2", "3", "4", "5", "6", "7", "8", "9"),
      "BEPSUC", List.of("0", "1"), "LAMENA", List.of("0", "1"), "AIMENA", List.of("0", "1"));
  private static final byte[] TAKEN = {0x06};
  private static final byte[] REFUSED = {0x15};

  private final Map<String, String> settings = new HashMap<>();
  private String held = "";
  private boolean refusing;

  public De2120Scanner() {
    factory();
  }

  private void factory() {
    settings.put("SCM", "MAN");
    settings.put("CNTALW", "0");
  }

  /// It refuses everything from now on.
  public void refusing(boolean on) {
    refusing = on;
  }

  /// What a property is set to; empty if it never was.
  public String setting(String property) {
    return settings.getOrDefault(property, "");
  }

  /// Whether it looks for codes by itself.
  public boolean looks() {
    return !"MAN".equals(settings.get("SCM"));
  }

  @Override
  public byte[] hear(byte[] bytes, long nowMicros) {
    held += new String(bytes, StandardCharsets.ISO_8859_1);
    var said = new ByteArrayOutputStream();
    for (int end = held.indexOf('.'); end >= 0; end = held.indexOf('.')) {
      String before = held.substring(0, end);
      held = held.substring(end + 1);
      int start = before.lastIndexOf(OPENING);
      if (start >= 0) {
        said.writeBytes(obey(before.substring(start + OPENING.length())) ? TAKEN : REFUSED);
      }
    }
    held = held.length() > LONGEST ? held.substring(held.length() - LONGEST) : held;
    return said.toByteArray();
  }

  private boolean obey(String word) {
    if (refusing) {
      return false;
    }
    if (word.equals("DEFALT")) {
      settings.clear();
      factory();
      return true;
    }
    for (var property : PROPERTIES.entrySet()) {
      String value = word.startsWith(property.getKey()) ? word.substring(property.getKey().length()) : "";
      if (property.getValue().contains(value)) {
        settings.put(property.getKey(), value);
        return true;
      }
    }
    return PLAIN_WORDS.contains(word);
  }

  /// Its settings live in flash and stay.
  @Override
  public void powerCycle() {
    held = "";
  }
}

package dev.counterfoil.terminal.driver.scanner;

import java.util.ArrayList;
import java.util.List;

/// Cuts what a scanner says into texts. A text ends with CR, LF or both, or with a silence: factory settings differ in
/// what they send behind a code, and one scanner may be set to send nothing.
///
/// Holds at most one text. Not thread-safe.
final class ScannedLines {

  /// What is longer is no code of ours; its rest is dropped.
  static final int LONGEST = 512;

  private final StringBuilder text = new StringBuilder();

  /// Adds bytes and answers the texts that are complete now, none of them empty.
  List<String> feed(byte[] bytes) {
    var complete = new ArrayList<String>();
    for (byte each : bytes) {
      if (each == '\r' || each == '\n') {
        complete.addAll(end());
      } else if (text.length() < LONGEST) {
        text.append((char) (each & 0xFF));
      }
    }
    return complete;
  }

  /// Whether a text has begun, so that a silence would end it.
  boolean isMidText() {
    return !text.isEmpty();
  }

  /// The text that a silence ends, if one has begun.
  List<String> end() {
    var ended = text.isEmpty() ? List.<String>of() : List.of(text.toString());
    text.setLength(0);
    return ended;
  }
}

package dev.counterfoil.settlement.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A stable code with its HTTP status and its text in both languages, as `problems.tsv` lists them.
///
/// @param status of HTTP, 400 to 503
record Problem(String code, int status, String english, String chinese) {

  private static final int FIELDS = 4;
  private static final Map<String, Problem> ALL = read();

  /// @return the problem; a code that is not listed is a mistake in the program and reads as one
  static Problem of(String code) {
    Problem known = ALL.get(code);
    return known == null ? new Problem(code, 500, "The server made a mistake.", "服务器出错。") : known;
  }

  static Map<String, Problem> all() {
    return Collections.unmodifiableMap(ALL);
  }

  String text(Language language) {
    return switch (language) {
      case ENGLISH -> english;
      case CHINESE -> chinese;
    };
  }

  private static Map<String, Problem> read() {
    var all = new TreeMap<String, Problem>();
    for (String line : lines()) {
      String[] fields = line.split("\t", -1);
      if (fields.length != FIELDS) {
        throw new IllegalStateException("problems.tsv: " + line);
      }
      all.put(fields[0], new Problem(fields[0], Integer.parseInt(fields[1]), fields[2], fields[3]));
    }
    return all;
  }

  private static List<String> lines() {
    try (InputStream in = Problem.class.getResourceAsStream("problems.tsv")) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: problems.tsv");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

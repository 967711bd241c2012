package dev.counterfoil.settlement.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The schema's scripts in the words of one dialect. A script says `${int}`, `${append_only transfer}` or
/// `${money x.amount}`; what stands for that is a part of `schema-DIALECT.sql`, which begins with a line `-- int`. Within a part, `@` is the word behind
/// the part's name.
final class SchemaScripts {

  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)(?: ([\\w.]+))?}");
  private static final Pattern PART = Pattern.compile("(?ms)^-- (\\w+)\n(.*?)\n(?=^-- |\\z)");

  private final Map<String, String> parts = new HashMap<>();

  SchemaScripts(String dialect) {
    Matcher part = PART.matcher(resource("schema-" + dialect + ".sql"));
    while (part.find()) {
      parts.put(part.group(1), part.group(2));
    }
  }

  /// @throws IllegalStateException if the program holds no such script, or no part that it names
  String script(String name) {
    return filled(resource(name));
  }

  private String filled(String text) {
    return PLACE.matcher(text).replaceAll(place -> {
      String part = parts.get(place.group(1));
      if (part == null) {
        throw new IllegalStateException("no part " + place.group());
      }
      return Matcher.quoteReplacement(place.group(2) == null ? part : part.replace("@", place.group(2)));
    });
  }

  private static String resource(String name) {
    try (InputStream in = SchemaScripts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read from the program: " + name, e);
    }
  }
}

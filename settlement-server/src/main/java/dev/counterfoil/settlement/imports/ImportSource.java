package dev.counterfoil.settlement.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a caller says of a file: which system it comes of and in what characters.
public final class ImportSource {

  /// Of a house that moves here once.
  public static final String USUAL = "import";
  public static final String ALLOWED = "1 to 32 of a-z 0-9 . _ -, beginning with a letter or digit";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

  private ImportSource() {}

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /// GB18030 reads everything that was written in its predecessors.
  public static Optional<Charset> charset(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "UTF-8", "UTF8" -> Optional.of(StandardCharsets.UTF_8);
      case "GB18030", "GBK", "GB2312" -> Optional.of(Charset.forName("GB18030"));
      default -> Optional.empty();
    };
  }
}

package dev.counterfoil.settlement.api;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/// The two languages of every text for people.
enum Language {
  CHINESE("zh-CN"), ENGLISH("en");

  private static final List<String> TAGS = List.of(CHINESE.tag, ENGLISH.tag);
  private static final int LONGEST_HEADER = 200;

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  String tag() {
    return tag;
  }

  /// What the caller would rather read (RFC 9110, 12.5.4); Chinese if nothing says otherwise.
  static Language of(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > LONGEST_HEADER) {
      return CHINESE;
    }
    try {
      String best = Locale.lookupTag(widened(LanguageRange.parse(acceptLanguage)), TAGS);
      return ENGLISH.tag.equals(best) ? ENGLISH : CHINESE;
    } catch (IllegalArgumentException _) {
      // A header that is no list of languages says nothing.
      return CHINESE;
    }
  }

  /// Every Chinese is served by ours.
  private static List<LanguageRange> widened(List<LanguageRange> asked) {
    return asked.stream().map(range -> range.getRange().equals("zh") || range.getRange().startsWith("zh-")
        ? new LanguageRange(CHINESE.tag.toLowerCase(Locale.ROOT), range.getWeight())
        : range).toList();
  }
}

package dev.counterfoil.sim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.sale.Phrase;
import dev.counterfoil.terminal.sale.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The operators' page says the same in English and in Chinese: the same sections, the same rows of every table, the same
/// blocks of code, and of the glass the words that a terminal shows.
class ManualLanguagesTest {

  private static final Path DOCS = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath()
      .normalize().resolve("docs");
  private static final Page ENGLISH = Page.of("OPERATING.md");
  private static final Page CHINESE = Page.of("OPERATING.zh-CN.md");
  /// What a row is told apart by: anything in back-ticks, a code, a number of three digits.
  private static final Pattern KEY = Pattern.compile("`[^`]+`|[A-Z]+(?:_[A-Z]+)+|(?<!\\d)\\d{3}(?!\\d)");

  @Test
  void sectionsHaveTheSameLevelsInTheSameOrder() {
    assertThat(CHINESE.levels()).hasSizeGreaterThan(1).isEqualTo(ENGLISH.levels());
  }

  @Test
  void tablesHaveTheSameRows() {
    assertThat(CHINESE.tables()).hasSizeGreaterThan(1).hasSameSizeAs(ENGLISH.tables());
    for (int i = 0; i < ENGLISH.tables().size(); i++) {
      List<String> english = ENGLISH.tables().get(i);
      List<String> chinese = CHINESE.tables().get(i);
      assertThat(keys(chinese)).as("table behind %s", english.getFirst()).isEqualTo(keys(english));
    }
  }

  @Test
  void blocksOfCodeAreTheSame() {
    assertThat(CHINESE.blocks()).hasSizeGreaterThan(1).isEqualTo(ENGLISH.blocks());
  }

  @Test
  void theGlassIsToldInItsOwnWords() {
    assertThat(secondCells(CHINESE)).containsSubsequence(
        secondCells(ENGLISH).stream().flatMap(cell -> Arrays.stream(Phrase.values())
            .filter(phrase -> phrase.english().equals(cell)).limit(1)
            .map(phrase -> phrase.in(Texts.Language.CHINESE))).toList());
  }

  private static List<TreeSet<String>> keys(List<String> table) {
    return table.stream().map(row -> KEY.matcher(cell(row, 1)).results().map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new))).toList();
  }

  private static List<String> secondCells(Page page) {
    return page.tables().stream().flatMap(List::stream).map(row -> cell(row, 2)).toList();
  }

  private static String cell(String row, int number) {
    return row.split("\\|")[number].strip();
  }

  /// A page in pieces.
  ///
  /// @param levels of its headings, as they are marked
  /// @param tables the rows of each, head and rule included
  /// @param blocks of code, fenced or indented, each as its lines
  record Page(List<String> levels, List<List<String>> tables, List<List<String>> blocks) {

    /// A block that a test runs is fenced `sh run` on one page only, so that it runs once.
    static Page of(String name) {
      var page = new Page(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      String before = "";
      boolean fenced = false;
      for (String line : read(DOCS.resolve(name))) {
        boolean fence = line.startsWith("```");
        if (fenced || fence || line.startsWith("    ")) {
          boolean opens = !fenced && (fence || before.isEmpty());
          put(page.blocks(), opens, fence ? line.replace("sh run", "sh") : line);
          fenced ^= fence;
        } else if (line.startsWith("|")) {
          put(page.tables(), !before.startsWith("|"), line);
        } else if (line.startsWith("#")) {
          page.levels().add(line.substring(0, line.indexOf(' ')));
        }
        before = line;
      }
      return page;
    }

    private static void put(List<List<String>> pieces, boolean first, String line) {
      if (first) {
        pieces.add(new ArrayList<>());
      }
      pieces.getLast().add(line);
    }

    private static List<String> read(Path file) {
      try {
        return Files.readAllLines(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.account.PermissionRefusal;
import dev.counterfoil.settlement.limit.RechargeLimits;
import dev.counterfoil.settlement.operator.FourEyes;
import dev.counterfoil.settlement.transfer.TransferRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every code that a desk or a route can refuse with has its status and its text in both languages.
class ProblemTest {

  private static final Path SOURCES = Path.of(System.getProperty("counterfoil.root", ".."))
      .resolve("settlement-server/src/main/java/dev/counterfoil/settlement");
  private static final Pattern REFUSAL = Pattern
      .compile(
          "(?:RefusedException|ApiException|ApiException\\.of|refuse)\\(\\s*(?:context, )?\"([A-Z][A-Z_]+)\"");

  @Test
  void everyCodeOfTheSourcesIsListed() throws IOException {
    var codes = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Matcher found = REFUSAL.matcher(Files.readString(file));
        while (found.find()) {
          codes.add(found.group(1));
        }
      }
    }
    assertThat(codes).hasSizeGreaterThan(40);
    for (Enum<?>[] refusals : List.of(TransferRefusal.values(), PermissionRefusal.values(),
        RechargeLimits.Refusal.values(), FourEyes.Refusal.values())) {
      Stream.of(refusals).map(Enum::name).forEach(codes::add);
    }
    assertThat(Problem.all().keySet()).containsAll(codes);
  }

  @Test
  void everyTextIsThereInBothLanguagesAndEveryStatusIsOneOfRefusal() {
    assertThat(Problem.all().values()).allSatisfy(problem -> {
      assertThat(problem.english()).matches("[A-Z][ -~]+\\.");
      assertThat(problem.chinese()).endsWith("。").containsPattern("\\p{IsHan}");
      assertThat(problem.status()).isBetween(400, 503);
    });
  }

  @Test
  void thePageOfTheApiHasTheSameTable() throws IOException {
    Path page = Path.of(System.getProperty("counterfoil.root", "..")).resolve("docs/API.md");
    List<String> rows = Files.readAllLines(page).stream().filter(line -> line.matches("\\| `[A-Z_]+` .*"))
        .toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(Problem.all().values().stream()
        .map(each -> "| `" + each.code() + "` | " + each.status() + " | " + each.english() + " | "
            + each.chinese() + " |")
        .toList());
  }

  @Test
  void aCodeThatNobodyListedReadsAsAMistakeOfTheServer() {
    assertThat(Problem.of("NO_SUCH_CODE").status()).isEqualTo(500);
  }
}

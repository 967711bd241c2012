package dev.counterfoil.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The table of all requirements with the tests that prove them. Every module's run leaves its own result file; the
/// table is always made from all of them, without dates, so that equal outcomes give equal bytes.
final class Traceability {

  /// One outcome of one test for one requirement.
  record Outcome(String requirement, String test, Result result) {

    static Outcome parse(String line) {
      String[] parts = line.split("\t", -1);
      return new Outcome(parts[0], parts[1], Result.valueOf(parts[2]));
    }

    String line() {
      return requirement + "\t" + test + "\t" + result;
    }
  }

  enum Result {
    PASSED,
    FAILED,
    SKIPPED
  }

  private static final String CATALOGUE = "requirements.txt";

  private final Path folder;

  /// @param root the project's root folder
  Traceability(Path root) {
    this.folder = root.resolve("target").resolve("requirements");
  }

  /// The IDs of the catalogue, in its order.
  static List<String> catalogue() {
    try (var stream = Traceability.class.getResourceAsStream(CATALOGUE)) {
      if (stream == null) {
        throw new IllegalStateException(CATALOGUE + " is missing beside " + Traceability.class.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Replaces the results of one module, or of one of its forks, and writes the table anew. Others do so at the same time,
  /// so each file appears whole; the module that ends last has seen all.
  void write(String module, Set<String> outcomes) {
    try {
      Files.createDirectories(folder);
      Path own = folder.resolve(module + ".new");
      Files.write(own, outcomes);
      Files.move(own, folder.resolve(module + ".tsv"), StandardCopyOption.ATOMIC_MOVE);
      Files.writeString(own, table(readAll()));
      Files.move(own, folder.resolveSibling("traceability.md"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Outcome> readAll() throws IOException {
    var all = new ArrayList<Outcome>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
        Files.readAllLines(file).stream().map(Outcome::parse).forEach(all::add);
      }
    }
    return all;
  }

  /// The table. An ID whose tests were all skipped, or failed once, is not proven.
  static String table(List<Outcome> outcomes) {
    var rows = new StringBuilder();
    int proven = 0;
    List<String> ids = catalogue();
    for (String id : ids) {
      List<Outcome> mine = outcomes.stream().filter(o -> o.requirement().equals(id)).toList();
      String state = state(mine);
      proven += state.equals("passed") ? 1 : 0;
      rows.append("| ").append(id).append(" | ").append(tests(mine)).append(" | ").append(state)
          .append(" |\n");
    }
    return """
        # Requirements and the tests that prove them

        Written by the build from the `@Requirement` tags; do not edit. `open` = no test ran for it yet.
        Refresh with `cp target/traceability.md docs/traceability.md` after a full `mvn verify`.

        %d of %d requirements have a passing test.

        | ID | tests | outcome |
        | --- | --- | --- |
        %s""".formatted(proven, ids.size(), rows);
  }

  private static String state(List<Outcome> outcomes) {
    if (outcomes.stream().anyMatch(o -> o.result() == Result.FAILED)) {
      return "failed";
    }
    return outcomes.stream().anyMatch(o -> o.result() == Result.PASSED) ? "passed" : "open";
  }

  private static String tests(List<Outcome> outcomes) {
    var names = new TreeSet<String>(Comparator.naturalOrder());
    outcomes.stream().filter(o -> o.result() != Result.SKIPPED).map(Outcome::test).forEach(names::add);
    return String.join("<br>", names);
  }
}

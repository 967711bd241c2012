package dev.counterfoil.sim.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every block fenced `sh run` in README and docs as a reader would, against the classes just built. A block
/// fenced `output` right behind it must match what was printed, line by line; `…` stands for anything.
@Execution(ExecutionMode.CONCURRENT)
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath()
      .normalize();
  private static final Pattern BLOCK = Pattern.compile(
      "(?ms)^```sh run\\n(.*?)^```\\n(?:\\s*```output\\n(.*?)^```\\n)?");

  record Block(String where, String script, String output) {

    @Override
    public String toString() {
      return where;
    }
  }

  static Stream<Block> blocks() throws IOException {
    var blocks = new ArrayList<Block>();
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream
          .concat(Stream.of(ROOT.resolve("README.md")),
              docs.filter(f -> f.toString().endsWith(".md")).sorted())
          .forEach(file -> blocks.addAll(blocksOf(file)));
    }
    return blocks.stream();
  }

  private static List<Block> blocksOf(Path file) {
    String text = read(file);
    var blocks = new ArrayList<Block>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      long line = text.substring(0, matcher.start()).lines().count() + 1;
      String output = matcher.group(2);
      blocks
          .add(new Block(ROOT.relativize(file) + ":" + line, matcher.group(1), output == null ? "" : output));
    }
    return blocks;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readmeAndDocsHaveSuchBlocks() throws IOException {
    assertThat(blocks().map(Block::where)).anyMatch(where -> where.startsWith("README.md"))
        .anyMatch(where -> where.startsWith("docs/PROTOCOL.md"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void everyBlockDoesWhatTheDocumentSays(Block block, @TempDir Path folder) throws Exception {
    assumeTools(block);
    Path log = folder.resolve("log");
    var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block.script())
        .directory(ROOT.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    // A build of the launcher's own would replace the classes under the tests that run beside this one.
    shell.environment().put("COUNTERFOIL_NO_BUILD", "1");
    Process process = shell.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s ended in time", block.where()).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String printed = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as("%s\n%s", block.where(), printed).isZero();
    if (!block.output().isEmpty()) {
      assertThat(printed).as(block.where()).matches(pattern(block.output()));
    }
  }

  /// With CI set a missing tool is a failure, because the test command installs what the tests need.
  private static void assumeTools(Block block) {
    for (String tool : List.of("openssl", "curl")) {
      if (block.script().contains(tool) && System.getenv("CI") == null) {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).map(Path::of)
            .anyMatch(folder -> Files.isExecutable(folder.resolve(tool))), tool + " is not installed");
      }
    }
  }

  private static Pattern pattern(String output) {
    StringBuilder regex = new StringBuilder("(?s)");
    for (String part : output.strip().split("…", -1)) {
      regex.append(regex.length() > 4 ? ".*?" : "").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.append("\\s*").toString());
  }
}

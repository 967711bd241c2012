package dev.counterfoil.sim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Goes over every command that the launcher hands to this program: whatever is typed wrong is one line with exit code
/// 2, and every command has a help.
class CommandLineTest {

  @TempDir
  Path folder;

  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(outBefore);
    System.setErr(errBefore);
  }

  static Stream<String> commands() {
    return leaves("", Counterfoil.commandLine());
  }

  /// Every option of every command that takes a number.
  static Stream<String> numbers() {
    return commands()
        .flatMap(path -> leaf(path).getCommandSpec().options().stream().filter(CommandLineTest::isNumber)
            .map(option -> path + " " + option.longestName() + "=x"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anUnknownOptionIsOneLine(String command) {
    assertOneLine(2, run(command, "--no-such-option"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAHelp(String command) {
    assertThat(run(command, "--help")).as(printed(err)).isZero();
    assertThat(printed(out).toLowerCase(Locale.ROOT)).startsWith("usage: ")
        .contains(command.substring(command.lastIndexOf(' ') + 1));
    assertThat(printed(err)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void aBadNumberIsOneLine(String command) {
    assertOneLine(2, run(command, "sample"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sim --terminals=0", "sim --terminals=33", "sim --mode=free",
      "sim --port=70000", "sim run", "sim run nowhere.txt", "bench", "bench million --sales 99999",
      "verify", "verify run", "verify chain",
      "replay",
      "verify chain f --key zz",
      "verify chain f --key 00", "replay sample --cardholders 0", "sim world --seed x", "sim world --seeds",
      "sim hardware --folder f --lcd 3x3", "sim hardware --folder", "sim pn532 --link f --card zebra:00",
      "dance"})
  void whatIsMissingOrImpossibleIsOneLine(String command) {
    assertOneLine(2, run(command));
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify run", "verify vectors", "verify chain --key 0-64",
      "replay --exit --dir=run-folder"})
  void aFileThatIsNotThereIsOneLine(String command) {
    Path missing = folder.resolve("missing");
    List<String> words = new ArrayList<>();
    Stream.of(command.split(" "))
        .map(word -> word.replace("run-folder", folder.toString()).replace("0-64", "0".repeat(64)))
        .forEach(words::add);
    words.add(missing.toString());
    assertOneLine(2, Counterfoil.commandLine().execute(words.toArray(String[]::new)));
    assertThat(printed(err)).contains(missing.toString());
  }

  @Test
  void aReplayOfWhatCannotBeReadCreatesNothing() {
    String root = System.getProperty("counterfoil.root", "");
    System.setProperty("counterfoil.root", folder.toString());
    try {
      assertOneLine(2, run("replay --exit", folder.resolve("missing").toString()));
    } finally {
      System.setProperty("counterfoil.root", root);
    }
    assertThat(folder).isEmptyDirectory();
    assertThat(printed(out)).isEmpty();
  }

  @Test
  void aMistakeInTheProgramIsOneLineAndTheTraceIsForWhoAsks() {
    assertOneLine(70, broken().execute("broken"));
    assertThat(printed(err)).startsWith("ERROR code=DEFECT problem=\"java.lang.IllegalStateException: a b\"");
    broken().execute("broken", "--verbose");
    assertThat(printed(err)).contains("\tat " + CommandLineTest.class.getName());
  }

  @Test
  void theSimulatorListsAllItsPrograms() throws IOException {
    var root = Path.of(System.getProperty("counterfoil.root", "../..")).resolve("hw-sim");
    String listed = Files
        .readString(root.resolve("bench/src/main/java/dev/counterfoil/sim/app/SimCommand.java"));
    for (String module : List.of("devices", "world")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main"))) {
        var programs = files.filter(file -> file.toString().endsWith("Command.java"))
            .filter(CommandLineTest::isPublic).map(file -> String.valueOf(file.getFileName()))
            .map(file -> file.replace(".java", ".run(")).toList();
        assertThat(programs).as(module).isNotEmpty().allMatch(listed::contains);
      }
    }
  }

  private static boolean isPublic(Path source) {
    try {
      return Files.readString(source).contains("public final class");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CommandLine broken() {
    return Counterfoil.commandLine().addSubcommand("broken", new Broken());
  }

  @CommandLine.Command(name = "broken")
  static final class Broken implements Runnable {

    @Override
    public void run() {
      throw new IllegalStateException("a\nb");
    }
  }

  private int run(String command, String... more) {
    List<String> words = new ArrayList<>();
    Stream.of(command.split(" ")).filter(word -> !word.isEmpty()).forEach(words::add);
    words.addAll(List.of(more));
    return Counterfoil.commandLine().execute(words.toArray(String[]::new));
  }

  private void assertOneLine(int expected, int exitCode) {
    assertThat(exitCode).as(printed(err)).isEqualTo(expected);
    assertThat(printed(err).lines()).hasSize(1).first().asString()
        .matches("(ERROR code=|SIM-[A-Z-]+: |BAD_ARGUMENT ).*");
  }

  private static boolean isNumber(OptionSpec option) {
    return option.type() == int.class || option.type() == long.class;
  }

  private static CommandLine leaf(String path) {
    CommandLine at = Counterfoil.commandLine();
    for (String word : path.strip().split(" ")) {
      at = Objects.requireNonNull(at.getSubcommands().get(word), path);
    }
    return at;
  }

  private static Stream<String> leaves(String path, CommandLine at) {
    return at.getSubcommands().isEmpty() ? Stream.of(path.strip())
        : at.getSubcommands().entrySet().stream()
            .flatMap(sub -> leaves(path + " " + sub.getKey(), sub.getValue()));
  }

  private static String printed(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}

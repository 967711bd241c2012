package dev.counterfoil.sim.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.sim.virtual.ScenarioException.Code;
import dev.counterfoil.terminal.layout.PlainFont;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {

  private static final Path FOLDER = Path.of(System.getProperty("counterfoil.root", "../.."))
      .resolve("docs/scenarios");

  static Stream<Path> scenarios() throws IOException {
    return Files.list(FOLDER).filter(file -> file.toString().endsWith(".txt")).sorted();
  }

  /// Every scenario that the documentation shows happens as it says, to the last word on the glass.
  @ParameterizedTest
  @MethodSource("scenarios")
  void whatAScenarioSaysWasSeenIsSeen(Path file) throws Exception {
    List<String> lines = Files.readAllLines(file);

    var outcome = run(lines);

    assertThat(outcome.differences()).isEmpty();
    assertThat(lines).as("names what was seen").anyMatch(line -> line.startsWith("= "));
  }

  @Test
  void aRecordingReplaysToItself() throws Exception {
    var first = run(List.of("scenario 1", "seed 9", "0 terminal 1 mode=fixed display=ssd1306 language=zh",
        "2.5 1 present anna", "4 1 remove", "4.2 1 network lossy", "5 1 present bo", "5.1 1 kill now",
        "20 end"));

    var again = run(first.lines());

    assertThat(again.differences()).isEmpty();
    assertThat(again.lines()).isEqualTo(first.lines());
    assertThat(first.approved()).isEqualTo(2);
  }

  @Test
  void oneWordMoreOrLessOnTheGlassIsADifference() throws Exception {
    var recorded = run(List.of("scenario 1", "0 terminal 1", "3 1 keys 5#", "4 1 present anna", "8 end"))
        .lines();
    var changed = recorded.stream().map(line -> line.replace("APPROVED    5.00", "APPROVED    6.00"))
        .toList();
    var longer = new ArrayList<>(recorded);
    longer.add(longer.size() - 1, "= 7.000 1 glass \"THANK YOU|\"");
    var shorter = recorded.stream().filter(line -> !line.contains("PRESENT CARD")).toList();

    assertThat(run(changed).differences()).singleElement().asString()
        .contains("terminal 1: expected glass \"APPROVED    6.00").contains("saw glass \"APPROVED    5.00");
    assertThat(run(longer).differences()).singleElement().asString().contains("THANK YOU")
        .contains("nothing more");
    assertThat(run(shorter).differences()).hasSize(1);
    assertThat(run(recorded.stream().filter(line -> !line.contains(" glass ")).toList()).differences())
        .as("what a file does not speak of is not compared").isEmpty();
  }

  /// Its next Hello waits five seconds for the older session's word; the shop opens at half past eleven.
  @Test
  void afterAPowerCutAReceiptTellsTheTimeAtWhichItWasPaid() throws Exception {
    var outcome = run(List.of("scenario 1", "0 terminal 1 mode=fixed", "3.5 1 kill now",
        "20 1 present anna", "24 end"));

    assertThat(outcome.lines()).filteredOn(line -> line.contains(" paper ")).singleElement().asString()
        .contains("2026-11-23 11:30:20");
  }

  @Test
  void whatPowerTookAwayIsNeverShownAndWhatWasDurableIsSettledOnce() throws Exception {
    var outcome = run(Files.readAllLines(FOLDER.resolve("power.txt")));

    assertThat(outcome.approved()).as("shown").isEqualTo(1);
    assertThat(outcome.settled()).as("durable").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "SCENARIO_LINE;1 dance", "SCENARIO_LINE;1", "SCENARIO_LINE;1 key", "SCENARIO_LINE;1 remove all",
      "SCENARIO_LINE;1 present anna bo carl", "SCENARIO_LINE;office recharge anna", "SCENARIO_WORD;1 key E",
      "SCENARIO_WORD;1 key 12", "SCENARIO_WORD;1 network fast", "SCENARIO_WORD;1 power up",
      "SCENARIO_WORD;1 kill later", "SCENARIO_WORD;1 clock soon", "SCENARIO_WORD;1 clock 999999999999",
      "SCENARIO_WORD;office recharge anna 0", "SCENARIO_WORD;office recharge anna 1e3",
      "SCENARIO_WORD;office recharge anna 99999999999999999999", "SCENARIO_WORD;office paint anna",
      "SCENARIO_WORD;terminal <b>", "SCENARIO_WORD;terminal 2 mode=free",
      "SCENARIO_WORD;terminal 2 colour=red",
      "SCENARIO_WORD;terminal 2 mode=fixed mode=keyed", "SCENARIO_WORD;terminal 2 printer",
      "SCENARIO_LINE;1 weigh", "SCENARIO_LINE;1 weigh 5 restless now", "SCENARIO_LINE;1 scan a b",
      "SCENARIO_WORD;1 weigh -5", "SCENARIO_WORD;1 weigh 20001", "SCENARIO_WORD;1 weigh 5 softly",
      "SCENARIO_WORD;1 scan caf\u00e9", "SCENARIO_WORD;1 paper half", "SCENARIO_WORD;1 cover off",
      "SCENARIO_WORD;terminal 2 printer=often", "SCENARIO_TERMINAL;1 weigh 350",
      "SCENARIO_TERMINAL;2 key 5", "SCENARIO_TERMINAL;terminal 1", "SCENARIO_CARD;1 present zoe",
      "SCENARIO_CARD;1 tear zoe", "SCENARIO_CARD;office freeze foreign", "SCENARIO_CARD;office lost zoe"})
  void aLineThatCannotBeDoneSaysWhy(Code code, String line) {
    assertThatExceptionOfType(ScenarioException.class)
        .isThrownBy(() -> run(List.of("scenario 1", "0 terminal 1", "1 " + line, "2 end")))
        .satisfies(wrong -> assertThat(wrong.code()).isEqualTo(code))
        .satisfies(
            wrong -> assertThat(wrong.describe()).startsWith(code + " line 3: ").hasSizeGreaterThan(30));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"1;scenario 2", "1;0 terminal 1", "2;scenario 1/seed x",
      "3;scenario 1/0 terminal 1/seed 4", "2;scenario 1/-1 terminal 1", "2;scenario 1/0.0001 terminal 1",
      "3;scenario 1/5 terminal 1/4.999 1 key 5", "3;scenario 1/5 end/6 1 key 5", "2;scenario 1/word",
      "2;scenario 1/= 1 1", "2;scenario 1/99999999 end"})
  void aFileThatCannotBeReadSaysWhere(int line, String file) {
    assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> run(List.of(file.split("/"))))
        .satisfies(wrong -> assertThat(wrong.code()).isEqualTo(Code.SCENARIO_FILE))
        .satisfies(wrong -> assertThat(wrong.describe()).contains("line " + line + ":"));
  }

  @Test
  void anEmptyFileIsNoScenario() {
    assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> run(List.of()));
  }

  @Test
  void thereIsRoomForSoManyTerminals() throws Exception {
    var lines = new ArrayList<>(List.of("scenario 1"));
    for (int i = 1; i <= VirtualShop.MOST_TERMINALS; i++) {
      lines.add("0 terminal t" + i + " printer=no");
    }
    lines.add("4 t32 keys 5#");
    lines.add("5 t32 present anna");
    lines.add("8 end");

    assertThat(run(lines).approved()).isEqualTo(1);

    lines.add(lines.size() - 1, "5 terminal t33");
    assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> run(lines))
        .satisfies(wrong -> assertThat(wrong.code()).isEqualTo(Code.SCENARIO_TERMINAL));
  }

  /// Two receipts are missing, and only the newest of them is a copy when it is asked for again.
  @Test
  void whatThePaperMissedComesOutOnceWhenItIsAskedFor() throws Exception {
    var lines = run(List.of("scenario 1", "0 terminal 1", "3 1 cover open", "5 1 keys 5#", "6 1 present anna",
        "8 1 remove", "10 1 keys 6#", "11 1 present bo", "13 1 remove", "15 1 cover shut", "17 1 keys AB",
        "19 1 keys AB", "21 end")).lines();

    var slips = lines.stream().filter(line -> line.contains(" paper \"")).toList();
    assertThat(slips).satisfiesExactly(slip -> assertThat(slip).contains("CNY 5.00").doesNotContain("COPY"),
        slip -> assertThat(slip).contains("CNY 6.00").doesNotContain("COPY"),
        slip -> assertThat(slip).contains("CNY 6.00").contains("COPY"));
    assertThat(lines).filteredOn(line -> line.endsWith("alert DEVICE_FAILED")).hasSize(1);
  }

  /// A driver that waits for bytes waits a second at a time; what is read must not lie there for so long.
  @Test
  void aCodeIsReadAsSoonAsItsLineHasCarriedIt() throws Exception {
    var lines = run(List.of("scenario 1", "0 terminal 1", "3.1 1 scan 283412670951827364", "5 end")).lines();

    assertThat(lines).contains("= 3.119 1 glass \"FOREIGN CODE|ERR 026\"");
  }

  @Test
  void whatThePaperMissedIsForgottenWithTheProgram() throws Exception {
    var lines = run(List.of("scenario 1", "0 terminal 1", "3 1 paper out", "5 1 keys 5#", "6 1 present anna",
        "8 1 remove", "9 1 kill now", "12 1 paper in", "16 1 keys AB", "20 end")).lines();

    assertThat(lines).noneMatch(line -> line.contains(" paper \""));
  }

  private static ScenarioRun.Outcome run(List<String> lines) throws ScenarioException {
    return ScenarioRun.of(lines, PlainFont.INSTANCE);
  }
}

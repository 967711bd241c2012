package dev.counterfoil.settlement.terminals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.DeviceCondition;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.TerminalConditionRow;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionDeskTest extends TilledServer {

  private static final Condition.Builder WELL = Condition.newBuilder().setStartCause("ORDERLY").setStarts(4)
      .setUpMs(60_000).setRecords(7).setCapacity(1_000).setUnsent(2).setTimeQuality(3).setClockAheadMs(-5)
      .setSnapshotVersion(9).setDenyVersion(8);

  ConditionDeskTest() {
    super(100_000);
  }

  private Optional<String> heard(Condition.Builder condition) {
    return server.core.heard(till.id, new TerminalWord("READY", "counterfoil-terminal/1", condition.build()),
        server.now);
  }

  private Condition.Builder start(String cause, int number) {
    return WELL.clone().setStartCause(cause).setStarts(number);
  }

  private Optional<TerminalConditionRow> stored() {
    return server.store.condition(TestServer.SITE, 1);
  }

  private TerminalConditionRow ticked() {
    server.core.tick(server.now);
    return stored().orElseThrow();
  }

  @Test
  void whatATerminalSaysOfItselfIsKept() {
    heard(WELL.clone()
        .addDevices(DeviceCondition.newBuilder().setName("reader").setFault("READER_SILENT").setFailures(3))
        .addDevices(DeviceCondition.newBuilder().setName("printer").setFailures(1)));

    assertThat(ticked()).isEqualTo(new TerminalConditionRow(TestServer.SITE, 1, server.now, "READY",
        "counterfoil-terminal/1", "ORDERLY", 4, server.now - 60_000, 7, 1_000, 2, TimeQuality.ANCHORED, -5, 9,
        8,
        "reader:READER_SILENT:3,printer:WELL:1"));
    assertThat(server.store.conditions(TestServer.SITE)).containsExactly(stored().orElseThrow());
  }

  @Test
  void aChangeOfWordsIsDurableAtTheNextTickAndFiguresWithinAMinute() {
    heard(WELL);
    ticked();
    server.now += 30_000;
    heard(WELL.clone().setUnsent(50));
    assertThat(ticked().unsent()).as("mere figures wait").isEqualTo(2);

    heard(WELL.clone().setUnsent(51).setTimeQuality(1));
    assertThat(ticked().unsent()).as("not behind a change").isEqualTo(51);

    server.now += 30_000;
    heard(WELL.clone().setUnsent(52).setTimeQuality(1));
    assertThat(ticked().unsent()).isEqualTo(52);
  }

  @Test
  void aRunIsToldOnceAlsoAfterTheServerWasRestarted() {
    assertThat(heard(start("FIRST", 1))).contains("FIRST");
    assertThat(heard(start("FIRST", 1))).isEmpty();
    ticked();
    server.restart();

    assertThat(heard(start("FIRST", 1))).isEmpty();
    assertThat(heard(start("ORDERLY", 2))).contains("ORDERLY");
    assertThat(server.exceptions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POWER", "CRASH", "WATCHDOG"})
  void aStartThatNobodyOrderedComesToPeopleOnceADay(String cause) {
    heard(start("FIRST", 1));
    heard(start(cause, 2));
    heard(start(cause, 2));
    heard(start(cause, 3));
    assertThat(server.exceptions()).containsExactly(ExceptionKind.UNORDERLY_START);
    assertThat(server.store.exceptions(TestServer.SITE, true, 0, 10)).singleElement()
        .satisfies(row -> assertThat(row.detail()).contains("till-1").contains(cause).contains("start 2"));

    server.now += Duration.ofDays(1).toMillis();
    heard(start(cause, 4));

    assertThat(server.exceptions()).hasSize(2);
  }

  @Test
  void theEndOfOneRunIsNotHiddenBehindTheOtherOfAnotherCause() {
    heard(start("POWER", 2));
    heard(start("WATCHDOG", 3));

    assertThat(server.exceptions()).containsExactly(ExceptionKind.UNORDERLY_START,
        ExceptionKind.UNORDERLY_START);
  }

  @Test
  void wordsOfNobodysMakeAreCutToSize() {
    var devices = WELL.clone().setStartCause("DROP TABLE").setTimeQuality(77).setUpMs(-1);
    for (int i = 0; i < 1_000; i++) {
      devices
          .addDevices(DeviceCondition.newBuilder().setName("a,b:c" + "x".repeat(900)).setFault("<script>\n"));
    }
    server.core.heard(till.id, new TerminalWord("rEADY\n;" + "Z".repeat(900), "v\u0000\"1", devices.build()),
        server.now);

    assertThat(ticked().startCause()).isEqualTo("UNKNOWN");
    assertThat(ticked().state()).startsWith("?EADY??").hasSize(40);
    assertThat(ticked().software()).isEqualTo("v??1");
    assertThat(ticked().devices().split(",", -1)).hasSize(20)
        .allMatch(device -> device.matches("a\\?b\\?c[x]{35}:[?]{9}:0"));
    assertThat(ticked().timeQuality()).isEqualTo(TimeQuality.UNKNOWN);
  }

  @Test
  void aTerminalThatNobodyEnrolledIsNotListenedTo() {
    assertThat(
        server.core.heard(new TerminalId(1, 2), new TerminalWord("READY", "", WELL.build()), server.now))
        .isEmpty();
    server.core.tick(server.now);

    assertThat(server.store.conditions(TestServer.SITE)).isEmpty();
  }
}

package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.RecordingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The rungs of the recovery ladder one by one, and what the terminal is told on the way.
class Pn532PollingTest {

  private static final String ACK = "0000FF00FF00";
  private static final String WAKE = "55550000000000000000000000000000";
  private static final String SAM = "0000FF05FBD4140100001700";
  private static final String LIST = "0000FF04FCD44A0200E000";
  private static final String RELEASE = "0000FF03FDD45200DA00";
  private static final String NO_CARD = "0000FF03FDD54B00E000";
  private static final String CARD = "0000FF0CF4D54B01010004080404A1B2C3B400";

  private final FakeClock clock = new FakeClock();
  private final RecordingLine line = new RecordingLine(clock);
  private final List<ReaderEvent> events = new ArrayList<>();
  private final List<Long> resets = new ArrayList<>();
  private final Pn532Polling polling = new Pn532Polling(new SerialWire(line), clock, Pn532Settings.defaults(),
      Optional.of(() -> resets.add(clock.millis())), events::add);

  @Test
  void aGoodStartIsReportedAndLooksIntoTheField() throws Exception {
    goodStart();
    emptyField();

    polling.turn();

    assertThat(events).containsExactly(new ReaderEvent.ReaderRecovered());
    assertThat(line.takeWritten()).startsWith("open", WAKE, ACK, SAM).endsWith(LIST);
  }

  @Test
  void aCardIsReleasedBetweenItsTwoReadings() throws Exception {
    working();
    oneCard();
    polling.turn();
    line.answer(ACK).answer("0000FF03FDD55300D800");
    oneCard();

    polling.turn();

    assertThat(line.takeWritten()).containsExactly(LIST, RELEASE, LIST);
    assertThat(events).hasSize(2).last().isInstanceOf(ReaderEvent.CardPresented.class);
  }

  @Test
  void aFailedCommandWakesAndSetsUpTheChipAgainWithoutTellingAnybody() throws Exception {
    working();
    line.silence(3);
    polling.turn();
    goodStart();
    emptyField();

    polling.turn();

    assertThat(line.takeWritten()).startsWith(LIST, LIST, LIST, ACK, WAKE, ACK, SAM).endsWith(LIST);
    assertThat(events).containsExactly(new ReaderEvent.ReaderRecovered());
  }

  @Test
  void afterFourFailuresTheLineIsOpenedAgain() throws Exception {
    working();
    for (int i = 0; i < 5; i++) {
      line.silence(3);
      polling.turn();
    }

    assertThat(line.takeWritten()).containsSubsequence(WAKE, WAKE, WAKE, "close", "open", WAKE);
    assertThat(resets).isEmpty();
    assertThat(events).hasSize(1);
  }

  @Test
  void thenTheChipIsResetAndOnlyThenSomebodyIsTold() throws Exception {
    working();
    for (int i = 0; i < 6; i++) {
      line.silence(3);
      polling.turn();
    }
    assertThat(resets).hasSize(1);
    assertThat(events).hasSize(1);

    line.silence(3);
    polling.turn();

    assertThat(events).hasSize(2).last().isInstanceOfSatisfying(ReaderEvent.ReaderFault.class,
        fault -> assertThat(fault.fault().code()).isEqualTo(FaultCode.READER_SILENT));
    assertThat(clock.millis()).isLessThan(5_000);
  }

  @Test
  void aReaderThatStaysSilentIsReportedOnceAndTriedWithLongerAndLongerPauses() throws Exception {
    for (int i = 0; i < 40; i++) {
      line.silence(3);
      polling.turn();
    }
    assertThat(events).hasSize(1);
    long pause = resets.getLast() - resets.get(resets.size() - 2);
    assertThat(pause).isBetween(5_000L, 8_000L);

    goodStart();
    emptyField();
    polling.turn();

    assertThat(events).hasSize(2).last().isEqualTo(new ReaderEvent.ReaderRecovered());
  }

  @Test
  void aReaderThatTurnsFromSilentToGarbledIsReportedAgain() throws Exception {
    for (int i = 0; i < 8; i++) {
      line.silence(3);
      polling.turn();
    }
    line.answer("E7A5").silence(3);

    polling.turn();

    assertThat(events).extracting(event -> ((ReaderEvent.ReaderFault) event).fault().code())
        .containsExactly(FaultCode.READER_SILENT, FaultCode.READER_GARBLED);
  }

  @Test
  void aLostLineIsReportedAtOnceAndOpenedAgainWithLongerAndLongerPauses() throws Exception {
    working();
    line.loss();
    polling.turn();
    for (int i = 0; i < 5; i++) {
      line.refuse(FaultCode.LINE_MISSING);
      polling.turn();
    }
    goodStart();
    emptyField();

    polling.turn();

    assertThat(events).hasSize(4);
    assertThat(events.subList(1, 3)).extracting(event -> ((ReaderEvent.ReaderFault) event).fault().code())
        .containsExactly(FaultCode.LINE_LOST, FaultCode.LINE_MISSING);
    assertThat(events).last().isEqualTo(new ReaderEvent.ReaderRecovered());
    assertThat(clock.millis()).isBetween(7_750L, 8_000L);
  }

  @Test
  void anOccupiedPortIsReportedWithItsOwnCode() throws Exception {
    line.refuse(FaultCode.PORT_BUSY);

    polling.turn();

    assertThat(events).singleElement().isInstanceOfSatisfying(ReaderEvent.ReaderFault.class,
        fault -> assertThat(fault.fault().describe()).startsWith("PORT_BUSY").contains("stop the other"));
  }

  @Test
  void aCardThatLiesThereDuringAFailureIsNotPresentedTwice() throws Exception {
    working();
    oneCard();
    polling.turn();
    line.answer(ACK).answer("0000FF03FDD55300D800");
    oneCard();
    polling.turn();
    line.silence(3);
    polling.turn();
    goodStart();
    oneCard();

    polling.turn();

    assertThat(events).filteredOn(event -> event instanceof ReaderEvent.CardPresented).hasSize(1);
    assertThat(events).noneMatch(event -> event instanceof ReaderEvent.CardRemoved);
  }

  @Test
  void stoppingCancelsTheRunningCommandBeforeTheLineIsClosed() throws Exception {
    working();

    polling.stop();
    polling.stop();

    assertThat(line.takeWritten()).containsExactly(ACK, "close");
  }

  private void working() throws InterruptedException {
    goodStart();
    emptyField();
    polling.turn();
    line.takeWritten();
  }

  private void goodStart() {
    line.answer(ACK).answer("0000FF02FED5151600");
    line.answer(ACK).answer("0000FF06FAD50332010607E800");
    line.answer(ACK).answer("0000FF02FED5131800");
    line.answer(ACK).answer("0000FF02FED533F800");
  }

  private void emptyField() {
    line.answer(ACK).answer(NO_CARD);
  }

  private void oneCard() {
    line.answer(ACK).answer(CARD);
  }
}

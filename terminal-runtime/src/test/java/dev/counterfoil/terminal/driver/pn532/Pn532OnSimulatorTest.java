package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.pn532.Pn532Faults.Hang;
import dev.counterfoil.sim.device.pn532.Pn532Faults.Shot;
import dev.counterfoil.sim.line.LineFaults;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.trace.Requirement;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The driver against a reader that somebody else wrote from the same manual, over a real pseudo-terminal.
class Pn532OnSimulatorTest {

  private static final MonotonicClock IMPATIENT = new ImpatientClock();
  private static final Pn532Settings SETTINGS = new Pn532Settings(40, 35, 300, 100);
  private static final Card CARD = CardSpec.parse("classic1k:04A1B2C3");

  @TempDir
  private Path folder;
  private SimTerminalHardware hardware;
  private Pn532CardReader reader;
  private final LinkedBlockingQueue<ReaderEvent> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void powerUp() {
    hardware = SimTerminalHardware.in(folder).wireTakesTime(true).open();
    reader = readerOnPort(Optional.of(hardware::powerCycleReader));
  }

  @AfterEach
  void powerDown() {
    reader.close();
    hardware.close();
  }

  @Requirement({"PAY-01"})
  @ParameterizedTest
  @CsvSource({"classic1k:04A1B2C3, MIFARE_CLASSIC, 04A1B2C3", "classic4k:11223344, MIFARE_CLASSIC, 11223344",
      "ultralight:04112233445566, ULTRALIGHT_OR_NTAG, 04112233445566",
      "ntag:04AABBCCDDEEFF, ULTRALIGHT_OR_NTAG, 04AABBCCDDEEFF",
      "desfire:04010203040506, DESFIRE, 04010203040506"})
  void cardsOfEveryFamilyAreRecognised(String spec, CardTechnology technology, String uid) throws Exception {
    startReader();

    hardware.presentCard(CardSpec.parse(spec));

    var card = presented();
    assertThat(card.technology()).isEqualTo(technology);
    assertThat(card.uid()).asHexString().isEqualTo(uid);
    hardware.removeCard();
    assertThat(next(ReaderEvent.CardRemoved.class).card()).isEqualTo(card);
  }

  @Test
  void twoCardsAtOnceAreBothRefused() throws Exception {
    startReader();
    hardware.presentCard(CardSpec.parse("desfire:04010203040506"));
    hardware.presentCard(CARD);

    // The first of the two may have been there for a moment alone.
    ReaderEvent event = next();
    while (event instanceof ReaderEvent.CardPresented) {
      event = next();
    }

    assertThat(event).isEqualTo(new ReaderEvent.SeveralCardsPresent());
  }

  @Test
  void aCardBroughtBackIsPresentedAgain() throws Exception {
    startReader();
    for (int tap = 0; tap < 2; tap++) {
      hardware.presentCard(CARD);
      assertThat(presented().uid()).isEqualTo(CARD.uid());
      hardware.removeCard();
      next(ReaderEvent.CardRemoved.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Shot.class)
  void aSingleFaultOfTheChipIsHealedWithoutAWord(Shot shot) throws Exception {
    startReader();
    hardware.readerFaults().next(shot, 1);

    hardware.presentCard(CARD);

    assertThat(presented().uid()).isEqualTo(CARD.uid());
    assertThat(hardware.readerFaults().seen(shot)).isEqualTo(1);
  }

  @Test
  void theFirstFrameMayBeLost() throws Exception {
    hardware.readerFaults().next(Shot.COMMAND_LOST, 2);

    startReader();

    assertThat(hardware.readerFaults().seen(Shot.COMMAND_LOST)).isEqualTo(2);
  }

  @Test
  void aChipThatHangsAfterHoursIsRestartedByItsResetPin() throws Exception {
    reader.close();
    reader = new Pn532CardReader(new SerialWire(line()), IMPATIENT, new Pn532Settings(40, 35, 50, 100),
        Optional.of(hardware::powerCycleReader));
    startReader();
    hardware.readerFaults().hangAfter(3, Hang.BUSY);
    awaitHang();

    hardware.presentCard(CARD);

    assertThat(presented().uid()).isEqualTo(CARD.uid());
  }

  @Test
  void withoutAResetPinAHangingChipIsReportedAndFoundAgainAfterAPowerCut() throws Exception {
    reader.close();
    reader = readerOnPort(Optional.empty());
    startReader();
    hardware.readerFaults().hang(Hang.SILENT);
    assertThat(next(ReaderEvent.ReaderFault.class).fault().code()).isEqualTo(FaultCode.READER_SILENT);

    hardware.powerCycleReader();

    next(ReaderEvent.ReaderRecovered.class);
    hardware.presentCard(CARD);
    assertThat(presented().uid()).isEqualTo(CARD.uid());
  }

  @Test
  void aChipStuckInACommandIsFreedByAnAbort() throws Exception {
    startReader();
    hardware.readerFaults().hang(Hang.BUSY_UNTIL_ABORT);

    hardware.presentCard(CARD);

    assertThat(presented().uid()).isEqualTo(CARD.uid());
  }

  @Test
  void aTerminalKilledInTheMiddleOfACommandFindsItsReaderWorking() throws Exception {
    hardware.readerFaults().hangsWhenInterrupted(true);
    try (var killed = line()) {
      killed.open();
      new SerialWire(killed).wakeUp();
      killed.write(Pn532Frames.information(Pn532Frames.FROM_HOST, (byte) 0x14, (byte) 1, (byte) 0, (byte) 0));
      Pn532OnBusesTest.awaitReplyTo(killed::read, (byte) 0x15);
      // The chip's default is to look for a card for ever.
      killed.write(Pn532Frames.information(Pn532Frames.FROM_HOST, (byte) 0x4A, (byte) 1, (byte) 0));
      killed.read(200);
    }

    startReader();

    hardware.presentCard(CARD);
    assertThat(presented().uid()).isEqualTo(CARD.uid());
    assertThat(hardware.readerFaults().hangs()).isZero();
  }

  @Test
  void aReaderThatLostItsPowerForAMomentIsSetUpAgainWithoutAWord() throws Exception {
    startReader();
    hardware.powerCycleReader();

    hardware.presentCard(CARD);

    assertThat(presented().uid()).isEqualTo(CARD.uid());
  }

  @Test
  void aSecondTerminalOnThePortIsToldAndTakesOverWhenTheFirstEnds() throws Exception {
    startReader();
    var secondEvents = new LinkedBlockingQueue<ReaderEvent>();
    try (var second = readerOnPort(Optional.empty())) {
      second.start(secondEvents::add);
      assertThat(secondEvents.poll(5, TimeUnit.SECONDS)).isInstanceOfSatisfying(ReaderEvent.ReaderFault.class,
          fault -> assertThat(fault.fault().code()).isEqualTo(FaultCode.PORT_BUSY));

      reader.close();

      assertThat(secondEvents.poll(5, TimeUnit.SECONDS)).isEqualTo(new ReaderEvent.ReaderRecovered());
    }
    assertThat(events).isEmpty();
  }

  @Test
  void aPulledPlugIsReportedAndThePluggedReaderWorksAgain() throws Exception {
    startReader();

    hardware.unplugReader();
    assertThat(next(ReaderEvent.ReaderFault.class).fault().code()).isEqualTo(FaultCode.LINE_LOST);
    assertThat(next(ReaderEvent.ReaderFault.class).fault().code()).isEqualTo(FaultCode.LINE_MISSING);
    hardware.replugReader();

    next(ReaderEvent.ReaderRecovered.class);
    hardware.presentCard(CARD);
    assertThat(presented().uid()).isEqualTo(CARD.uid());
  }

  /// Somebody wrote 9,600 into the file: the chip's own speed is told and used.
  @Test
  void atAWrongSpeedTheRightOneIsFoundAndTold() throws Exception {
    reader.close();
    reader = readerAt(9_600);
    reader.start(events::add);

    var fault = next(ReaderEvent.ReaderFault.class).fault();

    assertThat(fault.code()).isEqualTo(FaultCode.READER_WRONG_SPEED);
    assertThat(fault.detail()).contains("115200");
    next(ReaderEvent.ReaderRecovered.class);
    hardware.presentCard(CARD);
    assertThat(presented().uid()).isEqualTo(CARD.uid());
  }

  /// Another program made the chip faster and ended.
  @Test
  void aChipThatAnotherProgramMadeFasterIsFoundAtItsSpeed() throws Exception {
    try (var other = line()) {
      other.open();
      var wire = new SerialWire(other);
      new Pn532Chip(wire, MonotonicClock.system(), SETTINGS).start();
      wire.write(Pn532Frames.information(Pn532Frames.FROM_HOST, (byte) 0x10, (byte) 6));
      other.read(200);
      other.read(50);
      wire.write(Pn532Frames.ack());
      other.read(20);
    }
    reader.close();
    reader = readerAt(115_200);
    reader.start(events::add);

    assertThat(next(ReaderEvent.ReaderFault.class).fault().detail()).contains("460800");

    next(ReaderEvent.ReaderRecovered.class);
    hardware.presentCard(CARD);
    assertThat(presented().uid()).isEqualTo(CARD.uid());
  }

  @Test
  void aBadCableDelaysACardButNeverChangesIt() throws Exception {
    startReader();
    for (var direction : LineFaults.Direction.values()) {
      hardware.readerLineFaults().each(direction, LineFaults.Kind.DROP, 0.002)
          .each(direction, LineFaults.Kind.CORRUPT, 0.002).each(direction, LineFaults.Kind.INSERT, 0.002);
    }

    for (int tap = 0; tap < 3; tap++) {
      hardware.presentCard(CARD);
      assertThat(nextOf(ReaderEvent.CardPresented.class).card().uid()).isEqualTo(CARD.uid());
      hardware.removeCard();
      nextOf(ReaderEvent.CardRemoved.class);
    }
  }

  @Test
  void aTapIsNoticedInATenthOfASecondAndAnIdleReaderCostsNearlyNothing() throws Exception {
    startReader();
    var latencies = new ArrayList<Long>();
    for (int tap = 0; tap < 5; tap++) {
      long before = System.nanoTime();
      hardware.presentCard(CARD);
      presented();
      latencies.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
      hardware.removeCard();
      next(ReaderEvent.CardRemoved.class);
    }
    Collections.sort(latencies);

    // Not the median, because the machine that runs this may be busy with other things.
    assertThat(latencies.get(1)).as("second best of %s ms", latencies).isLessThan(100);
    assertThat(idleShareOfACore()).isLessThan(0.05);
  }

  private double idleShareOfACore() throws InterruptedException {
    var threads = ManagementFactory.getThreadMXBean();
    long id = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(info -> info != null && info.getThreadName().startsWith("reader " + hardware.readerPath()))
        .findFirst()
        .orElseThrow().getThreadId();
    long cpuBefore = threads.getThreadCpuTime(id);
    long before = System.nanoTime();
    assertThat(events.poll(500, TimeUnit.MILLISECONDS)).isNull();
    return (double) (threads.getThreadCpuTime(id) - cpuBefore) / (System.nanoTime() - before);
  }

  private void startReader() throws InterruptedException {
    reader.start(events::add);
    next(ReaderEvent.ReaderRecovered.class);
  }

  private void awaitHang() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (hardware.readerFaults().hangs() == 0 && System.nanoTime() < deadline) {
      assertThat(events.poll(20, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  private CardIdentity presented() throws InterruptedException {
    return next(ReaderEvent.CardPresented.class).card();
  }

  private <E extends ReaderEvent> E next(Class<E> type) throws InterruptedException {
    var event = next();
    assertThat(event).isInstanceOf(type);
    return type.cast(event);
  }

  private <E extends ReaderEvent> E nextOf(Class<E> type) throws InterruptedException {
    var event = next();
    while (!type.isInstance(event)) {
      event = next();
    }
    return type.cast(event);
  }

  private ReaderEvent next() throws InterruptedException {
    var event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event within ten seconds").isNotNull();
    return event;
  }

  private JsscSerialLine line() {
    return new JsscSerialLine(hardware.readerPath().toString(), 115_200, MonotonicClock.system());
  }

  private Pn532CardReader readerAt(int baud) {
    var place = new Pn532Place.Serial(hardware.readerPath().toString(), baud);
    var wire = place.wire((port, speed) -> new JsscSerialLine(port, speed, IMPATIENT), () -> {
      throw new AssertionError("a serial reader needs no board");
    }, IMPATIENT);
    return new Pn532CardReader(wire, IMPATIENT, SETTINGS, Optional.empty());
  }

  private Pn532CardReader readerOnPort(Optional<ReaderReset> reset) {
    return new Pn532CardReader(new SerialWire(line()), IMPATIENT, SETTINGS, reset);
  }
}

package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.sim.device.pn532.HostInterface;
import dev.counterfoil.sim.device.pn532.Pn532Faults.Hang;
import dev.counterfoil.sim.device.pn532.Pn532Faults.Shot;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PiBoard;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One driver on three buses against a chip that somebody else wrote from the same manual: what must hold wherever the
/// reader is connected. I2C and SPI go through Pi4J and the simulated board's socket; what the serial reader alone can
/// suffer, and its faults one by one, are in [Pn532OnSimulatorTest].
class Pn532OnBusesTest {

  private static final MonotonicClock IMPATIENT = new ImpatientClock();
  private static final Pn532Settings SETTINGS = new Pn532Settings(40, 35, 100, 100);
  private static final Card CARD = CardSpec.parse("desfire:04010203040506");
  private static final Card OTHER_CARD = CardSpec.parse("desfire:04A1A2A3A4A5A6");

  @TempDir
  private Path folder;
  @SuppressWarnings("NullAway.Init")
  private SimTerminalHardware hardware;
  @SuppressWarnings("NullAway.Init")
  private Pn532CardReader reader;
  private final LinkedBlockingQueue<ReaderEvent> events = new LinkedBlockingQueue<>();

  @AfterEach
  void powerDown() {
    reader.close();
    hardware.close();
    System.clearProperty(BoardProtocol.SOCKET_PROPERTY);
  }

  @Requirement({"PAY-01"})
  @ParameterizedTest
  @EnumSource(HostInterface.class)
  void aCardComesAndGoes(HostInterface bus) throws Exception {
    start(bus);

    hardware.presentCard(CARD);

    var card = next(ReaderEvent.CardPresented.class).card();
    assertThat(card.uid()).isEqualTo(CARD.uid());
    assertThat(card.technology()).isEqualTo(CardTechnology.DESFIRE);
    hardware.removeCard();
    assertThat(next(ReaderEvent.CardRemoved.class).card()).isEqualTo(card);
  }

  /// Two long answers in one list, which on I2C and SPI do not fit into the usual read.
  @ParameterizedTest
  @EnumSource(HostInterface.class)
  void twoCardsAreNoCardUntilBothWereTakenAway(HostInterface bus) throws Exception {
    start(bus);
    hardware.field().putAll(CARD, OTHER_CARD);
    assertThat(next()).isEqualTo(new ReaderEvent.SeveralCardsPresent());

    hardware.field().remove(OTHER_CARD);
    assertThat(events.poll(300, TimeUnit.MILLISECONDS)).as("the one that is left is nobody's choice")
        .isNull();
    hardware.removeCard();
    awaitEmptyField();
    hardware.presentCard(CARD);

    assertThat(nextCard().uid()).isEqualTo(CARD.uid());
  }

  @ParameterizedTest
  @EnumSource(HostInterface.class)
  void aTerminalKilledInTheMiddleOfACommandFindsItsReaderWorking(HostInterface bus) throws Exception {
    connect(bus);
    hardware.readerFaults().hangsWhenInterrupted(true);
    try (var killed = wire()) {
      killed.open();
      killed.wakeUp();
      killed.write(Pn532Frames.information(Pn532Frames.FROM_HOST, (byte) 0x14, (byte) 1, (byte) 0, (byte) 0));
      awaitReplyTo(killed::read, (byte) 0x15);
      // Its reply is never read, and the chip's default is to look for a card for ever.
      killed.write(Pn532Frames.information(Pn532Frames.FROM_HOST, (byte) 0x4A, (byte) 1, (byte) 0));
    }

    startReader();

    hardware.presentCard(CARD);
    assertThat(nextCard().uid()).isEqualTo(CARD.uid());
    assertThat(hardware.readerFaults().hangs()).isZero();
  }

  /// A wire or a line of which somebody reads.
  interface Listening {
    byte[] read(long timeoutMillis) throws Exception;
  }

  /// Acknowledge and reply come in as many pieces as the wire likes.
  static void awaitReplyTo(Listening wire, byte code) throws Exception {
    var heard = new ByteArrayOutputStream();
    byte[] reply = {(byte) 0xD5, code};
    while (!HexFormat.of().formatHex(heard.toByteArray()).contains(HexFormat.of().formatHex(reply))) {
      byte[] more = wire.read(1_000);
      assertThat(more).as("an answer, after %d bytes", heard.size()).isNotEmpty();
      heard.writeBytes(more);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"I2C", "SPI"})
  void theFirstFrameMayBeLost(HostInterface bus) throws Exception {
    connect(bus);
    hardware.readerFaults().next(Shot.COMMAND_LOST, 1);

    startReader();

    assertThat(hardware.readerFaults().seen(Shot.COMMAND_LOST)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"I2C", "SPI"})
  void everySingleFaultOfTheChipIsHealedWithoutAWord(HostInterface bus) throws Exception {
    start(bus);
    Arrays.stream(Shot.values()).forEach(shot -> hardware.readerFaults().next(shot, 1));

    hardware.presentCard(CARD);

    assertThat(nextCard().uid()).isEqualTo(CARD.uid());
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"I2C", "SPI"})
  void aChipThatHangsAfterHoursIsRestartedByItsResetPin(HostInterface bus) throws Exception {
    start(bus);
    hardware.readerFaults().hangAfter(3, Hang.SILENT);
    awaitHang();

    hardware.presentCard(CARD);

    assertThat(nextCard().uid()).isEqualTo(CARD.uid());
  }

  @ParameterizedTest
  @EnumSource(names = {"I2C", "SPI"})
  void aChipStuckBusyIsRestartedByItsResetPin(HostInterface bus) throws Exception {
    start(bus);
    hardware.readerFaults().hang(Hang.BUSY);

    hardware.presentCard(CARD);

    assertThat(nextCard().uid()).isEqualTo(CARD.uid());
  }

  @ParameterizedTest
  @EnumSource(names = {"I2C", "SPI"})
  void aPulledPlugIsReportedAndThePluggedReaderWorksAgain(HostInterface bus) throws Exception {
    start(bus);

    hardware.unplugReader();
    var fault = next(ReaderEvent.ReaderFault.class).fault();
    hardware.replugReader();

    assertThat(fault.code())
        .isEqualTo(bus == HostInterface.HSU ? FaultCode.LINE_LOST : FaultCode.READER_SILENT);
    awaitRecovery();
    hardware.presentCard(CARD);
    assertThat(nextCard().uid()).isEqualTo(CARD.uid());
  }

  private void connect(HostInterface bus) {
    hardware = SimTerminalHardware.in(folder).reader(bus).open();
    System.setProperty(BoardProtocol.SOCKET_PROPERTY, hardware.socketPath().toString());
    reader = new Pn532CardReader(wire(), IMPATIENT, SETTINGS,
        Optional.of(ReaderReset.byPin(PiBoard::open, SimTerminalHardware.READER_RESET, IMPATIENT)));
  }

  private Pn532Wire wire() {
    Pn532Place place = switch (hardware.readerBus()) {
      case HSU -> new Pn532Place.Serial(hardware.readerPath().toString(), 115_200);
      case I2C -> new Pn532Place.I2c(1, 0x24);
      case SPI -> new Pn532Place.Spi(0, 0, 1_000_000);
    };
    return place.wire((port, baud) -> new JsscSerialLine(port, baud, IMPATIENT), PiBoard::open, IMPATIENT);
  }

  private void start(HostInterface bus) throws InterruptedException {
    connect(bus);
    startReader();
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

  /// The driver says nothing when a field that was crowded gets empty, so the driver's removal time is waited for.
  private void awaitEmptyField() throws InterruptedException {
    assertThat(events.poll(3 * SETTINGS.removalMillis(), TimeUnit.MILLISECONDS)).isNull();
  }

  private void awaitRecovery() throws InterruptedException {
    next(ReaderEvent.ReaderRecovered.class);
  }

  private CardIdentity nextCard() throws InterruptedException {
    var event = next();
    while (event instanceof ReaderEvent.ReaderFault || event instanceof ReaderEvent.ReaderRecovered) {
      event = next();
    }
    assertThat(event).isInstanceOf(ReaderEvent.CardPresented.class);
    return ((ReaderEvent.CardPresented) event).card();
  }

  private <E extends ReaderEvent> E next(Class<E> type) throws InterruptedException {
    var event = next();
    assertThat(event).isInstanceOf(type);
    return type.cast(event);
  }

  private ReaderEvent next() throws InterruptedException {
    var event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event within ten seconds").isNotNull();
    return event;
  }
}

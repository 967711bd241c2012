package dev.counterfoil.terminal.driver.pcsc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.PcscPort;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What the thread of a PC/SC reader makes of a service that plays what it is told.
class PcscPollingTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final String CLASSIC_1K = "3B8F8001804F0CA000000306030001000000006A";
  private static final String DESFIRE = "3B8180018080";

  private final FakeClock clock = new FakeClock();
  private final FakePort port = new FakePort();
  private final List<ReaderEvent> events = new ArrayList<>();
  private CardProver prover = CardProver.UID;
  private final PcscPolling polling = new PcscPolling(port, "acr122", clock, channel -> prover.prove(channel),
      events::add);

  @Test
  void aCardIsPresentedOnceAndRemovedAfterItsTime() throws Exception {
    turns(2);
    port.lay(CLASSIC_1K, "04A1B2C3");
    turns(3);
    port.take();
    turns(1);
    assertThat(events).as("a flicker is no removal").hasSize(2);
    turns(1);

    assertThat(events).hasSize(3).satisfiesExactly(
        first -> assertThat(first).isEqualTo(new ReaderEvent.ReaderRecovered()),
        second -> assertThat(second).isInstanceOfSatisfying(ReaderEvent.CardPresented.class, presented -> {
          assertThat(presented.card().technology()).isEqualTo(CardTechnology.MIFARE_CLASSIC);
          assertThat(presented.proof())
              .isEqualTo(new CardProof(CardProof.Kind.UID_ONLY, HEX.parseHex("04A1B2C3")));
        }), third -> assertThat(third).isInstanceOf(ReaderEvent.CardRemoved.class));
    assertThat(port.connected).as("the card is let go").isFalse();
  }

  @Test
  void aCardThatFlickersIsPresentedOnce() throws Exception {
    port.lay(DESFIRE, "04010203040506");
    turns(2);
    port.take();
    turns(1);
    port.lay(DESFIRE, "04010203040506");
    turns(3);

    assertThat(events).hasSize(2);
  }

  @Test
  void anotherCardInTheSamePlaceRemovesTheFirst() throws Exception {
    port.lay(DESFIRE, "04010203040506");
    turns(2);
    port.lay(DESFIRE, "04010203040507");
    turns(2);

    assertThat(events).hasSize(4).last().isInstanceOf(ReaderEvent.CardPresented.class);
    assertThat(events.get(2)).isInstanceOf(ReaderEvent.CardRemoved.class);
  }

  @Test
  void aCardTakenAwayInMidConversationMayComeBackAtOnce() throws Exception {
    prover = channel -> {
      port.take();
      throw new CardRefusedException(CardRefusal.CARD_REMOVED, "played");
    };
    port.lay(DESFIRE, "04010203040506");
    turns(3);
    assertThat(events).hasSize(2).last()
        .isInstanceOfSatisfying(ReaderEvent.CardRefused.class,
            refused -> assertThat(refused.why()).isEqualTo(CardRefusal.CARD_REMOVED));

    prover = CardProver.UID;
    port.lay(DESFIRE, "04010203040506");
    turns(2);

    assertThat(events).hasSize(3).last().isInstanceOf(ReaderEvent.CardPresented.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"PCSC_ABSENT", "PCSC_READER_MISSING", "PCSC_REFUSED"})
  void aFaultIsToldOnceAndTheCardThatLiesThereAllTheWhileIsNotToldTwice(FaultCode code) throws Exception {
    port.lay(DESFIRE, "04010203040506");
    turns(2);
    port.fault = code;
    turns(4);
    assertThat(events).hasSize(3).last().isInstanceOfSatisfying(ReaderEvent.ReaderFault.class,
        fault -> assertThat(fault.fault().code()).isEqualTo(code));
    assertThat(port.open).isFalse();

    port.fault = null;
    turns(4);

    assertThat(events).hasSize(4).last().isEqualTo(new ReaderEvent.ReaderRecovered());
  }

  @Test
  void aReaderThatIsNotThereIsToldWithThoseThatAre() throws Exception {
    port.names = List.of("OmniKey 5022 00 00");
    turns(2);

    assertThat(events).hasSize(1).first().isInstanceOfSatisfying(ReaderEvent.ReaderFault.class,
        fault -> assertThat(fault.fault().describe()).startsWith("PCSC_READER_MISSING").contains("OmniKey"));
    port.names = List.of("OmniKey 5022 00 00", "ACS ACR122U PICC 01 00");
    turns(1);
    assertThat(events).last().isEqualTo(new ReaderEvent.ReaderRecovered());
  }

  @ParameterizedTest
  @CsvSource({"0, ACS ACR1252 PICC 00 00", "1, ACS ACR1252 SAM 00 01", "picc, ACS ACR1252 PICC 00 00",
      "SAM, ACS ACR1252 SAM 00 01"})
  void aReaderIsChosenByNumberOrByAPartOfItsName(String wanted, String name) throws Exception {
    assertThat(PcscReaders.choose(wanted, List.of("ACS ACR1252 PICC 00 00", "ACS ACR1252 SAM 00 01")))
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"3B8F8001804F0CA000000306030001000000006A, MIFARE_CLASSIC",
      "3B8F8001804F0CA0000003060300020000000069, MIFARE_CLASSIC",
      "3B8F8001804F0CA0000003060300030000000068, ULTRALIGHT_OR_NTAG", "3B8180018080, DESFIRE",
      "3B8580010101020304008D, ISO_DEP", "3B00, ULTRALIGHT_OR_NTAG"})
  void theAnswerToResetTellsTheFamily(String atr, CardTechnology family) {
    assertThat(ContactlessAtr.card(HEX.parseHex(atr), HEX.parseHex("04010203040506")).technology())
        .isEqualTo(family);
  }

  private void turns(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      polling.turn();
    }
  }

  private final class FakePort implements PcscPort {

    private List<String> names = List.of("ACS ACR122U PICC 00 00");
    private @Nullable FaultCode fault;
    private boolean open;
    private boolean connected;
    private long changes = 1;
    private String atr = "";
    private String uid = "";

    private void lay(String newAtr, String newUid) {
      atr = newAtr;
      uid = newUid;
      changes++;
    }

    private void take() {
      lay("", "");
    }

    private void check() throws DeviceFaultException {
      if (fault != null) {
        throw new DeviceFaultException(new DeviceFault(fault, "PC/SC", "played"));
      }
    }

    @Override
    public void open() throws DeviceFaultException {
      check();
      open = true;
    }

    @Override
    public List<String> readers() throws DeviceFaultException {
      check();
      return names;
    }

    @Override
    public Sight await(String reader, Sight known, long millis) throws DeviceFaultException {
      check();
      if (known.state() == changes) {
        clock.advance(millis);
        return known;
      }
      return new Sight(changes, !atr.isEmpty(), HEX.parseHex(atr));
    }

    @Override
    public void connect(String reader) throws CardRefusedException {
      require();
      connected = true;
    }

    @Override
    public byte[] transmit(byte[] command) throws CardRefusedException {
      require();
      assertThat(connected).isTrue();
      assertThat(command).isEqualTo(HEX.parseHex("FFCA000000"));
      return HEX.parseHex(uid + "9000");
    }

    private void require() throws CardRefusedException {
      if (uid.isEmpty()) {
        throw new CardRefusedException(CardRefusal.CARD_REMOVED, "played");
      }
    }

    @Override
    public void disconnect() {
      connected = false;
    }

    @Override
    public void cancel() {
      throw new AssertionError("nobody asked to stop");
    }

    @Override
    public void close() {
      open = false;
      connected = false;
    }
  }
}

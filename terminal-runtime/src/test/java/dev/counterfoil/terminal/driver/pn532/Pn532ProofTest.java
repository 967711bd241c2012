package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.pn532.Pn532Faults.Shot;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.proof.CardKeys;
import dev.counterfoil.terminal.driver.proof.DesfireProver;
import dev.counterfoil.terminal.driver.proof.DesfireProver.Generation;
import dev.counterfoil.terminal.driver.proof.FileOfCard;
import dev.counterfoil.terminal.driver.proof.IdentityRule;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Cards that prove themselves, through a simulated PN532 on a real pseudo-terminal.
class Pn532ProofTest {

  private static final String MASTER = "00112233445566778899AABBCCDDEEFF";
  private static final String NUMBER = "4003112233445566";
  private static final CardProver DESFIRE = new DesfireProver(Generation.EV1,
      new FileOfCard(0xF54321, 0, 1, 0, 8),
      new CardKeys(AesKey.parse(MASTER), true), IdentityRule.FILE, new SplittableRandom(7));

  @TempDir
  private Path folder;
  private SimTerminalHardware hardware;
  private Pn532CardReader reader;
  private final LinkedBlockingQueue<ReaderEvent> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void powerUp() throws Exception {
    hardware = SimTerminalHardware.in(folder).wireTakesTime(true).open();
    reader = new Pn532CardReader(
        new SerialWire(
            new JsscSerialLine(hardware.readerPath().toString(), 115_200, MonotonicClock.system())),
        new ImpatientClock(), new Pn532Settings(40, 35, 300, 100), Optional.empty(), DESFIRE);
    reader.start(events::add);
    assertThat(next()).isEqualTo(new ReaderEvent.ReaderRecovered());
  }

  @AfterEach
  void powerDown() {
    reader.close();
    hardware.close();
  }

  @Test
  void aDesfireCardIsPresentedWithItsProofAndRemoved() throws Exception {
    hardware.presentCard(card());

    assertProven(next());
    hardware.removeCard();
    assertThat(next()).isInstanceOf(ReaderEvent.CardRemoved.class);
  }

  @Test
  void aCopiedUidIsRefusedOnceAndRemoved() throws Exception {
    hardware.presentCard(CardSpec.parse("desfire:04010203040506"));

    assertThat(next()).isInstanceOfSatisfying(ReaderEvent.CardRefused.class,
        refused -> assertThat(refused.why()).isEqualTo(CardRefusal.CARD_NOT_OURS));
    hardware.removeCard();
    assertThat(next()).isInstanceOf(ReaderEvent.CardRemoved.class);
  }

  @Test
  void aCardTakenAwayAtAnyStepIsToldSoAndProvenWhenItIsBack() throws Exception {
    for (int step = 0; step < 4; step++) {
      var card = card();
      card.tearAfterCommands(step);
      hardware.presentCard(card);
      assertThat(next()).as("after %d commands", step).isInstanceOfSatisfying(ReaderEvent.CardRefused.class,
          refused -> assertThat(refused.why()).isEqualTo(CardRefusal.CARD_REMOVED));

      hardware.presentCard(card);

      assertProven(next());
      hardware.removeCard();
      assertThat(next()).isInstanceOf(ReaderEvent.CardRemoved.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ACK_LOST", "REPLY_LOST", "BAD_CHECKSUM"})
  void aFaultOfTheChipInMidConversationNeverMakesAGoodCardABadOne(Shot shot) throws Exception {
    hardware.readerFaults().onCommand(0x40, shot);

    hardware.presentCard(card());

    assertProven(next());
    assertThat(hardware.readerFaults().seen(shot)).isEqualTo(1);
  }

  private static Card card() {
    return CardSpec.parse("desfire-aes:04010203040506,aid=F54321,master=" + MASTER + ",data=" + NUMBER);
  }

  private static void assertProven(ReaderEvent event) {
    assertThat(event).isInstanceOfSatisfying(ReaderEvent.CardPresented.class,
        presented -> assertThat(presented.proof())
            .isEqualTo(new CardProof(CardProof.Kind.AUTHENTICATED, HexFormat.of().parseHex(NUMBER))));
  }

  private ReaderEvent next() throws InterruptedException {
    var event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event within ten seconds").isNotNull();
    return event;
  }
}

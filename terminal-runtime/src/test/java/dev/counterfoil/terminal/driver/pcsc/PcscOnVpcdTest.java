package dev.counterfoil.terminal.driver.pcsc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.device.pcsc.VpcdCard;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.proof.CardKeys;
import dev.counterfoil.terminal.driver.proof.DesfireProver;
import dev.counterfoil.terminal.driver.proof.DesfireProver.Generation;
import dev.counterfoil.terminal.driver.proof.FileOfCard;
import dev.counterfoil.terminal.driver.proof.IdentityRule;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.PcscLite;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The driver on a real pcscd with the virtual reader of vsmartcard.
@Timeout(60)
class PcscOnVpcdTest {

  private static final String MASTER = "00112233445566778899AABBCCDDEEFF";
  private static final String READER = "Virtual PCD 00 00";
  private static final String NUMBER = "4003112233445566";
  private static final String CARD = "desfire-aes:04010203040506,aid=F54321,master=" + MASTER + ",data="
      + NUMBER;
  private static final CardProver DESFIRE = new DesfireProver(Generation.EV2,
      new FileOfCard(0xF54321, 0, 1, 0, 8),
      new CardKeys(AesKey.parse(MASTER), true), IdentityRule.FILE, new SplittableRandom(7));

  private static Pcscd service;

  private final LinkedBlockingQueue<ReaderEvent> events = new LinkedBlockingQueue<>();
  private @Nullable PcscCardReader reader;

  @BeforeAll
  static void serve() throws Exception {
    service = Pcscd.running();
  }

  @AfterAll
  static void end() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @AfterEach
  void close() throws Exception {
    if (reader != null) {
      reader.close();
    }
    service.ensureRunning();
    service.awaitEmptyReader(READER);
  }

  @Test
  void aCardIsKnownByItsUidAndItsRemovalIsSeen() throws Exception {
    start(CardProver.UID);

    try (var _ = lay(CardSpec.parse("classic1k:04A1B2C3"))) {
      assertThat(next()).isInstanceOfSatisfying(ReaderEvent.CardPresented.class, presented -> {
        assertThat(presented.card().technology()).isEqualTo(CardTechnology.MIFARE_CLASSIC);
        assertThat(presented.card().uid()).asHexString().isEqualTo("04A1B2C3");
      });
    }

    assertThat(next()).isInstanceOf(ReaderEvent.CardRemoved.class);
  }

  @Test
  void aDesfireCardProvesItselfAndACopyOfItsUidDoesNot() throws Exception {
    start(DESFIRE);

    try (var _ = lay(CardSpec.parse(CARD))) {
      assertProven(next());
    }
    assertThat(next()).isInstanceOf(ReaderEvent.CardRemoved.class);
    try (var _ = lay(CardSpec.parse("desfire:04010203040506"))) {
      assertThat(next()).isInstanceOfSatisfying(ReaderEvent.CardRefused.class,
          refused -> assertThat(refused.why()).isEqualTo(CardRefusal.CARD_NOT_OURS));
    }
    assertThat(next()).isInstanceOf(ReaderEvent.CardRemoved.class);
  }

  @Test
  void aCardTakenAwayInMidConversationIsToldSoAndProvenWhenItIsBack() throws Exception {
    start(DESFIRE);
    var card = CardSpec.parse(CARD);
    card.tearAfterCommands(2);

    try (var _ = lay(card)) {
      assertThat(next()).isInstanceOfSatisfying(ReaderEvent.CardRefused.class,
          refused -> assertThat(refused.why()).isEqualTo(CardRefusal.CARD_REMOVED));
    }
    try (var _ = lay(card)) {
      assertProven(next());
    }
  }

  @Test
  void aServiceThatEndsIsToldAndFoundAgain() throws Exception {
    service.assumeOwn();
    start(DESFIRE);

    service.stop();
    assertThat(next()).isInstanceOfSatisfying(ReaderEvent.ReaderFault.class,
        fault -> assertThat(fault.fault().code()).isEqualTo(FaultCode.PCSC_ABSENT));
    service.start();

    assertThat(next()).isEqualTo(new ReaderEvent.ReaderRecovered());
    try (var _ = lay(CardSpec.parse(CARD))) {
      assertProven(next());
    }
  }

  private void start(CardProver prover) throws InterruptedException {
    reader = new PcscCardReader(new PcscLite(), READER, new ImpatientClock(), prover);
    reader.start(events::add);
    assertThat(next()).isEqualTo(new ReaderEvent.ReaderRecovered());
  }

  private static VpcdCard lay(Card card) throws Exception {
    return VpcdCard.present(card, VpcdCard.PORT);
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

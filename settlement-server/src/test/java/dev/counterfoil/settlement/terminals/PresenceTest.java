package dev.counterfoil.settlement.terminals;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.AnchorStatement;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.TerminalStatus;
import dev.counterfoil.trace.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The verdict table of section 5 of the journal page, row by row, and the epoch handshake with a power cut at each
/// of its points.
class PresenceTest extends TilledServer {

  PresenceTest() {
    super(100_000);
  }

  private void sell() {
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 100, true));
  }

  private static EpochId offered(Welcome welcome) {
    try {
      return Wire.epoch(EpochOffer.parseFrom(welcome.getEpochOffer().getPayload()).getEpoch());
    } catch (InvalidProtocolBufferException | LinkViolation e) {
      throw new AssertionError(e);
    }
  }

  /// A start with a new boot id that goes well to the end.
  private void reboot(TestTerminal terminal, int boot) {
    terminal.boot = new BootId(0, boot);
    Welcome welcome = server.hello(terminal);
    assertThat(welcome.getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
    terminal.epoch = offered(welcome);
    assertThat(server.core.confirmEpoch(terminal.id, terminal.epoch)).isTrue();
  }

  @Test
  void aNewBootGetsANewEpochAndAReconnectKeepsIt() {
    reboot(till, 5);
    Welcome again = server.hello(till);

    assertThat(till.epoch.number()).isEqualTo(2);
    assertThat(again.getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
    assertThat(again.hasEpochOffer()).isFalse();
    server.now += Duration.ofHours(24).toMillis();
    assertThat(offered(server.hello(till)).number()).isEqualTo(3);
  }

  @Test
  @Requirement({"SEC-01"})
  void anotherBoardIsACloneAndTheOriginalGoesOn() {
    reboot(till, 5);
    TestTerminal original = till.copy();
    var clone = new TestTerminal(till.id, till.signer, "board-of-somebody-else", Hash.ZERO, till.epoch);
    clone.head = till.head;

    assertThat(server.hello(clone).getVerdict()).isEqualTo(Verdict.VERDICT_CLONE);

    assertThat(server.hello(original).getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.CLONE);
  }

  @Test
  void aSecondBootThatMeetsALivingSessionIsAClone() {
    reboot(till, 5);
    TestTerminal copy = till.copy();
    copy.boot = new BootId(0, 6);

    assertThat(server.hello(till.id, copy.hello(null), OtherSession.ANSWERS).getVerdict())
        .isEqualTo(Verdict.VERDICT_CLONE);
    assertThat(server.hello(till.id, copy.hello(null), OtherSession.SILENT).getVerdict())
        .isEqualTo(Verdict.VERDICT_RESUME);
  }

  @Test
  void howLongAHelloWaitsForItsAnswerIsNotInTheTimeThatItIsGiven() throws Exception {
    long arrived = server.now;
    server.now += 5_000;
    var greeting = new Greeting(till.hello(null), OtherSession.SILENT, arrived);

    var answer = (HelloAnswer.Answered) server.core.hello(till.id, greeting, server.now);

    var anchor = AnchorStatement.parseFrom(answer.welcome().getAnchor().getPayload());
    assertThat(anchor.getServerMs()).isEqualTo(arrived);
    assertThat(anchor.getBootMs()).isEqualTo(greeting.hello().getBootMs());
    assertThat(TestServer.ack(answer.welcome()).getServerMs()).isEqualTo(server.now);
  }

  @Test
  @Requirement({"SEC-01"})
  void anOlderImageIsRolledBackAndGetsItsRecordsBack() {
    reboot(till, 5);
    TestTerminal image = till.copy();
    sell();
    sell();
    reboot(till, 6);
    sell();

    image.boot = new BootId(0, 7);
    Welcome welcome = server.hello(image);

    assertThat(welcome.getVerdict()).isEqualTo(Verdict.VERDICT_ROLLED_BACK);
    assertThat(welcome.getProblem()).isEqualTo("ROLLED_BACK");
    assertThat(server.exceptions()).containsExactly(ExceptionKind.ROLLED_BACK);
    List<JournalRecord> missing = server.core.fetch(image.id, 2, 4, 500, 1 << 18);
    assertThat(missing).isEqualTo(till.journal.subList(1, 4));
    image.journal.addAll(missing);
    image.head = till.head;
    image.epoch = offered(welcome);
    assertThat(server.core.confirmEpoch(image.id, image.epoch)).isTrue();
    image.cardSale(server.transaction(), TestServer.token(1), 100, true);
    server.acknowledged(image.push(5));
  }

  @Test
  void fetchedPartsKeepToTheLimits() {
    sell();
    sell();
    sell();

    assertThat(server.core.fetch(till.id, 1, 4, 2, 1 << 18)).extracting(JournalRecord::seq)
        .containsExactly(1L, 2L);
    assertThat(server.core.fetch(till.id, 2, 4, 9, 1)).extracting(JournalRecord::seq).containsExactly(2L);
    assertThat(server.core.fetch(till.id, 5, 9, 9, 1 << 18)).isEmpty();
  }

  @Test
  void anotherRecordInTheSamePlaceIsAFork() {
    TestTerminal copy = till.copy();
    sell();
    copy.cardSale(server.transaction(), TestServer.token(1), 900, true);

    assertThat(server.hello(copy).getVerdict()).isEqualTo(Verdict.VERDICT_FORK);

    assertThat(server.store.terminal(till.id).orElseThrow().status()).isEqualTo(TerminalStatus.FROZEN);
    assertThat(server.hello(till).getVerdict()).isEqualTo(Verdict.VERDICT_FORK);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.FORK);
  }

  @Test
  void anOldImageThatSoldOnAloneIsAForkEvenWhenItIsAhead() {
    TestTerminal image = till.copy();
    reboot(till, 5);
    sell();
    for (int i = 0; i < 3; i++) {
      image.cardSale(server.transaction(), TestServer.token(1), 900, true);
    }

    assertThat(server.hello(image).getVerdict()).isEqualTo(Verdict.VERDICT_FORK);
  }

  @Test
  void aPowerCutBeforeTheOfferIsDurableIsNoAlarm() {
    till.boot = new BootId(0, 5);
    server.hello(till);

    till.boot = new BootId(0, 6);
    Welcome welcome = server.hello(till);

    assertThat(welcome.getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  void aPowerCutBetweenDurableOfferAndConfirmIsNoAlarm() {
    till.boot = new BootId(0, 5);
    till.epoch = offered(server.hello(till));

    till.boot = new BootId(0, 6);
    Welcome welcome = server.hello(till);

    assertThat(welcome.getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
    assertThat(offered(welcome).isAfter(till.epoch)).isTrue();
    assertThat(server.store.terminal(till.id).orElseThrow().confirmed()).isEqualTo(till.epoch);
    assertThat(server.exceptions()).isEmpty();
    sell();
  }

  @Test
  void onlyConfirmedAndOfferedEpochsAreConfirmed() {
    till.boot = new BootId(0, 5);
    EpochId offer = offered(server.hello(till));

    assertThat(server.core.confirmEpoch(till.id, new EpochId(offer.number(), offer.nonce() + 1))).isFalse();
    assertThat(server.core.confirmEpoch(till.id, offer)).isTrue();
    assertThat(server.core.confirmEpoch(till.id, offer)).isTrue();
  }

  @Test
  void anEpochThatNobodyOfferedIsBarred() {
    till.epoch = new EpochId(9, 9);

    HelloAnswer answer = server.core.hello(till.id, till.hello(null), OtherSession.NONE, server.now);

    assertThat(answer).isInstanceOf(HelloAnswer.Barred.class);
    assertThat(((HelloAnswer.Barred) answer).reason()).isEqualTo(ReasonCode.WRONG_EPOCH);
  }

  @Test
  void anotherTerminalsOfferProvesNothing() {
    TestTerminal other = server.terminal();
    other.boot = new BootId(0, 8);
    Signed foreign = server.hello(other).getEpochOffer();
    till.epoch = new EpochId(9, 9);

    HelloAnswer answer = server.core.hello(till.id, till.hello(foreign), OtherSession.NONE, server.now);

    assertThat(answer).isInstanceOf(HelloAnswer.Barred.class);
  }

  @Test
  void anEnrolledTerminalWaitsForItsSecondOperator() {
    server.close();
    server = TestServer.at(folder, CoreSettings.DEFAULT);
    server.enrolFrom(10);
    TestTerminal fresh = server.enrol();

    assertThat(server.core.hello(fresh.id, fresh.hello(null), OtherSession.NONE, server.now))
        .isInstanceOf(HelloAnswer.Barred.class);

    server.core.registry().confirm(fresh.id);
    assertThat(server.hello(fresh).getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
  }

  @Test
  void afterAForkTheTerminalEnrolsAgainAndGoesOnAtTheMark() throws InvalidProtocolBufferException {
    sell();
    TestTerminal copy = till.copy();
    sell();
    copy.cardSale(server.transaction(), TestServer.token(1), 900, true);
    server.hello(copy);
    Hash code = new Hash(1, 1, 1, 1);
    Hash certificate = new Hash(2, 2, 2, 2);
    server.core.registry().putEnrolmentCode(
        new EnrolmentCodeRow(TestServer.SITE, code, "till-1", 1, server.now, server.now + 1, 0, "admin"));
    var newKey = new Ed25519Signer(TestServer.seed(500));

    var row = server.core.registry().enrol(code,
        new RegistryDesk.Enrolment(till.id, "board-new", certificate, newKey.key()), server.now);

    var again = new TestTerminal(till.id, newKey, "board-new", certificate, row.row().confirmed());
    again.head = row.linkPosition();
    assertThat(again.head.seq()).isEqualTo(3);
    Welcome welcome = server.hello(again);
    assertThat(welcome.getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
    assertThat(TestServer.ack(welcome).getReceived().getSeq()).isEqualTo(3);
    again.epoch = offered(welcome);
    server.core.confirmEpoch(again.id, again.epoch);
    ChainPosition mark = till.record(3).position();
    int oldEpoch = till.epoch.number();
    var stranger = new Ed25519Signer(TestServer.seed(501)).key().id();
    refusedGenesis(again.copy(), each -> each.genesis());
    refusedGenesis(again.copy(), each -> each.genesisAfter(stranger, oldEpoch, mark));
    refusedGenesis(again.copy(), each -> each.genesisAfter(till.signer.key().id(), 99, mark));
    refusedGenesis(again.copy(), each -> each.genesisAfter(till.signer.key().id(), oldEpoch,
        new ChainPosition(3, certificate, 0)));
    TestTerminal hasty = again.copy();
    JournalRecord sale = hasty.cardSale(server.transaction(), TestServer.token(1), 5, true);
    assertThat(server.refused(IngestRequest.raw(hasty.id, hasty.epoch, 3, certificate,
        List.of(sale.bytes()))).reason()).isEqualTo(ReasonCode.GENESIS_MISSING);
    JournalRecord genesis = again.genesisAfter(till.signer.key().id(), oldEpoch, mark);
    var request = IngestRequest.raw(again.id, again.epoch, 3, certificate,
        List.of(genesis.bytes()));
    assertThat(server.acknowledged(request).getSettled().getSeq()).isEqualTo(4);
    assertThat(server.acknowledged(request).getSettled().getSeq()).isEqualTo(4);
    again.cardSale(server.transaction(), TestServer.token(1), 100, true);
    assertThat(server.acknowledged(again.push(5)).getSettled().getSeq()).isEqualTo(5);
  }

  private void refusedGenesis(TestTerminal again, Function<TestTerminal, JournalRecord> writes) {
    Hash certificate = again.head.hash();
    JournalRecord genesis = writes.apply(again);
    assertThat(server.refused(IngestRequest.raw(again.id, again.epoch, 3, certificate,
        List.of(genesis.bytes()))).reason()).isEqualTo(ReasonCode.BAD_GENESIS);
  }

  @Test
  void anEnrolmentCodeWorksOnceAndInItsTime() {
    Hash code = new Hash(9, 9, 9, 9);
    server.core.registry().putEnrolmentCode(
        new EnrolmentCodeRow(TestServer.SITE, code, "x", 0, server.now, server.now + 1_000, 0, "admin"));

    assertThat(refusal(code, server.now + 1_000)).isEqualTo("CODE_EXPIRED");
    assertThat(refusal(code, server.now)).isEqualTo("none");
    assertThat(refusal(code, server.now)).isEqualTo("CODE_USED");
    assertThat(refusal(new Hash(8, 8, 8, 8), server.now)).isEqualTo("CODE_UNKNOWN");
  }

  private String refusal(Hash code, long nowMs) {
    var enrolment = new RegistryDesk.Enrolment(new TerminalId(5, 5), "board",
        new Hash(3, 3, 3, 3), new Ed25519Signer(TestServer.seed(600)).key());
    try {
      server.core.registry().enrol(code, enrolment, nowMs);
      return "none";
    } catch (RefusedException e) {
      return e.code();
    }
  }
}

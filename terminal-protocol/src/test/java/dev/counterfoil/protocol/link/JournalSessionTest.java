package dev.counterfoil.protocol.link;

import static dev.counterfoil.protocol.journal.ChainFixture.FIRST_EPOCH;
import static dev.counterfoil.protocol.journal.ChainFixture.TERMINAL;
import static dev.counterfoil.protocol.journal.ChainFixture.aChainOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Ack;
import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Fetched;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Nack;
import dev.counterfoil.proto.v1.Pong;
import dev.counterfoil.proto.v1.Push;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainFixture;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class JournalSessionTest {

  private static final Signer ACK_SIGNER = ChainFixture.signer(9);
  private static final ServerTrust TRUST = new ServerTrust(TERMINAL, ACK_SIGNER.key(), new StrictVerifier());
  private static final long GENERATION = 77;

  private final ChainFixture chain = aChainOf(9);
  private final JournalSession session = session(chain.head(), null);

  @Test
  void afterTheWelcomeRecordsLeaveFromTheServersMarkOn() {
    greet(session);

    List<TerminalWish> wishes = session.received(1, welcome(ack(1, at(4), at(4))));

    assertThat(of(wishes, TerminalWish.Load.class)).containsExactly(new TerminalWish.Load(5, 500, 262_144));
    Push push = pushed(session.loaded(2, chain.records().subList(4, 10)));
    assertThat(push.getOldSeq()).isEqualTo(4);
    assertThat(push.getRecordsCount()).isEqualTo(6);
  }

  @Test
  @Requirement({"SYN-02"})
  void anAcknowledgementIsStoredAndDrainsTheWindow() {
    greet(session);
    session.received(1, welcome(ack(1, at(0), at(0))));
    session.loaded(2, chain.records());

    List<TerminalWish> wishes = session.received(3, frame(ack(2, at(10), at(10))));

    assertThat(of(wishes, TerminalWish.StoreAck.class)).singleElement()
        .satisfies(store -> assertThat(store.ack().getReceived().getSeq()).isEqualTo(10));
    assertThat(session.isDrained()).isTrue();
  }

  @Test
  void aServerThatAsksForPatienceIsSentNothingUntilThen() {
    greet(session);
    List<TerminalWish> wishes = session.received(1_000, Frame.newBuilder()
        .setWelcome(welcomeMessage(Verdict.VERDICT_RESUME, ack(1, at(4), at(4))).setComeBackMs(7_000))
        .build());

    assertThat(of(wishes, TerminalWish.Load.class)).isEmpty();
    assertThat(of(session.appended(chain.head()), TerminalWish.Load.class)).isEmpty();
    assertThat(of(session.tick(7_999, "READY", Condition::getDefaultInstance), TerminalWish.Load.class))
        .isEmpty();
    assertThat(of(session.tick(8_000, "READY", Condition::getDefaultInstance), TerminalWish.Load.class))
        .containsExactly(new TerminalWish.Load(5, 500, 262_144));
  }

  @Test
  void patienceHasAnEndWhateverTheServerAsks() {
    greet(session);
    session.received(0, Frame.newBuilder()
        .setWelcome(welcomeMessage(Verdict.VERDICT_RESUME, ack(1, at(4), at(4))).setComeBackMs(-1)).build());

    assertThat(of(session.tick(JournalSession.MOST_HOLD_MILLIS, "READY", Condition::getDefaultInstance),
        TerminalWish.Load.class))
        .hasSize(1);
  }

  @Test
  void aDrainedSessionSaysNothingButPing() {
    greet(session);
    session.received(1, welcome(ack(1, at(10), at(10))));
    long pings = 0;
    for (long now = 1; now < 10 * 60_000; now += 1_000) {
      List<TerminalWish> wishes = session.tick(now, "READY", Condition::getDefaultInstance);
      assertThat(wishes).allMatch(w -> w instanceof TerminalWish.Send(var frame) && frame.hasPing());
      pings += wishes.size();
      if (!wishes.isEmpty()) {
        session.received(now, Frame.newBuilder().setPong(Pong.newBuilder()).build());
      }
    }
    assertThat(pings).isBetween(15L, 21L);
  }

  @Test
  void aPingTellsHowTheTerminalIs() {
    greet(session);
    session.received(1, welcome(ack(1, at(10), at(10))));
    var condition = Condition.newBuilder().setStartCause("POWER").setStarts(12).build();

    var wishes = session.tick(60_000, "READY", () -> condition);

    assertThat(wishes).singleElement().satisfies(wish -> assertThat(
        ((TerminalWish.Send) wish).frame().getPing().getCondition()).isEqualTo(condition));
  }

  @Test
  void aMarkGoesBackOnlyWithANewGeneration() {
    JournalSession resumed = session(chain.head(), statement(5, GENERATION, at(8), at(8)));
    greet(resumed);
    JournalSession other = session(chain.head(), statement(5, GENERATION, at(8), at(8)));
    greet(other);

    assertThat(of(resumed.received(1, welcome(ack(6, at(3), at(3)))), TerminalWish.Close.class))
        .singleElement()
        .satisfies(close -> assertThat(close.reason()).isEqualTo(ReasonCode.STALE_STATEMENT));
    List<TerminalWish> wishes = other.received(1, welcome(sealed(statement(1, 78, at(3), at(3)))));
    assertThat(of(wishes, TerminalWish.StoreAck.class)).singleElement()
        .matches(TerminalWish.StoreAck::restored);
    assertThat(of(wishes, TerminalWish.Load.class)).singleElement()
        .matches(load -> load.fromSeq() == 4);
  }

  @Test
  @Requirement({"OFF-08"})
  void anAcknowledgementOfSomebodyElseEndsTheConnection() {
    greet(session);
    Signed forged = Statements.seal(Domain.ACK, statement(1, GENERATION, at(10), at(10)),
        ChainFixture.signer(3));

    assertThat(of(session.received(1, welcome(forged)), TerminalWish.Close.class)).singleElement()
        .satisfies(close -> assertThat(close.reason()).isEqualTo(ReasonCode.BAD_SIGNATURE));
  }

  @Test
  void anEpochIsConfirmedOnlyOnceItIsDurable() {
    greet(session);
    EpochId offered = new EpochId(2, 5);

    List<TerminalWish> wishes = session.received(1, Frame.newBuilder().setWelcome(welcomeMessage(
        Verdict.VERDICT_RESUME, ack(1, at(10), at(10))).setEpochOffer(offer(offered))).build());

    assertThat(of(wishes, TerminalWish.AdoptEpoch.class)).hasSize(1);
    assertThat(sent(wishes)).noneMatch(Frame::hasEpochConfirm);
    assertThat(sent(session.epochDurable(2))).singleElement()
        .matches(frame -> frame.getEpochConfirm().getEpoch().getNumber() == 2);
  }

  @Test
  void aRolledBackTerminalFetchesRestoresTakesItsEpochAndOnlyThenGoesOn() {
    ChainPosition old = at(6);
    JournalSession rolledBack = session(old, null);
    greet(rolledBack);

    List<TerminalWish> wishes = rolledBack.received(1, Frame.newBuilder().setWelcome(welcomeMessage(
        Verdict.VERDICT_ROLLED_BACK, ack(1, at(10), at(10))).setEpochOffer(offer(new EpochId(2, 5))))
        .build());
    assertThat(sent(wishes)).singleElement().matches(f -> f.getFetch().getFromSeq() == 7);
    assertThat(of(wishes, TerminalWish.AdoptEpoch.class)).isEmpty();

    Fetched.Builder fetched = Fetched.newBuilder().setFromSeq(7);
    chain.bytes().subList(6, 10).forEach(bytes -> fetched.addRecords(ByteString.copyFrom(bytes)));
    assertThat(of(rolledBack.received(2, Frame.newBuilder().setFetched(fetched).build()),
        TerminalWish.Restore.class)).singleElement().matches(restore -> restore.records().size() == 4);
    assertThat(of(rolledBack.restored(3, at(10)), TerminalWish.AdoptEpoch.class)).hasSize(1);
    assertThat(of(rolledBack.epochDurable(4), TerminalWish.CaughtUp.class)).hasSize(1);
    assertThat(rolledBack.isDrained()).isTrue();
  }

  /// The note about the roll-back is a record too. Nobody else may come by for days.
  @Test
  void whatATerminalWritesWhileItCatchesUpIsSentAfterwards() {
    JournalSession rolledBack = session(at(6), null);
    greet(rolledBack);
    rolledBack.received(1, Frame.newBuilder().setWelcome(welcomeMessage(
        Verdict.VERDICT_ROLLED_BACK, ack(1, at(9), at(9))).setEpochOffer(offer(new EpochId(2, 5))))
        .build());
    Fetched.Builder fetched = Fetched.newBuilder().setFromSeq(7);
    chain.bytes().subList(6, 9).forEach(bytes -> fetched.addRecords(ByteString.copyFrom(bytes)));
    rolledBack.received(2, Frame.newBuilder().setFetched(fetched).build());
    rolledBack.restored(3, at(9));
    rolledBack.appended(at(10));

    List<TerminalWish> wishes = rolledBack.epochDurable(4);

    assertThat(of(wishes, TerminalWish.CaughtUp.class)).hasSize(1);
    assertThat(of(wishes, TerminalWish.Load.class)).singleElement().matches(load -> load.fromSeq() == 10);
    assertThat(rolledBack.isDrained()).isFalse();
  }

  @Test
  void aServerThatIsElsewhereIsFollowedToItsOwnPosition() {
    greet(session);
    session.received(1, welcome(ack(1, at(8), at(8))));
    session.loaded(2, chain.records().subList(8, 10));

    List<TerminalWish> wishes = session.received(3, nack(ReasonCode.SEQ_GAP, at(5)));

    assertThat(of(wishes, TerminalWish.Load.class)).singleElement().matches(load -> load.fromSeq() == 6);
  }

  @Test
  void resyncsWithoutProgressEndTheConnectionInsteadOfLooping() {
    greet(session);
    session.received(1, welcome(ack(1, at(8), at(8))));
    for (int i = 0; i < 5; i++) {
      assertThat(of(session.received(2, nack(ReasonCode.SEQ_GAP, at(5))), TerminalWish.Close.class))
          .isEmpty();
      session.loaded(3, chain.records().subList(5, 10));
    }

    assertThat(of(session.received(4, nack(ReasonCode.SEQ_GAP, at(5))), TerminalWish.Close.class)).hasSize(1);
  }

  /// It was restored to before records that were SAFE and are pruned here: they come from its copy, not from here.
  @Test
  void aServerBeforeTheOldestRecordKeptIsSentNothingUntilItsMarkHasRisen() {
    var pruned = new JournalSession(LinkLimits.DEFAULT, TRUST, FIRST_EPOCH, chain.head(),
        statement(5, GENERATION, at(8), at(8)), 7);
    assertThat(sent(pruned.connected(0, Hello.newBuilder()))).singleElement()
        .matches(frame -> frame.getHello().getKeptFromSeq() == 7);

    List<TerminalWish> wishes = pruned.received(1, welcome(sealed(statement(1, 78, at(3), at(3)))));

    assertThat(of(wishes, TerminalWish.ServerLacks.class))
        .containsExactly(new TerminalWish.ServerLacks(4, 6));
    assertThat(of(wishes, TerminalWish.Load.class)).isEmpty();
    assertThat(of(pruned.appended(chain.head()), TerminalWish.Load.class)).isEmpty();
    List<TerminalWish> half = pruned.received(2, frame(sealed(statement(2, 78, at(5), at(5)))));
    assertThat(of(half, TerminalWish.ServerLacks.class)).containsExactly(new TerminalWish.ServerLacks(6, 6));
    assertThat(of(half, TerminalWish.Load.class)).isEmpty();
    List<TerminalWish> whole = pruned.received(3, frame(sealed(statement(3, 78, at(6), at(6)))));
    assertThat(of(whole, TerminalWish.ServerLacks.class)).isEmpty();
    assertThat(of(whole, TerminalWish.Load.class)).singleElement().matches(load -> load.fromSeq() == 7);
  }

  @Test
  void aServerThatEndsRightBeforeTheOldestRecordKeptLacksNothing() {
    var pruned = new JournalSession(LinkLimits.DEFAULT, TRUST, FIRST_EPOCH, chain.head(), null, 7);
    greet(pruned);

    List<TerminalWish> wishes = pruned.received(1, welcome(ack(1, at(6), at(6))));

    assertThat(of(wishes, TerminalWish.ServerLacks.class)).isEmpty();
    assertThat(of(wishes, TerminalWish.Load.class)).singleElement().matches(load -> load.fromSeq() == 7);
  }

  @Test
  void aForkIsFinal() {
    greet(session);
    session.received(1, welcome(ack(1, at(8), at(8))));

    assertThat(of(session.received(2, nack(ReasonCode.FORK, at(8))), TerminalWish.Refused.class))
        .singleElement().matches(refused -> refused.reason() == ReasonCode.FORK);
    assertThat(session.appended(chain.head())).isEmpty();
  }

  private static JournalSession session(ChainPosition head, @Nullable AckStatement last) {
    return new JournalSession(LinkLimits.DEFAULT, TRUST, FIRST_EPOCH, head, last);
  }

  private static void greet(JournalSession session) {
    session.connected(0, Hello.newBuilder());
  }

  private ChainPosition at(int seq) {
    return seq == 0 ? chain.start() : chain.records().get(seq - 1).position();
  }

  private static AckStatement statement(long number, long generation, ChainPosition received,
      ChainPosition settled) {
    return AckStatement.newBuilder().setTerminalId(Wire.bytes(TERMINAL)).setAckNumber(number)
        .setServerGeneration(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) generation}))
        .setReceived(Wire.position(received)).setSettled(Wire.position(settled)).build();
  }

  private static Signed ack(long number, ChainPosition received, ChainPosition settled) {
    return sealed(statement(number, GENERATION, received, settled));
  }

  private static Signed sealed(AckStatement statement) {
    return Statements.seal(Domain.ACK, statement, ACK_SIGNER);
  }

  private static Signed offer(EpochId epoch) {
    return Statements.seal(Domain.EPOCH, EpochOffer.newBuilder().setTerminalId(Wire.bytes(TERMINAL))
        .setEpoch(Wire.epoch(epoch)).build(), ACK_SIGNER);
  }

  private static Welcome.Builder welcomeMessage(Verdict verdict, Signed ack) {
    return Welcome.newBuilder().setVersion(1).setVerdict(verdict).setAck(ack).setWindow(8);
  }

  private static Frame welcome(Signed ack) {
    return Frame.newBuilder().setWelcome(welcomeMessage(Verdict.VERDICT_RESUME, ack)).build();
  }

  private static Frame frame(Signed ack) {
    return Frame.newBuilder().setAck(Ack.newBuilder().setStatement(ack)).build();
  }

  private static Frame nack(ReasonCode reason, ChainPosition server) {
    return Frame.newBuilder().setNack(Nack.newBuilder().setReason(reason.name())
        .setServer(Wire.position(server))).build();
  }

  private static Push pushed(List<TerminalWish> wishes) {
    return sent(wishes).stream().filter(Frame::hasPush).findFirst().orElseThrow().getPush();
  }

  private static List<Frame> sent(List<TerminalWish> wishes) {
    return of(wishes, TerminalWish.Send.class).stream().map(TerminalWish.Send::frame).toList();
  }

  private static <T extends TerminalWish> List<T> of(List<TerminalWish> wishes, Class<T> type) {
    return Stream.of(wishes).flatMap(List::stream).filter(type::isInstance).map(type::cast).toList();
  }
}

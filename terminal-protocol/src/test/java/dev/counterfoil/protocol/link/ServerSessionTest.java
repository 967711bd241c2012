package dev.counterfoil.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Epoch;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Ping;
import dev.counterfoil.proto.v1.Pong;
import dev.counterfoil.proto.v1.Push;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.journal.ChainFixture;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerSessionTest {

  private static final ByteString ID = ByteString.copyFrom(new byte[16]);
  private static final ByteString NONCE = ByteString.copyFrom(new byte[8]);

  private final ServerSession session = new ServerSession(LinkLimits.DEFAULT);

  @Test
  void nothingIsActedOnBeforeTheVerdict() {
    session.received(hello(Channel.CHANNEL_JOURNAL));

    assertThat(closedBecause(session.received(push(1)))).isEqualTo(ReasonCode.UNEXPECTED_MESSAGE);
  }

  @Test
  void recordsBelongToTheJournalChannelAndQuestionsToTheDesk() {
    ServerSession desk = open(Channel.CHANNEL_DESK, Verdict.VERDICT_RESUME);
    ServerSession journal = open(Channel.CHANNEL_JOURNAL, Verdict.VERDICT_RESUME);

    assertThat(closedBecause(desk.received(push(1)))).isEqualTo(ReasonCode.UNEXPECTED_MESSAGE);
    assertThat(closedBecause(journal.received(authorize()))).isEqualTo(ReasonCode.UNEXPECTED_MESSAGE);
  }

  @Test
  void aRolledBackTerminalGetsNoAuthorization() {
    ServerSession desk = open(Channel.CHANNEL_DESK, Verdict.VERDICT_ROLLED_BACK);

    assertThat(closedBecause(desk.received(authorize()))).isEqualTo(ReasonCode.ROLLED_BACK);
  }

  @Test
  void oneTerminalHoldsNoMoreBatchesThanTheWindow() {
    ServerSession journal = open(Channel.CHANNEL_JOURNAL, Verdict.VERDICT_RESUME);
    for (int batch = 0; batch < LinkLimits.DEFAULT.windowBatches(); batch++) {
      assertThat(journal.received(push(1))).singleElement().isInstanceOf(ServerWish.Ingest.class);
    }
    assertThat(closedBecause(journal.received(push(1)))).isEqualTo(ReasonCode.QUEUE_FULL);
  }

  @Test
  void anAnswerMakesRoomForTheNextBatch() {
    ServerSession journal = open(Channel.CHANNEL_JOURNAL, Verdict.VERDICT_RESUME);
    for (int batch = 0; batch < 100; batch++) {
      assertThat(journal.received(push(1))).singleElement().isInstanceOf(ServerWish.Ingest.class);
      journal.acknowledged(Signed.getDefaultInstance());
    }
  }

  @Test
  @Requirement({"SEC-01"})
  void aBatchBeyondTheLimitsIsRefusedWhole() {
    assertThat(closedBecause(open(Channel.CHANNEL_JOURNAL, Verdict.VERDICT_RESUME).received(push(501))))
        .isEqualTo(ReasonCode.BATCH_TOO_LARGE);
    assertThat(closedBecause(open(Channel.CHANNEL_JOURNAL, Verdict.VERDICT_RESUME).received(push(0))))
        .isEqualTo(ReasonCode.EMPTY_BATCH);
  }

  @ParameterizedTest
  @EnumSource(value = Verdict.class, names = {"VERDICT_FORK", "VERDICT_CLONE", "VERDICT_UNSPECIFIED"})
  void aBadVerdictIsToldAndEndsTheConnection(Verdict verdict) {
    session.received(hello(Channel.CHANNEL_JOURNAL));

    List<ServerWish> wishes = session
        .judged(Welcome.newBuilder().setVerdict(verdict).setProblem("CLONE").build());

    assertThat(wishes.getFirst()).matches(w -> w instanceof ServerWish.Send(var frame) && frame.hasWelcome());
    assertThat(closedBecause(wishes)).isEqualTo(ReasonCode.CLONE);
    assertThat(session.received(push(1))).isEmpty();
  }

  @Test
  void anIdentifierOfTheWrongSizeNeverReachesTheBusiness() {
    Hello shortBoot = hello(Channel.CHANNEL_DESK).getHello().toBuilder().setBootId(NONCE).build();

    assertThat(closedBecause(session.received(Frame.newBuilder().setHello(shortBoot).build())))
        .isEqualTo(ReasonCode.BAD_MESSAGE);
  }

  @Test
  void aFutureProtocolOnlyPeerIsToldSo() {
    Hello future = hello(Channel.CHANNEL_DESK).getHello().toBuilder().setVersionMin(2).setVersionMax(3)
        .build();

    assertThat(closedBecause(session.received(Frame.newBuilder().setHello(future).build())))
        .isEqualTo(ReasonCode.UNSUPPORTED_PROTOCOL);
  }

  @Test
  void aPingIsAnsweredAndItsHeadReported() {
    ServerSession journal = open(Channel.CHANNEL_JOURNAL, Verdict.VERDICT_RESUME);
    var head = ChainFixture.aChainOf(2).head();

    List<ServerWish> wishes = journal.received(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(4)
        .setHead(Wire.position(head)).setState("READY")).build());

    assertThat(wishes).contains(new ServerWish.Alive(head, "READY", null))
        .anyMatch(w -> w instanceof ServerWish.Send(var frame) && frame.getPong().getNonce() == 4);
  }

  @Test
  void onlyThePongToItAnswersAProbe() {
    ServerSession journal = open(Channel.CHANNEL_JOURNAL, Verdict.VERDICT_RESUME);
    journal.probe();

    assertThat(journal.received(pong(0))).doesNotContain(new ServerWish.ProbeAnswered());
    assertThat(journal.received(pong(2))).doesNotContain(new ServerWish.ProbeAnswered());
    assertThat(journal.received(pong(1))).contains(new ServerWish.ProbeAnswered());
  }

  private static Frame pong(long nonce) {
    return Frame.newBuilder().setPong(Pong.newBuilder().setNonce(nonce)).build();
  }

  private static ServerSession open(Channel channel, Verdict verdict) {
    var session = new ServerSession(LinkLimits.DEFAULT);
    session.received(hello(channel));
    session.judged(Welcome.newBuilder().setVerdict(verdict).build());
    return session;
  }

  private static Frame hello(Channel channel) {
    return Frame.newBuilder()
        .setHello(Hello.newBuilder().setChannel(channel).setVersionMin(1).setVersionMax(1)
            .setBootId(ID).setEpoch(Epoch.newBuilder().setNumber(1).setNonce(NONCE)))
        .build();
  }

  private static Frame push(int records) {
    var push = Push.newBuilder().setEpoch(Epoch.newBuilder().setNumber(1).setNonce(NONCE))
        .setOldHash(ByteString.copyFrom(new byte[32]));
    for (int i = 0; i < records; i++) {
      push.addRecords(ByteString.copyFrom(new byte[200]));
    }
    return Frame.newBuilder().setPush(push).build();
  }

  private static Frame authorize() {
    return Frame.newBuilder().setAuthorize(Authorize.newBuilder().setTransactionId(ID)).build();
  }

  private static ReasonCode closedBecause(List<ServerWish> wishes) {
    return wishes.stream().filter(ServerWish.Close.class::isInstance).map(ServerWish.Close.class::cast)
        .findFirst().orElseThrow().reason();
  }
}

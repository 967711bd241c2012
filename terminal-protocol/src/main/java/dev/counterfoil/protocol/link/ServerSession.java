package dev.counterfoil.protocol.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.counterfoil.proto.v1.Ack;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Fetched;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Goodbye;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Nack;
import dev.counterfoil.proto.v1.Ping;
import dev.counterfoil.proto.v1.Pong;
import dev.counterfoil.proto.v1.Push;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.journal.ChainPosition;
import java.util.ArrayList;
import java.util.List;

/// The server's end of one connection, of either channel. It decides what may be said when and how much; whether it is
/// true is decided behind it. One object per connection; not thread-safe.
///
/// States: GREETING -> JUDGING -> OPEN (RESUME, ROLLED_BACK) | CLOSED (FORK, CLONE, or any violation).
///
/// Invariants: nothing but a Hello is acted on before the verdict; at most {@link LinkLimits#windowBatches} batches
/// are in hand, so one terminal can hold no more than that in the server's queues.
public final class ServerSession {

  /// Versions of the link that this code speaks.
  public static final int VERSION_MIN = 1;
  public static final int VERSION_MAX = 1;

  private enum State {
    GREETING,
    JUDGING,
    OPEN,
    CLOSED
  }

  private final LinkLimits limits;
  private State state = State.GREETING;
  private Channel channel = Channel.CHANNEL_UNSPECIFIED;
  private Verdict verdict = Verdict.VERDICT_UNSPECIFIED;
  private int inHand;
  private long pingNonce;

  public ServerSession(LinkLimits limits) {
    this.limits = limits;
  }

  /// The channel that the Hello asked for, CHANNEL_UNSPECIFIED before.
  public Channel channel() {
    return channel;
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  /// A frame arrived.
  public List<ServerWish> received(Frame frame) {
    var wishes = new ArrayList<ServerWish>();
    try {
      handle(frame, wishes);
    } catch (LinkViolation e) {
      close(e.reason(), String.valueOf(e.getMessage()), 0, wishes);
    }
    return wishes;
  }

  private void handle(Frame frame, List<ServerWish> wishes) throws LinkViolation {
    if (state == State.CLOSED) {
      return;
    }
    switch (frame.getBodyCase()) {
      case HELLO -> hello(frame.getHello(), wishes);
      case PUSH -> push(frame.getPush(), wishes);
      case FETCH -> {
        requireOpen(frame, Channel.CHANNEL_JOURNAL);
        wishes.add(new ServerWish.Serve(frame.getFetch().getFromSeq(), frame.getFetch().getToSeq()));
      }
      case EPOCH_CONFIRM -> {
        requireOpen(frame, Channel.CHANNEL_JOURNAL);
        wishes.add(new ServerWish.EpochConfirmed(Wire.epoch(frame.getEpochConfirm().getEpoch())));
      }
      case AUTHORIZE -> {
        requireOpen(frame, Channel.CHANNEL_DESK);
        wishes.add(new ServerWish.Decide(Wire.transaction(frame.getAuthorize().getTransactionId()),
            frame.getAuthorize()));
      }
      case CANCEL -> {
        requireOpen(frame, Channel.CHANNEL_DESK);
        wishes.add(new ServerWish.Cancel(Wire.transaction(frame.getCancel().getTransactionId())));
      }
      case ERRAND -> {
        requireOpen(frame, Channel.CHANNEL_DESK);
        wishes.add(new ServerWish.Errand(frame.getErrand()));
      }
      case SNAPSHOT_REQUEST -> {
        requireOpen(frame, Channel.CHANNEL_DESK);
        wishes.add(new ServerWish.Refresh(frame.getSnapshotRequest()));
      }
      case RESULT -> {
        requireOpen(frame, channel);
        wishes.add(new ServerWish.Answered(frame.getResult()));
      }
      case PING -> ping(frame, wishes);
      case PONG -> {
        requireOpen(frame, channel);
        wishes.add(new ServerWish.Alive(null, "", null));
        if (frame.getPong().getNonce() == pingNonce) {
          wishes.add(new ServerWish.ProbeAnswered());
        }
      }
      case GOODBYE -> close(JournalSession.reason(frame.getGoodbye().getReason()),
          "peer says goodbye: " + frame.getGoodbye().getDetail(), 0, wishes);
      case WELCOME, ACK, NACK, FETCHED, DECISION, CANCELLED, SNAPSHOT_DELTA, DENY_LIST, CONFIG, CATALOGUE,
          COMMAND, ERRAND_ANSWER, ENROL_REQUEST, ENROL_REPLY, BODY_NOT_SET ->
        throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE, frame.getBodyCase() + " in " + state);
    }
  }

  private void hello(Hello hello, List<ServerWish> wishes) throws LinkViolation {
    if (state != State.GREETING || hello.getChannel() == Channel.CHANNEL_UNSPECIFIED
        || hello.getChannel() == Channel.UNRECOGNIZED) {
      throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE, "HELLO in " + state);
    }
    if (hello.getVersionMin() > VERSION_MAX || hello.getVersionMax() < VERSION_MIN) {
      throw new LinkViolation(ReasonCode.UNSUPPORTED_PROTOCOL,
          "offered " + hello.getVersionMin() + ".." + hello.getVersionMax());
    }
    // Read once here, so that nobody behind meets an identifier of the wrong size.
    Wire.epoch(hello.getEpoch());
    Wire.position(hello.getHead());
    Wire.sized(hello.getBootId(), 16);
    channel = hello.getChannel();
    state = State.JUDGING;
    wishes.add(new ServerWish.Judge(hello));
  }

  /// The verdict on the Hello.
  public List<ServerWish> judged(Welcome welcome) {
    var wishes = new ArrayList<ServerWish>();
    if (state != State.JUDGING) {
      return wishes;
    }
    verdict = welcome.getVerdict();
    send(Frame.newBuilder().setWelcome(welcome), wishes);
    switch (verdict) {
      case VERDICT_RESUME, VERDICT_ROLLED_BACK -> state = State.OPEN;
      case VERDICT_FORK, VERDICT_CLONE, VERDICT_UNSPECIFIED, UNRECOGNIZED ->
        close(JournalSession.reason(welcome.getProblem()), "verdict " + verdict, 0, wishes);
    }
    return wishes;
  }

  private void push(Push push, List<ServerWish> wishes) throws LinkViolation {
    requireOpen(Frame.newBuilder().setPush(push).build(), Channel.CHANNEL_JOURNAL);
    if (push.getRecordsCount() == 0) {
      throw new LinkViolation(ReasonCode.EMPTY_BATCH, "no records");
    }
    int bytes = push.getRecordsList().stream().mapToInt(ByteString::size).sum();
    if (push.getRecordsCount() > limits.maxBatchRecords() || bytes > limits.maxBatchBytes()) {
      throw new LinkViolation(ReasonCode.BATCH_TOO_LARGE,
          push.getRecordsCount() + " records, " + bytes + " bytes");
    }
    if (++inHand > limits.windowBatches()) {
      throw new LinkViolation(ReasonCode.QUEUE_FULL, inHand + " batches in flight");
    }
    wishes.add(new ServerWish.Ingest(Wire.epoch(push.getEpoch()), push.getOldSeq(),
        Wire.hash(push.getOldHash()),
        push.getRecordsList().stream().map(ByteString::toByteArray).toList()));
  }

  /// A batch was taken in.
  public List<ServerWish> acknowledged(Signed ack) {
    inHand = Math.max(0, inHand - 1);
    return say(Frame.newBuilder().setAck(Ack.newBuilder().setStatement(ack)).build());
  }

  /// A batch was refused; nothing of it was written.
  public List<ServerWish> refused(ReasonCode reason, ChainPosition server, long badSeq) {
    inHand = Math.max(0, inHand - 1);
    return say(Frame.newBuilder().setNack(Nack.newBuilder().setReason(reason.name())
        .setServer(Wire.position(server)).setBadSeq(badSeq)).build());
  }

  /// Marks rose without a batch of this connection in hand.
  public List<ServerWish> marksRose(Signed ack) {
    return say(Frame.newBuilder().setAck(Ack.newBuilder().setStatement(ack)).build());
  }

  /// Records read back for a terminal that lost them.
  public List<ServerWish> fetched(long fromSeq, List<byte[]> records, boolean end) {
    var fetched = Fetched.newBuilder().setFromSeq(fromSeq).setEnd(end);
    records.forEach(record -> fetched.addRecords(UnsafeByteOperations.unsafeWrap(record)));
    return say(Frame.newBuilder().setFetched(fetched).build());
  }

  /// Anything else for the terminal; dropped unless the session is open, since the terminal asks again.
  public List<ServerWish> say(Frame frame) {
    var wishes = new ArrayList<ServerWish>();
    if (state == State.OPEN) {
      send(frame.toBuilder(), wishes);
    }
    return wishes;
  }

  /// Asks for a sign of life, to find out whether an older connection still has somebody at its other end. Only the Pong to
  /// this very Ping is one ({@link ServerWish.ProbeAnswered}): any other frame may have been on its way when the power
  /// went, and would make an honest terminal's next boot look like a copy.
  public List<ServerWish> probe() {
    return say(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(++pingNonce)).build());
  }

  /// Ends the connection with a reason that the peer is told.
  ///
  /// @param comeBackMillis what the peer should wait at least; 0 = its own back-off
  public List<ServerWish> end(ReasonCode reason, String facts, long comeBackMillis) {
    var wishes = new ArrayList<ServerWish>();
    close(reason, facts, comeBackMillis, wishes);
    return wishes;
  }

  private void ping(Frame frame, List<ServerWish> wishes) throws LinkViolation {
    requireOpen(frame, channel);
    Ping ping = frame.getPing();
    ChainPosition head = ping.hasHead() ? Wire.position(ping.getHead()) : null;
    wishes.add(new ServerWish.Alive(head, ping.getState(),
        ping.hasCondition() ? ping.getCondition() : null));
    send(Frame.newBuilder().setPong(Pong.newBuilder().setNonce(ping.getNonce())), wishes);
  }

  private void requireOpen(Frame frame, Channel wanted) throws LinkViolation {
    if (state != State.OPEN || channel != wanted) {
      throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE,
          frame.getBodyCase() + " on " + channel + " in " + state);
    }
    if (verdict == Verdict.VERDICT_ROLLED_BACK && frame.getBodyCase() == Frame.BodyCase.AUTHORIZE) {
      throw new LinkViolation(ReasonCode.ROLLED_BACK, "no sale until the missing records are back");
    }
  }

  private void close(ReasonCode reason, String facts, long comeBackMillis, List<ServerWish> wishes) {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    send(Frame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason(reason.name()).setDetail(
        reason.meaning()).setComeBackMs((int) comeBackMillis)), wishes);
    wishes.add(new ServerWish.Close(reason, facts));
  }

  private static void send(Frame.Builder frame, List<ServerWish> wishes) {
    wishes.add(new ServerWish.Send(frame.build()));
  }
}

package dev.counterfoil.protocol.link;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.AnchorStatement;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Ping;
import dev.counterfoil.proto.v1.Pong;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import java.util.ArrayList;
import java.util.List;

/// The terminal's end of one `desk` connection: questions that a cardholder waits for, and everything the server
/// tells the terminal. It has no say over the journal; verdicts it hears are passed on. One object per connection;
/// not thread-safe.
///
/// States: GREETING -> OPEN | REFUSED.
public final class DeskSession {

  private enum State {
    GREETING,
    OPEN,
    REFUSED
  }

  private final LinkLimits limits;
  private final ServerTrust trust;
  private State state = State.GREETING;
  private long lastHeardAt;
  private long lastSpokeAt;
  private long pingNonce;

  public DeskSession(LinkLimits limits, ServerTrust trust) {
    this.limits = limits;
    this.trust = trust;
  }

  /// The connection stands: greet.
  ///
  /// @param hello everything but the channel, epoch and head
  public List<TerminalWish> connected(long nowMillis, Hello.Builder hello, EpochId epoch,
      ChainPosition head) {
    lastHeardAt = nowMillis;
    hello.setChannel(Channel.CHANNEL_DESK).setEpoch(Wire.epoch(epoch)).setHead(Wire.position(head));
    return List.of(send(nowMillis, Frame.newBuilder().setHello(hello)));
  }

  /// Whether questions may be asked now.
  public boolean isOpen() {
    return state == State.OPEN;
  }

  /// Asks or answers; only while {@link #isOpen}.
  ///
  /// @throws IllegalStateException if the session is not open
  public List<TerminalWish> say(long nowMillis, Frame frame) {
    if (state != State.OPEN) {
      throw new IllegalStateException("desk session is " + state);
    }
    return List.of(send(nowMillis, frame.toBuilder()));
  }

  /// A frame arrived.
  public List<TerminalWish> received(long nowMillis, Frame frame) {
    lastHeardAt = nowMillis;
    var wishes = new ArrayList<TerminalWish>();
    try {
      handle(nowMillis, frame, wishes);
    } catch (LinkViolation e) {
      wishes.add(new TerminalWish.Close(e.reason(), String.valueOf(e.getMessage()), 0));
    }
    return wishes;
  }

  private void handle(long now, Frame frame, List<TerminalWish> wishes) throws LinkViolation {
    switch (frame.getBodyCase()) {
      case WELCOME -> welcome(frame.getWelcome(), wishes);
      case DECISION, CANCELLED, SNAPSHOT_DELTA, DENY_LIST, CONFIG, CATALOGUE, COMMAND, ERRAND_ANSWER -> {
        if (state != State.OPEN) {
          throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE, frame.getBodyCase() + " in " + state);
        }
        wishes.add(new TerminalWish.Deliver(frame));
      }
      case PING -> wishes.add(send(now,
          Frame.newBuilder().setPong(Pong.newBuilder().setNonce(frame.getPing().getNonce()))));
      case PONG -> {
      }
      case GOODBYE -> wishes.add(new TerminalWish.Close(JournalSession.reason(frame.getGoodbye()
          .getReason()), frame.getGoodbye().getDetail(),
          Integer.toUnsignedLong(frame.getGoodbye().getComeBackMs())));
      case HELLO, EPOCH_CONFIRM, PUSH, ACK, NACK, FETCH, FETCHED, AUTHORIZE, CANCEL, SNAPSHOT_REQUEST,
          RESULT, ERRAND, ENROL_REQUEST, ENROL_REPLY, BODY_NOT_SET ->
        throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE, frame.getBodyCase() + " on the desk");
    }
  }

  private void welcome(Welcome welcome, List<TerminalWish> wishes) throws LinkViolation {
    if (state != State.GREETING) {
      throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE, "second WELCOME");
    }
    boolean open = welcome.getVerdict() == Verdict.VERDICT_RESUME;
    state = open ? State.OPEN : State.REFUSED;
    wishes.add(new TerminalWish.Opened(welcome.getVerdict(), welcome));
    if (welcome.hasAnchor()) {
      AnchorStatement anchor = trust.open(Domain.ANCHOR, welcome.getAnchor(), AnchorStatement.parser());
      requireMine(Wire.terminal(anchor.getTerminalId()).equals(trust.terminal()));
      wishes.add(new TerminalWish.TakeAnchor(anchor));
    }
    if (welcome.hasAck()) {
      AckStatement ack = trust.open(Domain.ACK, welcome.getAck(), AckStatement.parser());
      requireMine(Wire.terminal(ack.getTerminalId()).equals(trust.terminal()));
    }
  }

  private static void requireMine(boolean mine) throws LinkViolation {
    if (!mine) {
      throw new LinkViolation(ReasonCode.WRONG_TERMINAL, "statement for another terminal");
    }
  }

  /// Time passes; to be called about once a second.
  public List<TerminalWish> tick(long nowMillis) {
    if (nowMillis - lastHeardAt > limits.idle().toMillis()) {
      return List.of(new TerminalWish.Close(ReasonCode.IDLE_TIMEOUT, "server is silent", 0));
    }
    if (state == State.OPEN && nowMillis - Math.max(lastSpokeAt, lastHeardAt) >= limits.ping().toMillis()) {
      return List.of(send(nowMillis,
          Frame.newBuilder().setPing(Ping.newBuilder().setNonce(++pingNonce))));
    }
    return List.of();
  }

  private TerminalWish send(long now, Frame.Builder frame) {
    lastSpokeAt = now;
    return new TerminalWish.Send(frame.build());
  }
}

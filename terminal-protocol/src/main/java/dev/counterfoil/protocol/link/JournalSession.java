package dev.counterfoil.protocol.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.counterfoil.proto.v1.Ack;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.AnchorStatement;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.EpochConfirm;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Fetch;
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
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The terminal's end of one `journal` connection: says hello, catches up after a roll-back, sends records in order
/// with a window of batches in flight, and takes acknowledgements. One object per connection; not thread-safe.
///
/// States: GREETING -> OPEN (verdict RESUME) | CATCHING_UP (ROLLED_BACK) | REFUSED (FORK, CLONE);
/// CATCHING_UP -> OPEN once the missing records are back in the journal and a new epoch is durable.
///
/// Invariants: records leave in order of sequence number without a hole, from the server's own mark on; an epoch is
/// confirmed only after it is durable here; a mark goes back only with a new server generation.
public final class JournalSession {

  private enum State {
    GREETING,
    CATCHING_UP,
    OPEN,
    REFUSED
  }

  /// Longest that a server may ask this terminal to keep its records back; it sends them then whatever was asked.
  public static final long MOST_HOLD_MILLIS = 60_000;
  /// Most times the server may send us back to its own position without progress between.
  private static final int MAX_RESYNCS = 5;

  private final LinkLimits limits;
  private final ServerTrust trust;
  private final long keptFrom;
  private final Deque<Long> inFlight = new ArrayDeque<>();

  private State state = State.GREETING;
  private EpochId epoch;
  private ChainPosition head;
  private @Nullable AckStatement lastAck;
  /// Last record sent, or the server's position to send on from.
  private ChainPosition sent = ChainPosition.beforeGenesis(Hash.ZERO);
  private long fetchTarget;
  private int window;
  private boolean loading;
  /// The server stands before records that are stored no more; it must get them from its copy first.
  private boolean serverLacks;
  /// The server asked for patience: nothing is sent before this time.
  private long holdUntil;
  private boolean holding;
  private @Nullable EpochId pendingEpoch;
  /// An offer to a rolled-back terminal waits until the missing records are back, because they belong to older
  /// epochs and must stand before it.
  private TerminalWish.@Nullable AdoptEpoch pendingOffer;
  private long lastHeardAt;
  private long lastSpokeAt;
  private long pingNonce;
  private int resyncs;
  private String health = "READY";

  /// @param hello everything but channel, epoch and head, which this session fills in
  /// @param lastAck the newest acknowledgement that the terminal keeps, null if none
  public JournalSession(LinkLimits limits, ServerTrust trust, EpochId epoch, ChainPosition head,
      @Nullable AckStatement lastAck) {
    this(limits, trust, epoch, head, lastAck, 1);
  }

  /// @param keptFrom the oldest record that is still stored, or the next one if none is
  public JournalSession(LinkLimits limits, ServerTrust trust, EpochId epoch, ChainPosition head,
      @Nullable AckStatement lastAck, long keptFrom) {
    this.limits = limits;
    this.trust = trust;
    this.epoch = epoch;
    this.head = head;
    this.lastAck = lastAck;
    this.keptFrom = keptFrom;
    this.window = 1;
  }

  /// The connection stands: greet.
  public List<TerminalWish> connected(long nowMillis, Hello.Builder hello) {
    lastHeardAt = nowMillis;
    hello.setChannel(Channel.CHANNEL_JOURNAL).setEpoch(Wire.epoch(epoch)).setHead(Wire.position(head))
        .setKeptFromSeq(keptFrom);
    health = hello.getState();
    return List.of(send(nowMillis, Frame.newBuilder().setHello(hello)));
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
      case WELCOME -> welcome(now, frame.getWelcome(), wishes);
      case FETCHED -> fetched(frame.getFetched(), wishes);
      case ACK -> acknowledged(frame.getAck(), wishes);
      case NACK -> refused(frame.getNack(), wishes);
      case PING -> wishes.add(send(now,
          Frame.newBuilder().setPong(Pong.newBuilder().setNonce(frame.getPing().getNonce()))));
      case PONG -> {
      }
      case GOODBYE -> goodbye(frame.getGoodbye(), wishes);
      case COMMAND, CONFIG -> wishes.add(new TerminalWish.Deliver(frame));
      case HELLO, EPOCH_CONFIRM, PUSH, FETCH, AUTHORIZE, DECISION, CANCEL, CANCELLED, SNAPSHOT_DELTA,
          DENY_LIST, SNAPSHOT_REQUEST, CATALOGUE, RESULT, ERRAND, ERRAND_ANSWER, ENROL_REQUEST, ENROL_REPLY,
          BODY_NOT_SET ->
        throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE, frame.getBodyCase() + " in " + state);
    }
    load(wishes);
  }

  private void welcome(long now, Welcome welcome, List<TerminalWish> wishes) throws LinkViolation {
    if (state != State.GREETING) {
      throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE, "second WELCOME");
    }
    wishes.add(new TerminalWish.Opened(welcome.getVerdict(), welcome));
    switch (welcome.getVerdict()) {
      case VERDICT_RESUME -> state = State.OPEN;
      case VERDICT_ROLLED_BACK -> state = State.CATCHING_UP;
      case VERDICT_FORK, VERDICT_CLONE, VERDICT_UNSPECIFIED, UNRECOGNIZED -> {
        state = State.REFUSED;
        wishes.add(new TerminalWish.Refused(reason(welcome.getProblem()), head.seq()));
        return;
      }
    }
    window = Math.clamp(welcome.getWindow(), 1, limits.windowBatches());
    holdUntil = now + Math.min(Integer.toUnsignedLong(welcome.getComeBackMs()), MOST_HOLD_MILLIS);
    holding = holdUntil > now;
    anchor(welcome, wishes);
    AckStatement ack = takeAck(welcome.getAck(), wishes);
    if (welcome.hasEpochOffer()) {
      offered(welcome.getEpochOffer(), wishes);
    }
    ChainPosition server = Wire.position(ack.getReceived());
    if (state == State.CATCHING_UP) {
      fetchTarget = server.seq();
      sent = server;
      catchUp(now, wishes);
    } else {
      startSending(server, wishes);
    }
  }

  private void startSending(ChainPosition server, List<TerminalWish> wishes) throws LinkViolation {
    if (server.seq() > head.seq()) {
      throw new LinkViolation(ReasonCode.ROLLED_BACK,
          "server is at " + server.seq() + ", we are at " + head.seq());
    }
    sent = server;
    inFlight.clear();
    loading = false;
    serverLacks = server.seq() + 1 < keptFrom;
    if (serverLacks) {
      wishes.add(new TerminalWish.ServerLacks(server.seq() + 1, keptFrom - 1));
    }
  }

  private void anchor(Welcome welcome, List<TerminalWish> wishes) throws LinkViolation {
    if (welcome.hasAnchor()) {
      AnchorStatement anchor = trust.open(Domain.ANCHOR, welcome.getAnchor(), AnchorStatement.parser());
      requireMine(anchor.getTerminalId());
      wishes.add(new TerminalWish.TakeAnchor(anchor));
    }
  }

  private void offered(Signed signed, List<TerminalWish> wishes) throws LinkViolation {
    EpochOffer offer = trust.open(Domain.EPOCH, signed, EpochOffer.parser());
    requireMine(offer.getTerminalId());
    EpochId next = Wire.epoch(offer.getEpoch());
    if (!next.isAfter(epoch)) {
      throw new LinkViolation(ReasonCode.WRONG_EPOCH, "offer " + next + " is not after " + epoch);
    }
    pendingEpoch = next;
    if (state == State.OPEN) {
      wishes.add(new TerminalWish.AdoptEpoch(signed, offer));
    } else {
      pendingOffer = new TerminalWish.AdoptEpoch(signed, offer);
    }
  }

  private void catchUp(long now, List<TerminalWish> wishes) {
    if (head.seq() < fetchTarget) {
      wishes.add(send(now,
          Frame.newBuilder().setFetch(Fetch.newBuilder().setFromSeq(head.seq() + 1).setToSeq(fetchTarget))));
    } else if (pendingOffer != null) {
      wishes.add(pendingOffer);
      pendingOffer = null;
    } else if (pendingEpoch == null) {
      state = State.OPEN;
      wishes.add(new TerminalWish.CaughtUp());
    }
  }

  private void fetched(Fetched fetched, List<TerminalWish> wishes) throws LinkViolation {
    if (state != State.CATCHING_UP || fetched.getFromSeq() != head.seq() + 1
        || fetched.getRecordsCount() == 0) {
      throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE,
          "FETCHED from " + fetched.getFromSeq() + " in " + state + " at " + head.seq());
    }
    wishes.add(new TerminalWish.Restore(
        fetched.getRecordsList().stream().map(ByteString::toByteArray).toList()));
  }

  /// The fetched records are durable again.
  ///
  /// @param newHead the journal's head now
  public List<TerminalWish> restored(long nowMillis, ChainPosition newHead) {
    head = newHead;
    var wishes = new ArrayList<TerminalWish>();
    catchUp(nowMillis, wishes);
    return wishes;
  }

  /// The offered epoch is durable: confirm it.
  public List<TerminalWish> epochDurable(long nowMillis) {
    EpochId adopted = pendingEpoch;
    if (adopted == null) {
      return List.of();
    }
    epoch = adopted;
    pendingEpoch = null;
    var wishes = new ArrayList<TerminalWish>();
    wishes.add(send(nowMillis,
        Frame.newBuilder().setEpochConfirm(EpochConfirm.newBuilder().setEpoch(Wire.epoch(adopted)))));
    if (state == State.CATCHING_UP) {
      catchUp(nowMillis, wishes);
    }
    load(wishes);
    return wishes;
  }

  /// New records are durable.
  public List<TerminalWish> appended(ChainPosition newHead) {
    head = newHead;
    var wishes = new ArrayList<TerminalWish>();
    load(wishes);
    return wishes;
  }

  /// The records asked for by {@link TerminalWish.Load}, in order; empty if there are none after all.
  public List<TerminalWish> loaded(long nowMillis, List<JournalRecord> records) {
    loading = false;
    var wishes = new ArrayList<TerminalWish>();
    if (state != State.OPEN || records.isEmpty() || !follows(records.getFirst())) {
      return wishes;
    }
    var push = Push.newBuilder().setEpoch(Wire.epoch(epoch)).setOldSeq(sent.seq())
        .setOldHash(ByteString.copyFrom(sent.hash().bytes()));
    records.forEach(record -> push.addRecords(UnsafeByteOperations.unsafeWrap(record.bytes())));
    sent = records.getLast().position();
    inFlight.addLast(sent.seq());
    wishes.add(send(nowMillis, Frame.newBuilder().setPush(push)));
    load(wishes);
    return wishes;
  }

  /// Reading may race with a resync: what was read then no longer follows what the server has. The next record by
  /// number is sent even if it links elsewhere, because then the server has another branch and must see this one.
  private boolean follows(JournalRecord first) {
    return first.previous().equals(sent.hash()) || first.seq() == sent.seq() + 1;
  }

  private void load(List<TerminalWish> wishes) {
    boolean maySend = state == State.OPEN && !holding && !serverLacks;
    if (maySend && !loading && inFlight.size() < window && sent.seq() < head.seq()) {
      loading = true;
      wishes.add(new TerminalWish.Load(sent.seq() + 1, limits.maxBatchRecords(), limits.maxBatchBytes()));
    }
  }

  private void acknowledged(Ack ack, List<TerminalWish> wishes) throws LinkViolation {
    if (state != State.OPEN && state != State.CATCHING_UP) {
      throw new LinkViolation(ReasonCode.UNEXPECTED_MESSAGE, "ACK in " + state);
    }
    AckStatement statement = takeAck(ack.getStatement(), wishes);
    long received = statement.getReceived().getSeq();
    while (!inFlight.isEmpty() && inFlight.getFirst() <= received) {
      inFlight.removeFirst();
      resyncs = 0;
    }
    if (serverLacks && received > sent.seq()) {
      startSending(Wire.position(statement.getReceived()), wishes);
    }
  }

  private AckStatement takeAck(Signed signed, List<TerminalWish> wishes) throws LinkViolation {
    AckStatement ack = trust.open(Domain.ACK, signed, AckStatement.parser());
    requireMine(ack.getTerminalId());
    AckStatement known = lastAck;
    boolean restored = known != null && !known.getServerGeneration().equals(ack.getServerGeneration());
    if (known != null && !restored) {
      if (ack.getAckNumber() < known.getAckNumber() || ack.getReceived().getSeq() < known.getReceived()
          .getSeq() || ack.getSettled().getSeq() < known.getSettled().getSeq()) {
        throw new LinkViolation(ReasonCode.STALE_STATEMENT,
            "ack " + ack.getAckNumber() + " after " + known.getAckNumber());
      }
    }
    if (known == null || restored || ack.getAckNumber() > known.getAckNumber()) {
      lastAck = ack;
      wishes.add(new TerminalWish.StoreAck(signed, ack, restored));
    }
    return ack;
  }

  private void refused(Nack nack, List<TerminalWish> wishes) throws LinkViolation {
    ReasonCode reason = reason(nack.getReason());
    switch (reason) {
      case SEQ_GAP, SEQ_REGRESS, WRONG_PREVIOUS, SERVER_BUSY -> {
        if (++resyncs > MAX_RESYNCS) {
          throw new LinkViolation(reason, "no progress after " + MAX_RESYNCS + " resyncs");
        }
        startSending(Wire.position(nack.getServer()), wishes);
      }
      // A batch sent before the epoch was confirmed may meet the server's newer view; a new Hello sorts it out.
      case WRONG_EPOCH -> throw new LinkViolation(reason, "at " + nack.getBadSeq());
      default -> {
        state = State.REFUSED;
        wishes.add(new TerminalWish.Refused(reason, nack.getBadSeq()));
        wishes.add(new TerminalWish.Close(reason, "batch refused at " + nack.getBadSeq(), 0));
      }
    }
  }

  private static void goodbye(Goodbye goodbye, List<TerminalWish> wishes) {
    wishes.add(new TerminalWish.Close(reason(goodbye.getReason()), goodbye.getDetail(),
        Integer.toUnsignedLong(goodbye.getComeBackMs())));
  }

  /// Time passes; to be called about once a second. Records that the server asked to keep back leave with the first
  /// call after their time.
  ///
  /// @param condition asked for where it is told
  public List<TerminalWish> tick(long nowMillis, String healthNow, Supplier<Condition> condition) {
    health = healthNow;
    if (nowMillis - lastHeardAt > limits.idle().toMillis()) {
      return List.of(new TerminalWish.Close(ReasonCode.IDLE_TIMEOUT, "server is silent", 0));
    }
    var wishes = new ArrayList<TerminalWish>();
    if (holding && nowMillis >= holdUntil) {
      holding = false;
      load(wishes);
    }
    if (nowMillis - Math.max(lastSpokeAt, lastHeardAt) >= limits.ping().toMillis()) {
      var ping = Ping.newBuilder().setNonce(++pingNonce).setHead(Wire.position(head)).setState(health)
          .setCondition(condition.get());
      wishes.add(send(nowMillis, Frame.newBuilder().setPing(ping)));
    }
    return wishes;
  }

  /// Whether all that is durable here has been received there.
  public boolean isDrained() {
    return state == State.OPEN && inFlight.isEmpty() && sent.seq() == head.seq();
  }

  /// The newest acknowledgement taken on this or an earlier connection.
  public Optional<AckStatement> lastAck() {
    return Optional.ofNullable(lastAck);
  }

  private void requireMine(ByteString terminalId) throws LinkViolation {
    if (!Wire.terminal(terminalId).equals(trust.terminal())) {
      throw new LinkViolation(ReasonCode.WRONG_TERMINAL, "statement for another terminal");
    }
  }

  private TerminalWish send(long now, Frame.Builder frame) {
    lastSpokeAt = now;
    return new TerminalWish.Send(frame.build());
  }

  /// The code of a name, BAD_MESSAGE for one of a later version.
  static ReasonCode reason(String name) {
    for (ReasonCode code : ReasonCode.values()) {
      if (code.name().equals(name)) {
        return code;
      }
    }
    return ReasonCode.BAD_MESSAGE;
  }
}

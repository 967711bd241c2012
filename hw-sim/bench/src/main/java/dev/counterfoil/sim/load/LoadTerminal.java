package dev.counterfoil.sim.load;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Epoch;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.link.JournalSession;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.TerminalWish;
import dev.counterfoil.protocol.link.Wire;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One terminal without hardware, disk or clock: the production session over records signed in advance and kept in
/// memory. Signing happens on any one thread between rounds; everything else on the connection's event loop.
public final class LoadTerminal {

  private final Enrolled identity;
  private final LinkLimits limits;
  private final ServerTrust trust;
  private final RecordSealer sealer;
  private final BootId boot;
  private final List<JournalRecord> records = new ArrayList<>();
  private final Consumer<AckStatement> onAck;
  private final JournalSession session;
  private Consumer<Frame> wire = _ -> {
  };
  private Runnable opened = () -> {
  };
  private EpochId epoch;
  private ChainPosition head;
  private long firstSeq;

  /// What a terminal knows after its enrolment.
  ///
  /// @param epoch the first one, as offered
  /// @param origin what its first record follows
  public record Enrolled(ServerTrust trust, Signer signer, EpochId epoch, ChainPosition origin,
      String boardSerial) {}

  LoadTerminal(Enrolled identity, LinkLimits limits, BootId boot, Consumer<AckStatement> onAck) {
    this.identity = identity;
    this.limits = limits;
    this.trust = identity.trust();
    this.boot = boot;
    this.onAck = onAck;
    this.epoch = identity.epoch();
    this.head = identity.origin();
    this.firstSeq = head.seq() + 1;
    this.sealer = new RecordSealer(trust.terminal());
    this.session = new JournalSession(limits, trust, epoch, head, null);
  }

  LinkLimits limits() {
    return limits;
  }

  SignatureVerifier signatures() {
    return trust.signatures();
  }

  /// Signs one more record and keeps it until it is sent.
  JournalRecord sign(RecordDraft draft, RecordCircumstances when) {
    JournalRecord record = sealer.seal(head, epoch, when, draft, identity.signer());
    head = record.position();
    records.add(record);
    return record;
  }

  long headSeq() {
    return head.seq();
  }

  /// Forgets what the server has, so that a long run does not grow.
  void forgetSent() {
    records.clear();
    firstSeq = head.seq() + 1;
  }

  /// The connection stands.
  ///
  /// @param whenOpen called once the server has accepted the session and the epoch is settled
  void connected(long nowMillis, Consumer<Frame> send, Runnable whenOpen) {
    wire = send;
    opened = whenOpen;
    carryOut(nowMillis, session.connected(nowMillis,
        Hello.newBuilder().setVersionMin(1).setVersionMax(1).setSoftware("counterfoil-load")
            .setBootId(ByteString.copyFrom(boot.bytes())).setBoardSerial(identity.boardSerial())
            .setState("READY")));
  }

  void received(long nowMillis, Frame frame) {
    carryOut(nowMillis, session.received(nowMillis, frame));
  }

  /// Lets the session send what was signed since.
  void offer(long nowMillis) {
    carryOut(nowMillis, session.appended(head));
  }

  private void carryOut(long now, List<TerminalWish> wishes) {
    for (TerminalWish wish : wishes) {
      switch (wish) {
        case TerminalWish.Send(var frame) -> wire.accept(frame);
        case TerminalWish.Load(long from, int maxRecords, int maxBytes) ->
          carryOut(now, session.loaded(now, page(from, maxRecords, maxBytes)));
        case TerminalWish.StoreAck(_, var ack, _) -> onAck.accept(ack);
        case TerminalWish.AdoptEpoch(_, var offer) -> adopt(now, offer.getEpoch());
        case TerminalWish.Opened(var verdict, var welcome) -> opened(verdict, welcome.hasEpochOffer());
        case TerminalWish.Refused(var reason, long seq) ->
          throw new IllegalStateException("the server refused record " + seq + ": " + reason);
        case TerminalWish.Close(var reason, var facts, _) ->
          throw new IllegalStateException("session ended: " + reason + " " + facts);
        case TerminalWish.TakeAnchor _,TerminalWish.ServerLacks _,TerminalWish.Deliver _,TerminalWish.CaughtUp _,TerminalWish.Restore _ ->
          {
          }
      }
    }
  }

  private void adopt(long now, Epoch offered) {
    try {
      epoch = Wire.epoch(offered);
    } catch (LinkViolation e) {
      throw new IllegalStateException("an epoch that cannot be read", e);
    }
    carryOut(now, session.epochDurable(now));
    opened.run();
  }

  private void opened(Verdict verdict, boolean epochFollows) {
    if (verdict != Verdict.VERDICT_RESUME) {
      throw new IllegalStateException("the server's verdict is " + verdict);
    }
    if (!epochFollows) {
      opened.run();
    }
  }

  private List<JournalRecord> page(long from, int maxRecords, int maxBytes) {
    int at = (int) (from - firstSeq);
    int end = at;
    int bytes = 0;
    while (end < records.size() && end - at < maxRecords
        && bytes + records.get(end).bytes().length <= maxBytes) {
      bytes += records.get(end).bytes().length;
      end++;
    }
    return List.copyOf(records.subList(at, end));
  }
}

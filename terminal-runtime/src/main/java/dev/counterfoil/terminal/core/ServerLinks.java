package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.AnchorStatement;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Goodbye;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.TimeAnchor;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.DeskSession;
import dev.counterfoil.protocol.link.JournalSession;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.TerminalWish;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.journal.AnchorHeld;
import dev.counterfoil.terminal.journal.EpochHeld;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.outbox.Outbox;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Both conversations with the server: connects, greets, sends what is durable, takes what is signed, and draws the
/// consequences of each verdict (journal page, sections 4 and 5).
final class ServerLinks {

  /// The server's exception queue uses the same word.
  private static final String SERVER_LACKS_RECORDS = "SERVER_LACKS_RECORDS";
  private static final int PROTOCOL_VERSION = 1;
  /// Pause after a fault of our own medium: the server's Welcome resets the back-off, so that alone would not slow us.
  private static final long OWN_FAULT_MILLIS = 5_000;

  private final TerminalSetup setup;
  private final TerminalClock clock;
  private final CoreOutput output;
  private final LinkLine deskLine;
  private final LinkLine journalLine;
  private final SelfReport report;
  private final Consumer<Frame> business;

  private JournalState state;
  private Outbox outbox;
  private @Nullable DeskSession desk;
  private @Nullable JournalSession journal;
  private long journalConnection;
  /// Why the server lets this terminal not sell, as long as it says so: one answer for each channel, because the desk
  /// may have been told of a roll-back that the journal has meanwhile made good.
  private final Map<Channel, String> verdictRefusals = new EnumMap<>(Channel.class);
  private boolean serves;
  private boolean ackBeingKept;
  private @Nullable Signed ackWaiting;
  private String health = "READY";

  /// @param business takes what the server says on the desk
  ServerLinks(TerminalSetup setup, TerminalClock clock, CoreOutput output, RandomGenerator random,
      JournalState state, SelfReport report, Consumer<Frame> business) {
    this.report = report;
    this.setup = setup;
    this.clock = clock;
    this.output = output;
    this.state = state;
    this.outbox = Outbox.of(state.ack().statement());
    this.deskLine = new LinkLine(setup.backoff(), random);
    this.journalLine = new LinkLine(setup.backoff(), random);
    this.business = business;
  }

  boolean deskOpen() {
    return desk != null && desk.isOpen();
  }

  /// Whether the server at the desk takes errands.
  boolean serves() {
    return deskOpen() && serves;
  }

  Optional<String> refusal() {
    return Optional.ofNullable(verdictRefusals.get(Channel.CHANNEL_JOURNAL))
        .or(() -> Optional.ofNullable(verdictRefusals.get(Channel.CHANNEL_DESK)));
  }

  Outbox outbox() {
    return outbox;
  }

  // --- time ---

  /// When something here is due, `Long.MAX_VALUE` if nothing is.
  long wakeAt() {
    return Math.min(deskLine.connectAt(), journalLine.connectAt());
  }

  boolean hasSession() {
    return desk != null || journal != null;
  }

  void connectWhatIsDue() {
    connectIfDue(Channel.CHANNEL_JOURNAL, journalLine);
    connectIfDue(Channel.CHANNEL_DESK, deskLine);
  }

  private void connectIfDue(Channel channel, LinkLine line) {
    if (line.mayConnect(boot())) {
      output.add(new Effect.Connect(channel, line.connecting()));
    }
  }

  void tick(String healthNow) {
    health = healthNow;
    if (desk != null) {
      obey(Channel.CHANNEL_DESK, desk.tick(boot()));
    }
    if (journal != null) {
      obey(Channel.CHANNEL_JOURNAL, journal.tick(boot(), healthNow, () -> report.of(state)));
    }
  }

  // --- connections ---

  void up(Channel channel, long connection) {
    if (!line(channel).isCurrent(connection)) {
      return;
    }
    line(channel).up();
    if (channel == Channel.CHANNEL_DESK) {
      desk = new DeskSession(setup.limits(), setup.trust());
      obey(channel, desk.connected(boot(), hello(channel), state.epoch().id(), state.head()));
    } else {
      journalConnection = connection;
      AckStatement last = state.ack().isPresent() ? state.ack().statement() : null;
      journal = new JournalSession(setup.limits(), setup.trust(), state.epoch().id(), state.head(), last,
          state.origin().seq() + 1);
      obey(channel, journal.connected(boot(), hello(channel)));
    }
  }

  void down(Channel channel, long connection, String detail) {
    if (line(channel).isCurrent(connection)) {
      lost(channel, detail, 0);
    }
  }

  private void lost(Channel channel, String detail, long notBeforeMillis) {
    if (channel == Channel.CHANNEL_DESK) {
      desk = null;
    } else {
      journal = null;
    }
    if (!deskOpen() && journal == null) {
      clock.contactLost();
    }
    int failures = line(channel).down(boot(), notBeforeMillis);
    output.note("link_down", "channel=" + channel + " failures=" + failures + " detail=\"" + detail + "\"");
    if (failures == Backoff.ALERT_AFTER) {
      output.alert("SYNC_FAILING",
          "channel=" + channel + " failures=" + failures + " unsent=" + state.unsent() + " " + detail);
    }
  }

  void frame(Channel channel, long connection, Frame frame) {
    if (!line(channel).isCurrent(connection)) {
      return;
    }
    if (channel == Channel.CHANNEL_DESK && desk != null) {
      obey(channel, desk.received(boot(), frame));
    } else if (channel == Channel.CHANNEL_JOURNAL && journal != null) {
      obey(channel, journal.received(boot(), frame));
    }
  }

  /// Says something on the desk; false if it is not open.
  boolean say(Frame frame) {
    if (desk == null || !desk.isOpen()) {
      return false;
    }
    obey(Channel.CHANNEL_DESK, desk.say(boot(), frame));
    return true;
  }

  void goodbye() {
    var frame = Frame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason(ReasonCode.SHUTDOWN.name()))
        .build();
    for (Channel channel : List.of(Channel.CHANNEL_DESK, Channel.CHANNEL_JOURNAL)) {
      output.add(new Effect.Send(channel, frame));
      output.add(new Effect.Disconnect(channel));
    }
    desk = null;
    journal = null;
  }

  private Hello.Builder hello(Channel channel) {
    var ack = state.ack().statement();
    var moment = clock.now();
    var hello = Hello.newBuilder().setVersionMin(PROTOCOL_VERSION).setVersionMax(PROTOCOL_VERSION)
        .setSoftware(setup.software()).setBootId(ByteString.copyFrom(setup.boot().bytes()))
        .setBoardSerial(setup.boardSerial()).setEpochOffer(state.epoch().offer())
        .setConfigVersion(state.versions().config()).setSnapshotVersion(state.versions().snapshot())
        .setDenyVersion(state.versions().deny()).setWallMs(moment.wallMillis()).setBootMs(moment.bootMillis())
        .setTimeQuality(clock.quality().code()).setUnsent((int) Math.min(Integer.MAX_VALUE, state.unsent()))
        .setServerGeneration(ack.getServerGeneration()).setAckNumber(ack.getAckNumber())
        .setSettled(ack.getSettled()).setSafe(ack.getSafe()).setState(health)
        .setFailures(line(channel).failures()).setCondition(report.of(state));
    if (state.ack().isPresent()) {
      hello.setLastAck(state.ack().signed());
    }
    return hello;
  }

  // --- what the journal answered ---

  /// The journal stands here now.
  void stateIs(JournalState next) {
    boolean grown = !next.head().equals(state.head());
    state = next;
    if (grown && journal != null) {
      obey(Channel.CHANNEL_JOURNAL, journal.appended(next.head()));
    }
  }

  void loaded(JournalTask.Load task, JournalAnswer.Outcome outcome) {
    if (journal != null && task.connection() == journalConnection
        && outcome instanceof JournalAnswer.Loaded(var records)) {
      obey(Channel.CHANNEL_JOURNAL, journal.loaded(boot(), records));
    }
  }

  void epochAdopted(JournalTask.AdoptEpoch task, JournalAnswer.Outcome outcome) {
    if (journal == null || task.connection() != journalConnection) {
      return;
    }
    if (outcome instanceof JournalAnswer.Done) {
      obey(Channel.CHANNEL_JOURNAL, journal.epochDurable(boot()));
    } else {
      // Not durable, so never confirmed: the next greeting brings a new offer.
      close(Channel.CHANNEL_JOURNAL, "epoch could not be kept: " + outcome, OWN_FAULT_MILLIS);
    }
  }

  void restored(JournalTask.Restore task, JournalAnswer.Outcome outcome) {
    if (journal == null || task.connection() != journalConnection) {
      return;
    }
    if (outcome instanceof JournalAnswer.Done) {
      obey(Channel.CHANNEL_JOURNAL, journal.restored(boot(), state.head()));
    } else {
      output.alert("RESTORE_FAILED", String.valueOf(outcome));
      close(Channel.CHANNEL_JOURNAL, "records could not be put back", OWN_FAULT_MILLIS);
    }
  }

  void ackKept() {
    ackBeingKept = false;
    keepWaitingAck();
  }

  // --- wishes ---

  private void obey(Channel channel, List<TerminalWish> wishes) {
    for (TerminalWish wish : wishes) {
      obey(channel, wish);
    }
  }

  private void obey(Channel channel, TerminalWish wish) {
    switch (wish) {
      case TerminalWish.Send(var frame) -> output.add(new Effect.Send(channel, frame));
      case TerminalWish.Load(var from, var records, var bytes) ->
        output.ask(new JournalTask.Load(journalConnection, from, records, bytes));
      case TerminalWish.StoreAck stored -> takeAck(stored);
      case TerminalWish.AdoptEpoch(var signed, var offer) -> adopt(signed, offer);
      case TerminalWish.TakeAnchor _ -> {
        // Taken with the verdict, once it is known that records may be written.
      }
      case TerminalWish.Restore(var records) ->
        output.ask(new JournalTask.Restore(journalConnection, records));
      case TerminalWish.Opened(var verdict, var welcome) -> opened(channel, verdict, welcome);
      case TerminalWish.CaughtUp() -> caughtUp();
      case TerminalWish.Deliver(var frame) -> business.accept(frame);
      case TerminalWish.ServerLacks(var from, var to) -> output.alert(SERVER_LACKS_RECORDS,
          "from=" + from + " to=" + to + " meaning=\"the restored server gets them from its copy\"");
      case TerminalWish.Refused(var reason, var seq) -> refused(reason, seq);
      case TerminalWish.Close(var reason, var facts, var comeBack) ->
        close(channel, reason + " " + facts, comeBack);
    }
  }

  void close(Channel channel, String detail, long notBeforeMillis) {
    output.add(new Effect.Disconnect(channel));
    lost(channel, detail, notBeforeMillis);
  }

  private void takeAck(TerminalWish.StoreAck stored) {
    if (stored.ack().getReceived().getSeq() > outbox.received()) {
      journalLine.useful();
    }
    outbox = outbox.acknowledged(stored.ack());
    output.note("sync", outbox.describe(state.head().seq()));
    if (stored.restored()) {
      output.alert("SERVER_RESTORED", outbox.describe(state.head().seq()));
    }
    ackWaiting = stored.signed();
    keepWaitingAck();
  }

  /// One at a time, and of several that wait only the newest: acknowledgements are cumulative.
  private void keepWaitingAck() {
    if (!ackBeingKept && ackWaiting != null) {
      output.ask(new JournalTask.KeepAck(ackWaiting));
      ackBeingKept = true;
      ackWaiting = null;
    }
  }

  private void adopt(Signed signed, dev.counterfoil.proto.v1.EpochOffer offer) {
    try {
      output.ask(
          new JournalTask.AdoptEpoch(journalConnection, new EpochHeld(Wire.epoch(offer.getEpoch()), signed)));
    } catch (LinkViolation e) {
      close(Channel.CHANNEL_JOURNAL, String.valueOf(e.getMessage()), 0);
    }
  }

  private void opened(Channel channel, Verdict verdict, Welcome welcome) {
    output.note("link_up", "channel=" + channel + " verdict=" + verdict);
    switch (verdict) {
      case VERDICT_RESUME -> resumed(channel, welcome);
      case VERDICT_ROLLED_BACK -> rolledBack(channel, welcome);
      case VERDICT_FORK -> {
        condemned(channel, "FORK", welcome.getProblem());
        output.ask(new JournalTask.Freeze());
      }
      case VERDICT_CLONE -> condemned(channel, "CLONE", welcome.getProblem());
      case VERDICT_UNSPECIFIED, UNRECOGNIZED -> close(channel, "verdict " + verdict, 0);
    }
  }

  private void resumed(Channel channel, Welcome welcome) {
    line(channel).accepted(boot());
    boolean firstContact = !clock.inContact();
    clock.contact();
    verdictRefusals.remove(channel);
    if (channel == Channel.CHANNEL_JOURNAL) {
      afterWelcome = welcome;
    } else {
      serves = welcome.getAnswersErrands();
    }
    if (firstContact) {
      output.ask(new JournalTask.CountRunTime());
    }
  }

  /// Welcome whose anchor is taken once the wishes that came with it are done.
  private @Nullable Welcome afterWelcome;

  /// Records of this run begin only after an epoch offered with the welcome is durable.
  void afterWishes() {
    var welcome = afterWelcome;
    if (welcome == null) {
      return;
    }
    afterWelcome = null;
    output.ask(new JournalTask.Resume());
    takeAnchor(welcome);
  }

  private void takeAnchor(Welcome welcome) {
    if (!welcome.hasAnchor() || !clock.wantsAnchor()) {
      return;
    }
    try {
      var statement = AnchorStatement.parseFrom(welcome.getAnchor().getPayload());
      if (statement.getBootId().size() != BootId.LENGTH
          || !BootId.of(statement.getBootId().toByteArray()).equals(setup.boot())) {
        return;
      }
      var held = new AnchorHeld(statement.getAnchorId(), statement.getServerMs(), setup.boot(),
          statement.getBootMs(), welcome.getAnchor());
      output.ask(new JournalTask.TakeAnchor(held, TimeAnchor.newBuilder().setAnchorId(held.anchorId())
          .setServerMs(held.serverMillis()).setWallBeforeMs(clock.now().wallMillis())
          .setBootMs(held.bootMillis()).build()));
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException("the session has read this anchor before", e);
    }
  }

  private void rolledBack(Channel channel, Welcome welcome) {
    verdictRefusals.put(channel, ReasonCode.ROLLED_BACK.name());
    if (channel == Channel.CHANNEL_DESK) {
      close(channel, "waits for the missing records", 0);
      return;
    }
    line(channel).accepted(boot());
    afterRollBack = welcome;
    output.alert("ROLLED_BACK", "head=" + state.head().seq());
    output.ask(new JournalTask.RolledBack());
  }

  private @Nullable Welcome afterRollBack;

  private void caughtUp() {
    verdictRefusals.remove(Channel.CHANNEL_JOURNAL);
    verdictRefusals.remove(Channel.CHANNEL_DESK, ReasonCode.ROLLED_BACK.name());
    clock.contact();
    afterWelcome = afterRollBack;
    afterRollBack = null;
    output.note("caught_up", "head=" + state.head().seq());
    deskLine.retryNow(boot());
  }

  /// The server will not talk to this device as this terminal. It is asked again at the slow end of the back-off,
  /// because a person may have settled the matter.
  private void condemned(Channel channel, String code, String problem) {
    verdictRefusals.put(channel, code);
    output.alert(code, "channel=" + channel + " problem=" + problem);
    close(channel, code, setup.backoff().capMillis());
  }

  private void refused(ReasonCode reason, long seq) {
    outbox = outbox.refused(seq);
    output.alert("SYNC_REFUSED", "reason=" + reason + " seq=" + seq);
    if (reason == ReasonCode.FORK) {
      verdictRefusals.put(Channel.CHANNEL_JOURNAL, "FORK");
      output.ask(new JournalTask.Freeze());
    }
  }

  ChainPosition head() {
    return state.head();
  }

  private LinkLine line(Channel channel) {
    return channel == Channel.CHANNEL_DESK ? deskLine : journalLine;
  }

  private long boot() {
    return clock.now().bootMillis();
  }
}

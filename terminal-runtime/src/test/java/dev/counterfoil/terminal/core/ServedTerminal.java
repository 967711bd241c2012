package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.Ack;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.AnchorStatement;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Fetched;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Pong;
import dev.counterfoil.proto.v1.Push;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.SnapshotDelta;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.journal.JournalFixture;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.MirrorFile;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A terminal core over a real journal, in virtual time, with a server of a few lines that signs what it says.
final class ServedTerminal implements AutoCloseable {

  static final Signer SERVER = JournalFixture.signer(77);
  static final ServerTrust TRUST = new ServerTrust(JournalFixture.TERMINAL, SERVER.key(),
      new StrictVerifier());
  static final String BOARD = "b-1";

  final Path folder;
  final SqliteJournal store;
  final JournalDesk journal;
  final TerminalCore core;
  final List<Effect> effects = new ArrayList<>();
  final Deque<JournalRequest> asked = new ArrayDeque<>();
  final List<Frame> sent = new ArrayList<>();
  final List<JournalRecord> atServer = new ArrayList<>();
  final BootId boot;

  long now;
  boolean networkUp = true;
  boolean answersHeld;
  boolean nextWriteFails;
  Verdict verdict = Verdict.VERDICT_RESUME;
  Optional<EpochId> offer = Optional.empty();
  OfflineCaps allowance = OfflineCaps.DEFAULT;
  ByteString generation = ByteString.copyFrom(new byte[8]);
  private long ackNumber;

  ServedTerminal(Path folder, long seed) {
    this(folder, seed, MealPlan.NONE);
  }

  ServedTerminal(Path folder, long seed, MealPlan meals) {
    this.folder = folder;
    Path database = folder.resolve("journal.db");
    boolean fresh = !Files.exists(database);
    if (fresh) {
      SqliteJournal.create(database, JournalFixture.ORIGIN, JournalFixture.EPOCH);
    }
    store = SqliteJournal.open(database);
    var writer = new JournalWriter(store, new MirrorFile(folder.resolve("journal.mirror"), false),
        JournalFixture.TERMINAL, Optional.of(JournalFixture.SIGNER), new StrictVerifier(),
        JournalSettings.DEFAULT);
    var recovery = new JournalRecovery(store, writer);
    boot = new BootId(seed, store.state().boots().count() + 1);
    // A server never counts acknowledgements down, whichever image of the terminal it talks to.
    ackNumber = seed * 1_000_000 + boot.low() * 10_000;
    var started = recovery.start(boot, "test");
    if (fresh) {
      writer.append(JournalFixture.genesis(), JournalFixture.at(0));
    }
    journal = new JournalDesk(writer, recovery, store);
    var setup = new TerminalSetup(TRUST, "test 1", BOARD, boot,
        SaleSettings.of(new SaleMode.Keyed(), "CNY").with(meals), OfflineCaps.UNLIMITED, LinkLimits.DEFAULT,
        Backoff.DEFAULT,
        ZoneOffset.UTC, false, false, TerminalSetup.DEFAULT_LINK_TICK_MILLIS);
    core = new TerminalCore(setup, moment(), writer.state(), started.refusal(), new Random(seed));
  }

  Moment moment() {
    return new Moment(now, JournalFixture.WALL + now);
  }

  void start() {
    happen(new Event.Started());
  }

  void keys(String keys) {
    for (char key : keys.toCharArray()) {
      happen(new Event.Input(new SaleEvent.KeyPressed(key)));
    }
  }

  void tap() {
    happen(new Event.Input(new SaleEvent.CardPresented(JournalFixture.CARD)));
  }

  /// One event with everything that follows from it at once.
  void happen(Event event) {
    var step = core.step(moment(), event);
    effects.addAll(step);
    step.forEach(this::carryOut);
    answerAll();
  }

  void answerAll() {
    while (!answersHeld && !asked.isEmpty()) {
      answerOne();
    }
  }

  void answerOne() {
    var request = asked.removeFirst();
    boolean write = request.task() instanceof JournalTask.RecordSale;
    JournalAnswer answer;
    if (write && nextWriteFails) {
      nextWriteFails = false;
      answer = new JournalAnswer(request.task(), new JournalAnswer.Failed("JOURNAL_FAULT", "injected"),
          store.state(), Optional.of(Refusal.JOURNAL_FAULT));
    } else {
      answer = journal.handle(request);
    }
    happen(new Event.Answered(answer));
  }

  /// Virtual time up to a point, waking the core whenever it wants.
  void until(long bootMillis) {
    while (core.wakeAt() <= bootMillis) {
      now = Math.max(now + 1, core.wakeAt());
      happen(new Event.Tick());
    }
    now = bootMillis;
    happen(new Event.Tick());
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Ask(var request) -> asked.addLast(request);
      case Effect.Connect(var channel, var connection) -> happen(networkUp
          ? new Event.LinkUp(channel, connection)
          : new Event.LinkDown(channel, connection, "no network"));
      case Effect.Send(var channel, var frame) -> {
        sent.add(frame);
        answer(channel, frame);
      }
      case Effect.Disconnect _,Effect.Print _,Effect.PrintShift _,Effect.Tare _,Effect.Show _,Effect.Indicate _,Effect.AnswerTill _,Effect.Alert _,Effect.Note _,Effect.Restart _,Effect.Stopped _ -> {
        // Looked at by the tests.
      }
    }
  }

  private void answer(Channel channel, Frame frame) {
    switch (frame.getBodyCase()) {
      case HELLO -> reply(channel, Frame.newBuilder().setWelcome(welcome(channel, frame.getHello())).build());
      case PING -> reply(channel,
          Frame.newBuilder().setPong(Pong.newBuilder().setNonce(frame.getPing().getNonce())).build());
      case PUSH -> receive(frame.getPush());
      case FETCH -> reply(channel, Frame.newBuilder().setFetched(Fetched.newBuilder()
          .setFromSeq(frame.getFetch().getFromSeq()).setEnd(true).addAllRecords(atServer.stream()
              .filter(record -> record.seq() >= frame.getFetch().getFromSeq())
              .map(record -> ByteString.copyFrom(record.bytes())).toList()))
          .build());
      case SNAPSHOT_REQUEST -> {
        if (frame.getSnapshotRequest().getHaveSnapshot() == 0) {
          reply(channel, snapshot());
        }
      }
      default -> {
        // Nothing to answer.
      }
    }
  }

  void reply(Channel channel, Frame frame) {
    long connection = effects.stream()
        .filter(effect -> effect instanceof Effect.Connect(var to, _) && to == channel)
        .mapToLong(effect -> ((Effect.Connect) effect).connection()).max().orElseThrow();
    happen(new Event.FrameArrived(channel, connection, frame));
  }

  private void receive(Push push) {
    for (ByteString bytes : push.getRecordsList()) {
      var record = JournalRecord.parse(bytes.toByteArray());
      if (record.seq() == atServer.size() + 1L) {
        atServer.add(record);
      }
    }
    reply(Channel.CHANNEL_JOURNAL, Frame.newBuilder().setAck(Ack.newBuilder().setStatement(ack())).build());
  }

  Signed ack() {
    var position = atServer.isEmpty()
        ? Wire.position(new ChainPosition(0, JournalFixture.ORIGIN.hash(), 0))
        : Wire.position(atServer.getLast().position());
    return sealed(Domain.ACK, AckStatement.newBuilder().setTerminalId(Wire.bytes(JournalFixture.TERMINAL))
        .setServerGeneration(generation).setAckNumber(++ackNumber).setReceived(position)
        .setSettled(position).setServerMs(JournalFixture.WALL + now).setAllowance(allowance.toWire())
        .build());
  }

  private Welcome welcome(Channel channel, Hello hello) {
    var welcome = Welcome.newBuilder().setVersion(1).setVerdict(verdict).setWindow(4).setAck(ack())
        .setSnapshotVersion(1).setServerGeneration(generation).setAnchor(
            sealed(Domain.ANCHOR,
                AnchorStatement.newBuilder().setTerminalId(Wire.bytes(JournalFixture.TERMINAL))
                    .setAnchorId(1).setServerMs(JournalFixture.WALL + now).setBootId(hello.getBootId())
                    .setBootMs(hello.getBootMs()).build()));
    if (channel == Channel.CHANNEL_JOURNAL) {
      offer.ifPresent(epoch -> welcome.setEpochOffer(sealed(Domain.EPOCH, EpochOffer.newBuilder()
          .setTerminalId(Wire.bytes(JournalFixture.TERMINAL)).setEpoch(Wire.epoch(epoch)).build())));
    }
    return welcome.build();
  }

  private static Frame snapshot() {
    var account = AccountEntry.newBuilder().setAccountId(JournalFixture.ACCOUNT)
        .setCardToken(ByteString.copyFrom(JournalFixture.CARD.bytes())).setAvailableMinor(5_000)
        .setEnableOffline(true).setStatus(1);
    return Frame.newBuilder().setSnapshotDelta(SnapshotDelta.newBuilder().setStatement(sealed(Domain.SNAPSHOT,
        SnapshotStatement.newBuilder().setTerminalId(Wire.bytes(JournalFixture.TERMINAL)).setToVersion(1)
            .setServerMs(JournalFixture.WALL).addAccounts(account).build())))
        .build();
  }

  private static Signed sealed(Domain domain, MessageLite statement) {
    return Statements.seal(domain, statement, SERVER);
  }

  <T extends Effect> List<T> all(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    store.close();
  }
}

package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.Ack;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Allowance;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.SnapshotDelta;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainFixture;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.EpochHeld;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.journal.JournalStore;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.MirrorFile;
import dev.counterfoil.terminal.journal.SigningKeys;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.sale.CounterRules;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.secret.BoardSeal;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import dev.counterfoil.terminal.secret.RotatingKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/// A whole terminal over a real journal file, in virtual time, with the server's part spoken by the test.
final class CoreRig implements AutoCloseable {

  static final TerminalId TERMINAL = new TerminalId(0x77, 0x88);
  static final EpochId EPOCH = new EpochId(1, 11);
  static final Signer SERVER = ChainFixture.signer(9);
  private static final byte[] SEED = new byte[Ed25519Signer.SEED_LENGTH];
  static final Signer KEY = new Ed25519Signer(SEED);
  static final ChainPosition ORIGIN = ChainPosition.beforeGenesis(new Hash(1, 2, 3, 4));
  static final CardToken CARD = new CardToken(1, 0, 7);
  static final long ACCOUNT = 42;
  static final CardToken OPERATOR = new CardToken(1, 0, 99);
  static final long WALL = 1_790_000_000_000L;

  private static final SaleSettings KEYED = SaleSettings.of(new SaleMode.Keyed(), "CNY");

  final StoppingStore store;
  final MirrorFile mirror;
  final JournalDesk desk;
  final TerminalCore core;
  final List<Effect> effects = new ArrayList<>();
  final List<Screen> screens = new ArrayList<>();
  final List<Frame> sent = new ArrayList<>();
  final Map<Channel, Long> connections = new HashMap<>();
  long boot;
  long wallShift;
  private final Deque<JournalRequest> held = new ArrayDeque<>();
  private boolean holdJournal;
  private long acks;
  /// Sales without the server that each acknowledgement allows.
  int allowedCount = 5;
  /// Server time in each acknowledgement.
  long serverMillis;

  /// A terminal enrolled into an empty folder: its GENESIS is written, as enrolment does.
  static CoreRig enrolled(Path folder) {
    SqliteJournal.create(folder.resolve("journal.db"), ORIGIN, new EpochHeld(EPOCH, offer(EPOCH)));
    var when = new RecordCircumstances(WALL, TimeQuality.LOCAL_CLOCK, 0, 0, 0);
    var genesis = new RecordSealer(TERMINAL).seal(ORIGIN, EPOCH, when,
        RecordDraft.of(RecordKind.GENESIS, Genesis.newBuilder().setBoardSerial("b-1").build()), KEY);
    try (var journal = SqliteJournal.open(folder.resolve("journal.db"))) {
      journal.commit(new CommitUnit(ORIGIN, genesis.position(), List.of(genesis), List.of()));
    }
    return started(folder, 1);
  }

  private static KeyFolder keyFolder(Path folder) {
    return new KeyFolder(folder.resolve("keys"), new BoardSeal("b-1", new SecureRandom()));
  }

  private static SigningKeys keys(Path folder, long bootNumber) {
    KeyFolder files = keyFolder(folder);
    try {
      if (!files.has(KeyFolder.RECORD_KEY)) {
        files.keep(KeyFolder.RECORD_KEY, SEED);
      }
      return RotatingKeys.open(files, () -> nextSeed(bootNumber));
    } catch (KeyFaultException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The key that a rotation in this run hands over to.
  static Signer nextKey(long bootNumber) {
    return new Ed25519Signer(nextSeed(bootNumber));
  }

  private static byte[] nextSeed(long bootNumber) {
    byte[] seed = new byte[Ed25519Signer.SEED_LENGTH];
    Arrays.fill(seed, (byte) (100 + bootNumber));
    return seed;
  }

  /// The program begins on what lies in the folder.
  static CoreRig started(Path folder, long bootNumber) {
    return startedWith(folder, bootNumber, OfflineCaps.DEFAULT_AFTER_GAP_PERCENT);
  }

  /// Likewise, enrolled subject to a second operator's word.
  static CoreRig startedAwaitingConfirmation(Path folder, long bootNumber) {
    return new CoreRig(folder, bootNumber, true, OfflineCaps.DEFAULT_AFTER_GAP_PERCENT, KEYED);
  }

  /// Likewise, with this share of the allowance while the server has not seen a GAP.
  static CoreRig startedWith(Path folder, long bootNumber, int afterGapPercent) {
    return new CoreRig(folder, bootNumber, false, afterGapPercent, KEYED);
  }

  /// Likewise, selling in this way.
  static CoreRig startedAs(Path folder, long bootNumber, SaleSettings sale) {
    return new CoreRig(folder, bootNumber, false, OfflineCaps.DEFAULT_AFTER_GAP_PERCENT, sale);
  }

  /// Likewise, with these rules of the counter.
  static CoreRig startedWith(Path folder, long bootNumber, CounterRules rules) {
    return startedAs(folder, bootNumber, KEYED.with(rules));
  }

  /// Likewise, with these limits of the journal.
  static CoreRig startedWith(Path folder, long bootNumber, JournalSettings settings) {
    return new CoreRig(folder, bootNumber, false, OfflineCaps.DEFAULT_AFTER_GAP_PERCENT, KEYED, settings);
  }

  private CoreRig(Path folder, long bootNumber, boolean awaitsConfirmation, int afterGapPercent,
      SaleSettings sale) {
    this(folder, bootNumber, awaitsConfirmation, afterGapPercent, sale, JournalSettings.DEFAULT);
  }

  private CoreRig(Path folder, long bootNumber, boolean awaitsConfirmation, int afterGapPercent,
      SaleSettings sale, JournalSettings settings) {
    store = new StoppingStore(SqliteJournal.open(folder.resolve("journal.db")));
    mirror = new MirrorFile(folder.resolve("journal.mirror"), false);
    var writer = new JournalWriter(store, mirror, TERMINAL, keys(folder, bootNumber), new StrictVerifier(),
        settings);
    var recovery = new JournalRecovery(store, writer);
    var bootId = new BootId(3, bootNumber);
    var begun = recovery.start(bootId, "test");
    desk = new JournalDesk(writer, recovery, store);
    var setup = new TerminalSetup(new ServerTrust(TERMINAL, SERVER.key(), new StrictVerifier()), "test",
        "b-1", bootId, sale, OfflineCaps.UNLIMITED, LinkLimits.DEFAULT,
        Backoff.DEFAULT,
        ZoneOffset.UTC, true, awaitsConfirmation, true, false, afterGapPercent,
        TerminalSetup.DEFAULT_LINK_TICK_MILLIS);
    core = new TerminalCore(setup, new Moment(0, WALL), writer.state(), begun.refusal(),
        new Random(bootNumber));
    happen(new Event.Started());
  }

  // --- time and events ---

  void happen(Event event) {
    perform(core.step(new Moment(boot, WALL + wallShift + boot), event));
  }

  /// Lets virtual time pass, waking the core whenever it wants.
  void pass(long millis) {
    long end = boot + millis;
    while (core.wakeAt() <= end) {
      boot = Math.max(boot, core.wakeAt());
      happen(new Event.Tick());
    }
    boot = end;
  }

  void holdJournal() {
    holdJournal = true;
  }

  /// Does the first requests that wait and tells nobody: the power ends.
  void doHeld(int count) {
    for (int i = 0; i < count; i++) {
      var answer = desk.handle(held.removeFirst());
      if (i + 1 < count) {
        happen(new Event.Answered(answer));
      }
    }
  }

  void releaseJournal() {
    while (!held.isEmpty()) {
      happen(new Event.Answered(desk.handle(held.removeFirst())));
    }
    holdJournal = false;
  }

  private void perform(List<Effect> wanted) {
    effects.addAll(wanted);
    for (Effect effect : wanted) {
      switch (effect) {
        case Effect.Ask(var request) -> ask(request);
        case Effect.Connect(var channel, var connection) -> connections.put(channel, connection);
        case Effect.Disconnect(var channel) -> connections.remove(channel);
        case Effect.Send(var _, var frame) -> sent.add(frame);
        case Effect.Show(var screen) -> screens.add(screen);
        case Effect.Print _,Effect.PrintShift _,Effect.Tare _,Effect.Indicate _,Effect.AnswerTill _,Effect.Alert _,Effect.Note _,Effect.Restart _,Effect.Stopped _ ->
          {
          }
      }
    }
  }

  private void ask(JournalRequest request) {
    if (holdJournal) {
      held.addLast(request);
    } else {
      happen(new Event.Answered(desk.handle(request)));
    }
  }

  // --- the customer ---

  void keys(String keys) {
    keys.chars().forEach(key -> happen(new Event.Input(new SaleEvent.KeyPressed((char) key))));
  }

  void card(CardToken token) {
    happen(new Event.Input(new SaleEvent.CardPresented(token)));
    happen(new Event.Input(new SaleEvent.CardRemoved()));
  }

  /// Keys an amount in whole units and presents the card.
  Screen buy(int units, CardToken token) {
    keys(units + "#");
    card(token);
    return screens.getLast();
  }

  long approved() {
    return screens.stream().filter(Screen.Approved.class::isInstance).count();
  }

  // --- the server ---

  void connect(Channel channel, Welcome.Builder welcome) {
    happen(new Event.LinkUp(channel, connection(channel)));
    receive(channel, Frame.newBuilder().setWelcome(welcome).build());
  }

  /// The connection that was opened last.
  long connection(Channel channel) {
    return Objects.requireNonNull(connections.get(channel), () -> channel + " is not connected");
  }

  void connectBoth() {
    connect(Channel.CHANNEL_JOURNAL, welcome());
    connect(Channel.CHANNEL_DESK, welcome());
  }

  void receive(Channel channel, Frame frame) {
    happen(new Event.FrameArrived(channel, connection(channel), frame));
  }

  void cut() {
    for (Channel channel : List.copyOf(connections.keySet())) {
      happen(new Event.LinkDown(channel, connection(channel), "cut"));
    }
  }

  Welcome.Builder welcome() {
    return Welcome.newBuilder().setVersion(1).setVerdict(Verdict.VERDICT_RESUME).setWindow(8)
        .setAck(ack(received(), received(), received()));
  }

  /// Where the server stands that received everything sent so far.
  ChainPosition received() {
    ChainPosition last = ORIGIN;
    for (Frame frame : sent) {
      if (frame.hasPush()) {
        last = JournalRecord.parse(frame.getPush().getRecordsList().getLast().toByteArray()).position();
      }
    }
    return last;
  }

  Signed ack(ChainPosition received, ChainPosition settled, ChainPosition safe) {
    return Statements.seal(Domain.ACK, AckStatement.newBuilder().setTerminalId(Wire.bytes(TERMINAL))
        .setServerGeneration(ByteString.copyFrom(new byte[8])).setAckNumber(++acks)
        .setReceived(Wire.position(received)).setSettled(Wire.position(settled)).setSafe(Wire.position(safe))
        .setServerMs(serverMillis).setAllowance(allowance().toBuilder().setMaxCount(allowedCount)).build(),
        SERVER);
  }

  void acknowledgeAll() {
    receive(Channel.CHANNEL_JOURNAL, Frame.newBuilder()
        .setAck(Ack.newBuilder().setStatement(ack(received(), received(), received()))).build());
  }

  static Allowance allowance() {
    return OfflineCaps.DEFAULT.toWire().toBuilder().setMaxCount(5).build();
  }

  static Signed offer(EpochId epoch) {
    return Statements.seal(Domain.EPOCH, EpochOffer.newBuilder().setTerminalId(Wire.bytes(TERMINAL))
        .setEpoch(Wire.epoch(epoch)).build(), SERVER);
  }

  void snapshot(long from, long to, boolean more, AccountEntry... entries) {
    receive(Channel.CHANNEL_DESK, Frame.newBuilder().setSnapshotDelta(SnapshotDelta.newBuilder()
        .setStatement(Statements.seal(Domain.SNAPSHOT, SnapshotStatement.newBuilder()
            .setTerminalId(Wire.bytes(TERMINAL)).setFromVersion(from).setToVersion(to).setMore(more)
            .setServerMs(WALL + boot).addAllAccounts(List.of(entries)).build(), SERVER)))
        .build());
  }

  static AccountEntry account(CardToken card, long available) {
    return AccountEntry.newBuilder().setAccountId(ACCOUNT).setCardToken(ByteString.copyFrom(card.bytes()))
        .setAvailableMinor(available).setEnableOffline(true).setStatus(1).build();
  }

  static AccountEntry operator() {
    return account(OPERATOR, 0).toBuilder().setAccountId(9).setOperatorCard(true).build();
  }

  /// Keys `A`, the number of an errand, and an operator's card.
  Screen errand(char number) {
    keys("DA" + number);
    card(OPERATOR);
    return screens.getLast();
  }

  List<String> noted(String event) {
    return effects.stream().filter(Effect.Note.class::isInstance).map(Effect.Note.class::cast)
        .filter(note -> note.event().equals(event)).map(Effect.Note::detail).toList();
  }

  List<String> alerted(String code) {
    return effects.stream().filter(Effect.Alert.class::isInstance).map(Effect.Alert.class::cast)
        .filter(alert -> alert.code().equals(code)).map(Effect.Alert::detail).toList();
  }

  List<JournalRecord> records() {
    return store.records(1, 10_000, Integer.MAX_VALUE);
  }

  List<RecordKind> kinds() {
    return records().stream().map(record -> record.kind().orElseThrow()).toList();
  }

  @Override
  public void close() {
    mirror.close();
    store.close();
  }
}

package dev.counterfoil.sim.world.pair;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Ack;
import dev.counterfoil.proto.v1.Fetched;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Nack;
import dev.counterfoil.proto.v1.Push;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.link.JournalSession;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.TerminalWish;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.ChainVerification;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.terminals.HelloAnswer;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.settlement.terminals.RegistryDesk;
import dev.counterfoil.terminal.journal.EpochHeld;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.MirrorFile;
import dev.counterfoil.terminal.journal.SigningKeys;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.terminal.journal.StoredAck;
import dev.counterfoil.terminal.journal.WriteResult;
import dev.counterfoil.terminal.secret.BoardSeal;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import dev.counterfoil.terminal.secret.RotatingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A terminal and its server in one thread. What one says reaches the other at once and in order; between two
/// conversations either may be put back to an older state of its files.
final class Pair implements AutoCloseable {

  private static final int SITE = 1;
  private static final long NOW = 1_790_000_000_000L;
  private static final Hash CERTIFICATE = new Hash(7, 7, 7, 7);
  private static final Hash CODE = new Hash(8, 8, 8, 8);
  /// No conversation of a test is longer; one that is goes round in circles.
  private static final int MOST_FRAMES = 200;

  final TerminalId id = new TerminalId(0x7000, 1);
  private final StrictVerifier signatures = new StrictVerifier();
  private final Ed25519Signer ackKey = new Ed25519Signer(Sha256.digest(new byte[] {1}));
  private final byte[] seed = Sha256.digest(new byte[] {2});
  private final SplittableRandom random = new SplittableRandom(5);
  private final Path folder;

  SqliteSettlementStore server;
  SettlementCore core;
  SqliteJournal journal;
  JournalWriter writer;
  JournalRecovery recovery;
  private MirrorFile mirror;
  private BootId boot = new BootId(0, 0);
  private long clock;
  private long transactions;

  Pair(Path folder) {
    this.folder = folder;
    server = SqliteSettlementStore.open(folder.resolve("server.db"));
    core = newCore();
    core.registry().putSite(new SiteRow(SITE, "canteen", "CNY"));
    core.registry().putEnrolmentCode(
        new EnrolmentCodeRow(SITE, CODE, "till", 0, NOW, NOW + 900_000, 0, "admin"));
    var row = core.registry().enrol(CODE,
        new RegistryDesk.Enrolment(id, "board", CERTIFICATE, new Ed25519Signer(seed).key()), NOW).row();
    var offer = core.epochOffers().offer(id, row.confirmed(), core.serverGeneration(), NOW);
    SqliteJournal.create(folder.resolve("journal.db"), ChainPosition.beforeGenesis(CERTIFICATE),
        new EpochHeld(row.confirmed(), offer));
    switchOn();
    write(new Entry(
        RecordDraft.of(RecordKind.GENESIS, Genesis.newBuilder().setBoardSerial("board").build()),
        _ -> List.of()));
  }

  private SettlementCore newCore() {
    return new SettlementCore(server, CoreSettings.DEFAULT.withConfirmTerminals(false), ackKey, signatures,
        random.split());
  }

  // What happens to them.

  /// Starts the terminal's program on what lies on its medium.
  JournalRecovery.Started switchOn() {
    journal = SqliteJournal.open(folder.resolve("journal.db"));
    mirror = new MirrorFile(folder.resolve("journal.mirror"), true);
    writer = new JournalWriter(journal, mirror, id, keys(), signatures, JournalSettings.DEFAULT);
    recovery = new JournalRecovery(journal, writer);
    boot = new BootId(0, boot.low() + 1);
    return recovery.start(boot, "test");
  }

  /// The key folder lies on another medium than the journal, and is never put back.
  private SigningKeys keys() {
    var files = new KeyFolder(folder.resolve("keys"), new BoardSeal("board", new SecureRandom()));
    try {
      if (!files.has(KeyFolder.RECORD_KEY)) {
        files.keep(KeyFolder.RECORD_KEY, seed);
      }
      return RotatingKeys.open(files, () -> Ed25519Signer.newSeed(new SecureRandom()));
    } catch (KeyFaultException e) {
      throw new AssertionError(e);
    }
  }

  JournalRecord rotate() {
    return committed(writer.rotate(now())).record();
  }

  void switchOff() {
    mirror.close();
    journal.close();
  }

  void copyCardTo(String image) throws IOException {
    switchOff();
    Files.copy(folder.resolve("journal.db"), folder.resolve(image));
    switchOn();
  }

  /// The terminal starts again from an older image of its card; its mirror is what it was.
  JournalRecovery.Started startFromCard(String image) throws IOException {
    switchOff();
    Files.copy(folder.resolve(image), folder.resolve("journal.db"), StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(folder.resolve("journal.db-wal"));
    Files.deleteIfExists(folder.resolve("journal.db-shm"));
    return switchOn();
  }

  void backUpServerTo(String name) {
    server.backupTo(folder.resolve(name));
  }

  void restoreServerFrom(String name) {
    server.close();
    server = SqliteSettlementStore.open(folder.resolve(name));
    core = newCore();
  }

  JournalRecord sell(long minor) {
    transactions++;
    var body = Sale.newBuilder()
        .setTransactionId(
            ByteString.copyFrom(new TransactionId(0x0190_0000_0000_7000L, transactions).bytes()))
        .setTender(Tender.TENDER_CASH).setAmountMinor(minor).setCurrency("CNY").build();
    return write(new Entry(RecordDraft.of(RecordKind.SALE, body, minor), _ -> List.of()));
  }

  JournalRecord write(Entry entry) {
    return committed(writer.append(entry, now())).record();
  }

  private static WriteResult.Committed committed(WriteResult result) {
    if (result instanceof WriteResult.Committed committed) {
      return committed;
    }
    throw new AssertionError("expected to be durable: " + result);
  }

  private RecordCircumstances now() {
    clock += 1_000;
    return new RecordCircumstances(NOW + clock, TimeQuality.ANCHORED, clock, 1, 0);
  }

  // What they say to each other.

  /// One connection of the journal channel, until nobody has anything to say.
  ///
  /// @return how it ended: "OPEN", or the reason of whoever closed it
  String talk() {
    var state = journal.state();
    var last = state.ack().isPresent() ? state.ack().statement() : null;
    var session = new JournalSession(LinkLimits.DEFAULT, new ServerTrust(id, ackKey.key(), signatures),
        state.epoch().id(), state.head(), last);
    var hello = Hello.newBuilder().setVersionMin(1).setVersionMax(1).setBoardSerial("board")
        .setBootId(ByteString.copyFrom(boot.bytes())).setEpochOffer(state.epoch().offer()).setState("READY");
    if (state.ack().isPresent()) {
      hello.setLastAck(state.ack().signed()).setAckNumber(state.ack().statement().getAckNumber());
    }
    Deque<TerminalWish> wishes = new ArrayDeque<>(session.connected(clock, hello));
    for (int frames = 0; !wishes.isEmpty(); frames++) {
      if (frames > MOST_FRAMES) {
        throw new AssertionError("goes round in circles at " + wishes.peek());
      }
      switch (wishes.removeFirst()) {
        case TerminalWish.Send(var frame) -> {
          Optional<String> barred = answer(frame, session, wishes);
          if (barred.isPresent()) {
            return barred.get();
          }
        }
        case TerminalWish.Load(var from, var records, var bytes) ->
          wishes.addAll(session.loaded(clock, journal.records(from, records, bytes)));
        case TerminalWish.StoreAck stored ->
          committed(writer.keep(List.of(new StateChange.AckStored(StoredAck.of(stored.signed())))));
        case TerminalWish.AdoptEpoch adopt -> {
          WriteResult kept = recovery.adopt(epoch(adopt), now());
          if (kept instanceof WriteResult.Rejected(var reason, var _)) {
            return reason.name();
          }
          committed(kept);
          wishes.addAll(session.epochDurable(clock));
          wishes.addAll(session.appended(journal.state().head()));
        }
        case TerminalWish.Restore(var records) -> {
          committed(recovery.reinsert(records.stream().map(JournalRecord::parse).toList()));
          wishes.addAll(session.restored(clock, journal.state().head()));
        }
        case TerminalWish.Opened(var verdict, var _) -> {
          switch (verdict) {
            case VERDICT_ROLLED_BACK -> committed(recovery.rolledBack());
            case VERDICT_RESUME -> {
            }
            case VERDICT_FORK, VERDICT_CLONE, VERDICT_UNSPECIFIED, UNRECOGNIZED -> {
              return verdict.name();
            }
          }
        }
        case TerminalWish.Close(var reason, var _, var _) -> {
          return reason.name();
        }
        case TerminalWish.Refused(var reason, var _) -> {
          return reason.name();
        }
        case TerminalWish.TakeAnchor _,TerminalWish.ServerLacks _,TerminalWish.CaughtUp _,TerminalWish.Deliver _ -> {
          // Not what these tests are about.
        }
      }
    }
    return "OPEN";
  }

  private static EpochHeld epoch(TerminalWish.AdoptEpoch adopt) {
    try {
      return new EpochHeld(Wire.epoch(adopt.offer().getEpoch()), adopt.signed());
    } catch (LinkViolation e) {
      throw new AssertionError(e);
    }
  }

  /// @return why the server closes, empty if it does not
  private Optional<String> answer(Frame frame, JournalSession session, Deque<TerminalWish> wishes) {
    try {
      switch (frame.getBodyCase()) {
        case HELLO -> {
          switch (core.hello(id, frame.getHello(), OtherSession.NONE, NOW + clock)) {
            case HelloAnswer.Answered(var welcome) ->
              wishes.addAll(session.received(clock, Frame.newBuilder().setWelcome(welcome).build()));
            case HelloAnswer.Barred(var reason, var _) -> {
              return Optional.of(reason.name());
            }
          }
        }
        case EPOCH_CONFIRM -> core.confirmEpoch(id, Wire.epoch(frame.getEpochConfirm().getEpoch()));
        case PUSH -> wishes.addAll(session.received(clock, taken(frame.getPush())));
        case FETCH -> {
          var asked = frame.getFetch();
          var fetched = Fetched.newBuilder().setFromSeq(asked.getFromSeq()).setEnd(true);
          core.fetch(id, asked.getFromSeq(), asked.getToSeq(), 100, 1 << 18)
              .forEach(record -> fetched.addRecords(ByteString.copyFrom(record.bytes())));
          wishes.addAll(session.received(clock, Frame.newBuilder().setFetched(fetched).build()));
        }
        default -> throw new AssertionError("unexpected " + frame.getBodyCase());
      }
    } catch (LinkViolation e) {
      throw new AssertionError(e);
    }
    return Optional.empty();
  }

  private Frame taken(Push push) throws LinkViolation {
    var request = IngestRequest.raw(id, Wire.epoch(push.getEpoch()), push.getOldSeq(),
        Wire.hash(push.getOldHash()), push.getRecordsList().stream().map(ByteString::toByteArray).toList());
    return switch (core.push(List.of(request), NOW + clock).getFirst()) {
      case IngestResult.Acknowledged(var ack, var _) ->
        Frame.newBuilder().setAck(Ack.newBuilder().setStatement(ack)).build();
      case IngestResult.Refused(var reason, var position, var seq) -> Frame.newBuilder().setNack(
          Nack.newBuilder().setReason(reason.name()).setServer(Wire.position(position)).setBadSeq(seq))
          .build();
    };
  }

  // What tests ask.

  List<JournalRecord> records() {
    return journal.records(1, 100_000, Integer.MAX_VALUE);
  }

  ChainPosition serverHead() {
    return core.verificationBase(id).orElseThrow().head().received();
  }

  /// The server's own verification of the stored chain.
  ChainVerification.Report verification() {
    return ChainVerification.verify(server, core.verificationBase(id).orElseThrow(), signatures);
  }

  List<ExceptionRow> exceptions() {
    return server.exceptions(SITE, true, 0, 1_000);
  }

  @Override
  public void close() {
    switchOff();
    server.close();
  }
}

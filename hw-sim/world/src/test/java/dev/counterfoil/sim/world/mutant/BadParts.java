package dev.counterfoil.sim.world.mutant;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Position;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.EpochBook;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordLayout;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.ingest.RecordFacts;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.CommitOutcome;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.terminal.core.JournalRequest;
import dev.counterfoil.terminal.core.JournalTask;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.EpochHeld;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.terminal.journal.WriteResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What seeded bugs put in the place of sound parts.
public final class BadParts {

  private BadParts() {}

  /// m9: says that a record is durable and writes nothing.
  public static WriteResult pretend(JournalWriter writer, Entry entry, RecordCircumstances now) {
    Objects.requireNonNull(now);
    return new WriteResult.Committed(List.of(unsigned(entry.draft())), writer.state());
  }

  private static JournalRecord unsigned(RecordDraft draft) {
    byte[] body = draft.body();
    ByteBuffer bytes = ByteBuffer.allocate(RecordLayout.MIN_RECORD_LENGTH + body.length);
    bytes.putInt(RecordLayout.MAGIC).put((byte) RecordLayout.VERSION).put((byte) draft.kind().code())
        .put((byte) SignatureAlgorithm.ED25519.code()).putLong(RecordLayout.AMOUNT_AT, draft.amount())
        .position(RecordLayout.BODY_LENGTH_AT).putInt(body.length).put(body);
    return JournalRecord.parse(bytes.array());
  }

  /// m20: what could not be written is written again, under the next number.
  public static WriteResult insist(JournalWriter writer, Entry entry, RecordCircumstances now) {
    WriteResult first = writer.append(entry, now);
    if (!(first instanceof WriteResult.Refused)) {
      return first;
    }
    writer.reopen();
    return writer.append(entry, now);
  }

  /// m8: of the records that the mirror gives back, all but the last.
  public static WriteResult allButLast(JournalRecovery recovery, List<JournalRecord> records) {
    return recovery.reinsert(records.subList(0, records.size() - 1));
  }

  /// m50: a start that counts approvals without the server from zero.
  public static WriteResult startFromZero(JournalWriter writer, List<StateChange> changes) {
    List<StateChange> more = new ArrayList<>(changes);
    more.add(new StateChange.OfflineUsed(writer.state().offlineUse().renewed()));
    return writer.keep(more);
  }

  private record Adoption(EpochHeld epoch, RecordCircumstances now) {}

  private static final Map<JournalRecovery, Adoption> DUE = new HashMap<>();

  /// m32b: says that an epoch is durable and leaves it for later.
  public static WriteResult adoptLater(JournalRecovery recovery, EpochHeld epoch, RecordCircumstances now) {
    DUE.put(recovery, new Adoption(epoch, now));
    return new WriteResult.Committed(List.of(),
        JournalState.enrolled(ChainPosition.beforeGenesis(Hash.ZERO), epoch));
  }

  /// m32b: later, which is when the journal rests.
  public static RecordCircumstances afterWhatIsDue(JournalRequest next, JournalRecovery recovery) {
    Adoption due = next.task() instanceof JournalTask.Rest ? DUE.remove(recovery) : null;
    if (due != null) {
      recovery.adopt(due.epoch, due.now);
    }
    return next.now();
  }

  private static final Map<TerminalId, ChainPosition> PUSHED = new HashMap<>();

  /// m22: remembers how far a terminal has sent.
  public static ChainPosition pushed(JournalRecord record) {
    return PUSHED.merge(record.terminal(), record.position(),
        (old, now) -> now.isAfter(old) ? now : old);
  }

  /// m22: where the server stands, if everything that was sent before the line broke had arrived.
  public static ChainPosition asIfArrived(Position server, ServerTrust trust) throws LinkViolation {
    ChainPosition position = Wire.position(server);
    ChainPosition furthest = PUSHED.getOrDefault(trust.terminal(), position);
    return furthest.isAfter(position) ? furthest : position;
  }

  private static final Map<Long, TransactionId> BY_SECOND = new HashMap<>();

  /// m19: a transaction is known if one of the same second is.
  public static Optional<TransactionRow> ofThatSecond(Books books, TransactionId id) {
    TransactionId known = BY_SECOND.putIfAbsent((id.high() >>> 16) / 1_000, id);
    return known == null || known.equals(id)
        ? books.transaction(id)
        : Optional.of(new TransactionRow(books.site(), known, TransactionKind.SALE_CARD, 0, 0, 0, 1,
            books.currency(), false, TransactionRow.SYNCED, null, 0, 0, 0));
  }

  private static final Map<Long, Long> CLOCKS = new HashMap<>();

  /// m43: notes what a terminal's clock showed.
  public static JournalRecord noteClock(RecordFacts facts) {
    JournalRecord record = facts.record();
    CLOCKS.put(record.terminal().low(), record.wallMillis());
    return record;
  }

  /// m43: a hold that ends by the terminal's clock.
  public static HoldRow holdByTerminalClock(Books books, TransactionId id, int terminal, long account,
      long debit, long credit, long amount, long expiresMs) {
    long clock = CLOCKS.getOrDefault((long) terminal, books.nowMs());
    return books.hold(id, terminal, account, debit, credit, amount, expiresMs - books.nowMs() + clock);
  }

  /// No bug of the server's: a terminal's program that writes declines which nobody can read.
  public static WriteResult unreadableDecline(JournalWriter writer, Decline decline,
      RecordCircumstances now) {
    ByteString tooLong = decline.getTransactionId().concat(ByteString.copyFrom(new byte[1]));
    return writer.decline(decline.toBuilder().setTransactionId(tooLong).build(), now);
  }

  /// m49: a batch with a record in it that cannot be read is refused as a whole.
  public static ChainVerdict allReadable(ChainVerifier verifier, ChainState from, EpochBook epochs,
      List<byte[]> run) throws InvalidProtocolBufferException {
    ChainVerdict verdict = verifier.verifyByHead(from, epochs, run);
    if (verdict instanceof ChainVerdict.Accepted(_, var records)) {
      for (JournalRecord record : records) {
        if (record.is(RecordKind.DECLINE)
            && Decline.parseFrom(record.body()).getTransactionId().size() != TransactionId.LENGTH) {
          return new ChainVerdict.Refused(ReasonCode.BAD_BODY, 0, record.seq());
        }
      }
    }
    return verdict;
  }

  /// Says that a unit is committed and commits nothing.
  public static CommitOutcome pretend(StoreMemory memory, CommitUnit unit) {
    Objects.requireNonNull(memory);
    Objects.requireNonNull(unit);
    return new CommitOutcome.Committed();
  }
}

package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.HeadUpdate;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks every single signature behind the head signatures that settled them. The core hands out ranges and takes
/// results; the checking itself ({@link #firstBad}) is pure and for any number of other threads.
///
/// A bad inner signature under a good head: the posting stays, the terminal may approve nothing alone, and SAFE stops
/// before the record until an operator decides.
public final class InnerVerification {

  private final StoreMemory memory;

  public InnerVerification(StoreMemory memory) {
    this.memory = memory;
  }

  /// Records to check, with the key of each.
  public record Range(TerminalId terminal, long fromSeq, long toSeq, List<JournalRecord> records,
      List<Optional<VerificationKey>> keys) {}

  /// The next unchecked records of a terminal; empty when all are checked.
  public Optional<Range> next(TerminalId id, int maxRecords) {
    TerminalMemory terminal = memory.terminal(id).orElseThrow();
    HeadRow head = terminal.head();
    if (head.verifiedSeq() >= head.settled().seq()) {
      return Optional.empty();
    }
    TerminalRow row = terminal.row();
    List<JournalRecord> records = RecordRun.read(memory.reads(), row.site(), row.terminal(),
        head.verifiedSeq() + 1,
        head.settled().seq(), maxRecords, Integer.MAX_VALUE);
    var keys = new ArrayList<Optional<VerificationKey>>(records.size());
    records.forEach(record -> keys.add(terminal.keyFor(record.seq())));
    return Optional.of(new Range(id, head.verifiedSeq() + 1, records.getLast().seq(), records, keys));
  }

  /// Number of the first record whose own signature is not good, 0 if all are.
  public static long firstBad(Range range, ChainVerifier verifier) {
    for (int i = 0; i < range.records().size(); i++) {
      JournalRecord record = range.records().get(i);
      Optional<VerificationKey> key = range.keys().get(i);
      if (key.isEmpty() || !verifier.signatureIsGood(record, key.get())) {
        return record.seq();
      }
    }
    return 0;
  }

  /// Takes the result of a range in. A range that was overtaken is ignored, so repeating is safe.
  ///
  /// @param badSeq from {@link #firstBad}; the rest of the range behind it is handed out again
  public void verified(Range range, long badSeq, long nowMs) {
    TerminalMemory terminal = memory.terminal(range.terminal()).orElseThrow();
    HeadRow head = terminal.head();
    if (head.verifiedSeq() + 1 != range.fromSeq()) {
      return;
    }
    var unit = new CommitUnit();
    TerminalRow row = terminal.row();
    long upTo = badSeq == 0 ? range.toSeq() : badSeq;
    long bad = head.badSeq() == 0 ? badSeq : head.badSeq();
    unit.moveHead(HeadUpdate.replacing(head, head.withVerified(upTo, bad)));
    var books = new Books(memory.site(row.site()), memory.reads(), unit, nowMs);
    if (badSeq != 0) {
      books.raise(ExceptionKind.BAD_INNER_SIGNATURE, row.terminal() + ":" + badSeq, row.terminal(), badSeq,
          Optional.empty(), 0, 0,
          row.name() + ": record " + badSeq + " is settled under a good head signature,"
              + " but its own signature is bad");
    }
    books.close();
    memory.commit(unit);
  }

  /// An operator has decided that the record may stand: SAFE goes on, the terminal gets its allowance back.
  ///
  /// @return whether there was anything to decide
  public boolean accept(TerminalId id) {
    HeadRow head = memory.terminal(id).orElseThrow().head();
    if (head.badSeq() == 0) {
      return false;
    }
    var unit = new CommitUnit()
        .moveHead(HeadUpdate.replacing(head, head.withVerified(head.verifiedSeq(), 0)));
    return memory.commit(unit).isCommitted();
  }
}

package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import java.util.List;
import java.util.Optional;

/// Verifies one terminal's stored chain from its first record to its head: every byte by the links, every signature,
/// every key row. Names the first record that is wrong. Pure reading.
public final class ChainVerification {

  private static final int PAGE = 1_000;

  private ChainVerification() {}

  /// What was found.
  ///
  /// @param records how many were read
  /// @param problem empty if all is well
  public record Report(long records, Optional<String> problem) {}

  public static Report verify(SettlementReads reads, TerminalMemory terminal, SignatureVerifier signatures) {
    var verifier = new ChainVerifier(signatures);
    TerminalRow row = terminal.row();
    ChainPosition mark = terminal.head().received();
    ChainPosition at = new ChainPosition(0, Hash.ZERO, 0);
    long count = 0;
    while (at.seq() < mark.seq()) {
      List<JournalRecord> records = RecordRun.read(reads, row.site(), row.terminal(), at.seq() + 1,
          mark.seq(), PAGE,
          Integer.MAX_VALUE);
      if (records.isEmpty()) {
        return new Report(count, Optional.of("no record behind " + at.seq() + ", the head is " + mark.seq()));
      }
      for (JournalRecord record : records) {
        Optional<String> problem = problem(reads, terminal, verifier, at, record);
        if (problem.isPresent()) {
          return new Report(count, Optional.of("record " + record.seq() + ": " + problem.get()));
        }
        at = record.position();
        count++;
      }
    }
    return at.equals(mark)
        ? new Report(count, Optional.empty())
        : new Report(count, Optional.of("the chain ends at " + at + ", the head row says " + mark));
  }

  private static Optional<String> problem(SettlementReads reads, TerminalMemory terminal,
      ChainVerifier verifier,
      ChainPosition at, JournalRecord record) {
    // A GENESIS links to its certificate, a first record to nothing that is stored.
    if (!record.is(RecordKind.GENESIS) && at.seq() > 0 && !record.previous().equals(at.hash())) {
      return Optional.of("does not link to record " + at.seq());
    }
    if (!record.is(RecordKind.GAP) && (record.seq() != at.seq() + 1
        || record.turnover() != at.turnover() + record.amount())) {
      return Optional.of("does not continue number or turnover");
    }
    Optional<Boolean> signed = terminal.keyFor(record.seq())
        .map(key -> verifier.signatureIsGood(record, key));
    if (signed.isEmpty() || !signed.get()) {
      return Optional.of("signature is bad or its key unknown");
    }
    Optional<Hash> key = reads.recordKey(terminal.row().site(), terminal.row().terminal(), record.seq())
        .map(RecordKeyRow::hash);
    return key.filter(record.hash()::equals).isPresent() ? Optional.empty()
        : Optional.of("key row does not fit");
  }
}

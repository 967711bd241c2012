package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordFormatException;
import dev.counterfoil.settlement.store.TerminalMemory;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Decides what a pushed batch is to the chain that the server has: its continuation, a repetition, a fork, or nothing
/// that can be taken. Writes nothing.
final class BatchJudge {

  private final BatchVerifier verifier;

  BatchJudge(BatchVerifier verifier) {
    this.verifier = verifier;
  }

  /// The judgement.
  sealed interface Judged {

    record Continues(VerifiedBatch batch) implements Judged {}

    /// Every record is here already, byte for byte.
    record Known() implements Judged {}

    /// Signed proof of a second branch.
    ///
    /// @param seq first record that differs, or the one before the branch's first when only its link differs
    record Forks(long seq, List<byte[]> branch) implements Judged {}

    record Refused(ReasonCode reason, long badSeq) implements Judged {}
  }

  /// @param accepted hash of an accepted record by its number, of this unit or of the store
  Judged judge(TerminalMemory terminal, IngestRequest request, LongFunction<Optional<Hash>> accepted) {
    Optional<ReasonCode> barred = barred(terminal);
    if (barred.isPresent()) {
      return new Judged.Refused(barred.get(), 0);
    }
    if (!terminal.knows(request.epoch()) || terminal.head().epoch().isAfter(request.epoch())) {
      return new Judged.Refused(ReasonCode.WRONG_EPOCH, 0);
    }
    ChainPosition link = terminal.linkPosition();
    if (request.oldSeq() > link.seq()) {
      return new Judged.Refused(ReasonCode.SEQ_GAP, request.oldSeq() + 1);
    }
    return request.oldSeq() < link.seq()
        ? overlapping(terminal, request, accepted)
        : following(terminal, request);
  }

  static Optional<ReasonCode> barred(TerminalMemory terminal) {
    return switch (terminal.row().status()) {
      case ACTIVE -> terminal.nextKey().isPresent() ? Optional.empty() : Optional.of(ReasonCode.REVOKED_KEY);
      case PENDING -> Optional.of(ReasonCode.NOT_ENROLLED);
      case FROZEN -> Optional.of(ReasonCode.TERMINAL_FROZEN);
      case REVOKED -> Optional.of(ReasonCode.CERTIFICATE_REVOKED);
    };
  }

  private Judged following(TerminalMemory terminal, IngestRequest request) {
    VerifiedBatch beforehand = request.verified();
    return beforehand != null && stillFits(terminal, beforehand)
        ? begun(terminal, beforehand)
        : continuing(terminal, request.records());
  }

  private static boolean stillFits(TerminalMemory terminal, VerifiedBatch batch) {
    ChainPosition link = terminal.linkPosition();
    return batch.terminal().equals(terminal.row().terminalId()) && batch.fromSeq() == link.seq()
        && batch.fromHash().equals(link.hash())
        && terminal.nextKey().filter(batch.signedWith()::equals).isPresent()
        && terminal.knows(batch.after().epoch());
  }

  private Judged continuing(TerminalMemory terminal, List<byte[]> records) {
    ChainState from = terminal.chainState().orElseThrow();
    return switch (verifier.verify(from, terminal, records)) {
      case BatchVerifier.Judgement.Good(var batch) -> begun(terminal, batch);
      case BatchVerifier.Judgement.Bad(var refused) -> refused.reason() == ReasonCode.WRONG_PREVIOUS
          && refused.index() == 0 && !terminal.row().genesisDue()
              ? branching(terminal, records, from.head().seq(), refused)
              : new Judged.Refused(refused.reason(), refused.seq());
    };
  }

  /// An enrolment begins with the GENESIS that it calls for, and nothing else does.
  private static Judged begun(TerminalMemory terminal, VerifiedBatch batch) {
    return GenesisCheck.problem(terminal, batch.facts())
        .<Judged>map(problem -> new Judged.Refused(problem.reason(), problem.seq()))
        .orElseGet(() -> new Judged.Continues(batch));
  }

  /// The records begin at or before the last one that is here.
  private Judged overlapping(TerminalMemory terminal, IngestRequest request,
      LongFunction<Optional<Hash>> accepted) {
    List<byte[]> records = request.records();
    long mark = terminal.linkPosition().seq();
    for (int index = 0; index < records.size(); index++) {
      JournalRecord record;
      try {
        record = JournalRecord.parse(records.get(index));
      } catch (RecordFormatException e) {
        return new Judged.Refused(e.reason(), 0);
      }
      if (record.seq() > mark) {
        return continuing(terminal, records.subList(index, records.size()));
      }
      Optional<Hash> known = accepted.apply(record.seq());
      if (known.isEmpty()) {
        return new Judged.Refused(ReasonCode.SEQ_REGRESS, record.seq());
      }
      if (!known.get().equals(record.hash())) {
        return branching(terminal, records.subList(index, records.size()), record.seq(),
            new ChainVerdict.Refused(ReasonCode.SEQ_REGRESS, index, record.seq()));
      }
    }
    return new Judged.Known();
  }

  /// A second branch is only what the terminal's own key signed; anything else is noise and freezes nobody.
  private Judged branching(TerminalMemory terminal, List<byte[]> branch, long seq,
      ChainVerdict.Refused otherwise) {
    JournalRecord first = JournalRecord.parse(branch.getFirst());
    Optional<VerificationKey> key = terminal.keyFor(first.seq());
    if (key.isEmpty() || !terminal.knows(first.epoch())) {
      return new Judged.Refused(otherwise.reason(), otherwise.seq());
    }
    var before = new ChainPosition(first.seq() - 1, first.previous(), first.turnover() - first.amount());
    var from = new ChainState(terminal.row().terminalId(), before, first.epoch(), key.get());
    return switch (verifier.verify(from, terminal, branch)) {
      case BatchVerifier.Judgement.Good _ -> new Judged.Forks(seq, branch);
      case BatchVerifier.Judgement.Bad(var refused) -> new Judged.Refused(refused.reason(), refused.seq());
    };
  }
}

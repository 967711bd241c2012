package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Verifies that the newest records are what this terminal signed and end where the state says the head is.
///
/// Links and turnover of the run are checked record by record; the last record's signature covers them all. A
/// key rotation inside the run starts a new one, because the old public key is not kept on the terminal.
final class TailCheck {

  private final TerminalId terminal;
  private final ChainVerifier verifier;

  TailCheck(TerminalId terminal, SignatureVerifier signatures) {
    this.terminal = terminal;
    this.verifier = new ChainVerifier(signatures);
  }

  /// What is wrong with the tail, in words for the log, or empty.
  Optional<String> problem(JournalState state, List<JournalRecord> tail, VerificationKey key) {
    if (tail.isEmpty()) {
      return state.head().equals(state.origin())
          ? Optional.empty()
          : Optional.of("no records, head should be " + state.head());
    }
    ChainPosition last = tail.getLast().position();
    if (!last.equals(state.head())) {
      return Optional.of("last record is " + last + ", head should be " + state.head());
    }
    boolean whole = tail.size() == state.recordCount();
    ChainPosition before = whole ? state.origin() : tail.getFirst().position();
    List<JournalRecord> linked = whole ? tail : tail.subList(1, tail.size());
    for (int index = linked.size() - 1; index >= 0; index--) {
      if (linked.get(index).is(RecordKind.KEY_ROTATE)) {
        before = linked.get(index).position();
        linked = linked.subList(index + 1, linked.size());
        break;
      }
    }
    return linked.isEmpty()
        ? Optional.empty()
        : switch (verify(before, linked, key)) {
          case ChainVerdict.Accepted _ -> Optional.empty();
          case ChainVerdict.Refused(var reason, var _, var seq) -> Optional.of(reason + " at record " + seq);
        };
  }

  /// Judges records that are to continue the chain at `head`.
  ///
  /// Epochs are not looked up: the terminal's own signature stands under each, and a later offer than the one
  /// it holds is exactly what a restored image lacks.
  ChainVerdict verify(ChainPosition head, List<JournalRecord> records, VerificationKey key) {
    var bytes = new ArrayList<byte[]>(records.size());
    records.forEach(record -> bytes.add(record.bytes()));
    var from = new ChainState(terminal, head, records.getFirst().epoch(), key);
    return verifier.verifyByHead(from, _ -> true, bytes);
  }
}

package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.KeyRotations;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Verifies that records are what this terminal signed.
///
/// Links and turnover of a run are checked record by record; the last record's signature covers them all, and each
/// rotation inside it is checked. A run begins with the key that the local record before it determines, never with one
/// that the run itself names, and it must end on a key that this terminal holds.
final class TailCheck {

  private final TerminalId terminal;
  private final ChainVerifier verifier;
  private final SigningKeys keys;

  TailCheck(TerminalId terminal, SignatureVerifier signatures, SigningKeys keys) {
    this.terminal = terminal;
    this.verifier = new ChainVerifier(signatures);
    this.keys = keys;
  }

  /// What is wrong with the newest records: [Refusal#UNKNOWN_KEY] if the links are good and a key file is what is
  /// missing, else [Refusal#CHAIN_BROKEN].
  Optional<JournalWriter.Fault> problem(JournalState state, List<JournalRecord> tail) {
    if (tail.isEmpty()) {
      return state.head().equals(state.origin())
          ? Optional.empty()
          : broken("no records, head should be " + state.head());
    }
    ChainPosition last = tail.getLast().position();
    if (!last.equals(state.head())) {
      return broken("last record is " + last + ", head should be " + state.head());
    }
    if (keyAfter(tail.getLast()).isEmpty()) {
      return unknownKey(last.seq());
    }
    boolean whole = tail.size() == state.recordCount();
    List<JournalRecord> linked = whole ? tail : tail.subList(1, tail.size());
    return linked.isEmpty() ? Optional.empty()
        : problem(whole ? state.origin() : tail.getFirst().position(), linked,
            whole ? ownKey(tail.getFirst()) : keyAfter(tail.getFirst()));
  }

  private Optional<JournalWriter.Fault> problem(ChainPosition before, List<JournalRecord> linked,
      Optional<VerificationKey> key) {
    if (!linked.getFirst().previous().equals(before.hash())) {
      return broken(ReasonCode.WRONG_PREVIOUS + " at record " + linked.getFirst().seq());
    }
    if (key.isEmpty()) {
      return unknownKey(before.seq());
    }
    return switch (verify(before, linked, key.get())) {
      case ChainVerdict.Accepted _ -> Optional.empty();
      case ChainVerdict.Refused(var reason, var _, var seq) -> broken(reason + " at record " + seq);
    };
  }

  /// The key that must sign what follows a stored record; empty if this terminal does not hold it.
  Optional<VerificationKey> keyAfter(JournalRecord record) {
    return record.is(RecordKind.KEY_ROTATE)
        ? KeyRotations.newKey(record).flatMap(key -> keys.held(key.id()))
        : ownKey(record);
  }

  /// The key that a record of this very journal names, for the oldest one there is; empty if it is not held.
  Optional<VerificationKey> ownKey(JournalRecord record) {
    return keys.held(record.keyId());
  }

  /// Judges records from elsewhere that are to continue the chain at `head`.
  ///
  /// @param local the stored record at `head`, empty if none is left
  /// @return refused with UNKNOWN_KEY if they begin or end on a key that is not held
  ChainVerdict judge(ChainPosition head, Optional<JournalRecord> local, List<JournalRecord> records) {
    Optional<VerificationKey> key = local.isPresent() ? local.flatMap(this::keyAfter) : keys.oldest();
    if (key.isEmpty()) {
      return new ChainVerdict.Refused(ReasonCode.UNKNOWN_KEY, 0, records.getFirst().seq());
    }
    return switch (verify(head, records, key.get())) {
      case ChainVerdict.Accepted(var state, var _) when keys.held(state.key().id()).isEmpty() ->
        new ChainVerdict.Refused(ReasonCode.UNKNOWN_KEY, records.size() - 1, records.getLast().seq());
      case ChainVerdict.Accepted accepted -> accepted;
      case ChainVerdict.Refused refused -> refused;
    };
  }

  /// Judges a run under the key that its first record must be signed with.
  ///
  /// Epochs are not looked up: the terminal's own signature stands under each, and a later offer than the one
  /// it holds is exactly what a restored image lacks.
  ChainVerdict verify(ChainPosition head, List<JournalRecord> records, VerificationKey key) {
    var bytes = new ArrayList<byte[]>(records.size());
    records.forEach(record -> bytes.add(record.bytes()));
    var from = new ChainState(terminal, head, records.getFirst().epoch(), key);
    return verifier.verifyByHead(from, _ -> true, bytes);
  }

  private static Optional<JournalWriter.Fault> broken(String detail) {
    return Optional.of(new JournalWriter.Fault(Refusal.CHAIN_BROKEN, detail));
  }

  private static Optional<JournalWriter.Fault> unknownKey(long seq) {
    return Optional.of(new JournalWriter.Fault(Refusal.UNKNOWN_KEY,
        "no key file holds the key that follows record " + seq));
  }
}

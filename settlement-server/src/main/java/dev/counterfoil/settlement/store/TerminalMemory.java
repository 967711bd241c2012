package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.EpochBook;
import java.util.List;
import java.util.Optional;

/// All that judging one terminal's next records needs. Immutable, so another thread may verify with it.
///
/// @param keys by `fromSeq`
/// @param epochs by number
public record TerminalMemory(TerminalRow row, HeadRow head, List<TerminalKeyRow> keys, List<EpochRow> epochs)
    implements
      EpochBook {

  public TerminalMemory {
    keys = List.copyOf(keys);
    epochs = List.copyOf(epochs);
  }

  static TerminalMemory load(SettlementReads reads, TerminalRow row) {
    HeadRow head = reads.head(row.site(), row.terminal()).orElseThrow(
        () -> new IllegalStateException(
            "terminal " + row.terminal() + " of site " + row.site() + " has no head row"));
    return new TerminalMemory(row, head, reads.terminalKeys(row.site(), row.terminal()),
        reads.epochs(row.site(), row.terminal()));
  }

  TerminalMemory withHead(HeadRow next) {
    return new TerminalMemory(row, next, keys, epochs);
  }

  /// Where the next record must link: at the last record, or at the certificate when a GENESIS is due.
  public ChainPosition linkPosition() {
    ChainPosition received = head.received();
    return row.genesisDue()
        ? new ChainPosition(received.seq(), row.certificateHash(), received.turnover())
        : received;
  }

  /// The key that must sign the next record; empty if it was revoked or there is none.
  public Optional<VerificationKey> nextKey() {
    return keyFor(head.received().seq() + 1);
  }

  public Optional<VerificationKey> keyFor(long seq) {
    return keys.stream().filter(key -> key.maySign(seq)).map(TerminalKeyRow::key).reduce((_, later) -> later);
  }

  /// Empty if no key may sign the next record.
  public Optional<ChainState> chainState() {
    return nextKey().map(key -> new ChainState(row.terminalId(), linkPosition(), head.epoch(), key));
  }

  /// Epochs given to the terminal, and after a restore those between the last one known and one that the terminal
  /// could prove: the head signature vouches for them, and nobody else had them. A number beyond the chain's head that
  /// was offered anew meanwhile stands in no record, so it does not stand in the way.
  @Override
  public boolean knows(EpochId epoch) {
    boolean numberTaken = false;
    EpochRow before = null;
    EpochRow after = null;
    for (EpochRow known : epochs) {
      if (known.epoch().equals(epoch)) {
        return true;
      }
      numberTaken |= known.epoch().number() == epoch.number() && !known.epoch().isAfter(head.epoch());
      if (epoch.isAfter(known.epoch())) {
        before = known;
      } else if (after == null && known.epoch().isAfter(epoch)) {
        after = known;
      }
    }
    return !numberTaken && before != null && after != null && after.vouched();
  }
}

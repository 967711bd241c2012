package dev.counterfoil.settlement.terminals;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import java.util.Optional;
import java.util.function.LongFunction;

/// The verdict table of section 5 of the journal page, in its order. Pure.
public final class PresenceCheck {

  private PresenceCheck() {}

  /// What a terminal says of itself.
  ///
  /// @param epoch the epoch it has confirmed, by its own account
  /// @param head its last record
  public record Claim(String boardSerial, EpochId epoch, ChainPosition head) {}

  /// @param accepted hash of an accepted record by its number
  public static PresenceVerdict judge(TerminalMemory terminal, Claim claim, OtherSession other,
      LongFunction<Optional<Hash>> accepted) {
    TerminalRow row = terminal.row();
    Optional<ReasonCode> barred = barred(row);
    if (barred.isPresent()) {
      return new PresenceVerdict.Barred(barred.get());
    }
    // Reported by software: evidence, not proof. It comes first because it accuses the copy and not the original.
    if (!claim.boardSerial().equals(row.boardSerial())) {
      return new PresenceVerdict.Clone("board " + claim.boardSerial() + " instead of " + row.boardSerial());
    }
    if (other == OtherSession.ANSWERS) {
      return new PresenceVerdict.Clone("another boot of this terminal is connected and answers");
    }
    return switch (row.status()) {
      case FROZEN -> new PresenceVerdict.Fork(0, row.reason());
      case ACTIVE, PENDING, REVOKED -> place(terminal, claim, accepted);
    };
  }

  private static Optional<ReasonCode> barred(TerminalRow row) {
    return switch (row.status()) {
      case PENDING -> Optional.of(ReasonCode.NOT_ENROLLED);
      case REVOKED -> Optional.of(ReasonCode.CERTIFICATE_REVOKED);
      case ACTIVE, FROZEN -> Optional.empty();
    };
  }

  private static PresenceVerdict place(TerminalMemory terminal, Claim claim,
      LongFunction<Optional<Hash>> accepted) {
    HeadRow head = terminal.head();
    ChainPosition mark = head.received();
    long seq = claim.head().seq();
    boolean older = terminal.row().confirmed().isAfter(claim.epoch());
    if (seq > mark.seq()) {
      return beyond(terminal, claim, older);
    }
    boolean atMark = seq == mark.seq();
    if (!isSame(terminal, claim.head(), atMark, accepted)) {
      return new PresenceVerdict.Fork(seq, "record " + seq + " differs from the one accepted");
    }
    if (older || !atMark) {
      return new PresenceVerdict.RolledBack("epoch " + claim.epoch() + " of " + terminal.row().confirmed()
          + ", record " + seq + " of " + mark.seq());
    }
    return epochKnown(terminal, claim);
  }

  /// A head beyond the server's. Whether it grew from the server's last record shows when records arrive, unless that
  /// record belongs to an epoch which this device never made durable: then it must have another record in its place.
  private static PresenceVerdict beyond(TerminalMemory terminal, Claim claim, boolean older) {
    HeadRow head = terminal.head();
    if (head.received().seq() > 0 && head.epoch().isAfter(claim.epoch())) {
      return new PresenceVerdict.Fork(head.received().seq(),
          "record " + head.received().seq() + " was written in epoch "
              + head.epoch() + ", which this copy never had");
    }
    if (older) {
      return new PresenceVerdict.RolledBack("epoch " + claim.epoch() + " of " + terminal.row().confirmed());
    }
    return epochKnown(terminal, claim);
  }

  private static PresenceVerdict epochKnown(TerminalMemory terminal, Claim claim) {
    return terminal.knows(claim.epoch())
        ? new PresenceVerdict.Resume()
        : new PresenceVerdict.Barred(ReasonCode.WRONG_EPOCH);
  }

  private static boolean isSame(TerminalMemory terminal, ChainPosition claimed, boolean atMark,
      LongFunction<Optional<Hash>> accepted) {
    if (claimed.seq() == 0) {
      return true;
    }
    if (atMark && claimed.hash().equals(terminal.linkPosition().hash())) {
      return true;
    }
    return accepted.apply(claimed.seq()).filter(claimed.hash()::equals).isPresent();
  }
}

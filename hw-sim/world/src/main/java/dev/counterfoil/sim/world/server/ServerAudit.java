package dev.counterfoil.sim.world.server;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.RecordBatchRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransferKind;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.sim.world.Coverage;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.World;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Checks of the server's promises while it runs: a mark never falls without a new generation, the same batch gets the
/// same answer, no acknowledged record is missing (I-8), and SAFE means copied (I-9).
final class ServerAudit {
  private static final int LENGTH_AT = 132;
  private static final int ENVELOPE = 136 + 64;

  private final World world;
  private final Map<TerminalId, Long> acknowledged = new HashMap<>();

  ServerAudit(World world) {
    this.world = world;
  }

  /// The store went back: promises of the old generation are void, which is what the new generation tells everybody.
  void restored() {
    if (!acknowledged.isEmpty()) {
      world.coverage().reach(NamedState.MARK_WENT_BACK_WITH_NEW_GENERATION);
    }
    acknowledged.clear();
  }

  void judged(java.util.List<IngestRequest> requests, java.util.List<IngestResult> results,
      ModelSettlementStore store) {
    world.trace().effect(-1, "commit", store.commits());
    for (int i = 0; i < requests.size(); i++) {
      if (results.get(i) instanceof IngestResult.Acknowledged(_, var statement)) {
        IngestRequest request = requests.get(i);
        long received = statement.getReceived().getSeq();
        long had = acknowledged.getOrDefault(request.terminal(), 0L);
        if (request.oldSeq() < had) {
          world.coverage().reach(NamedState.SAME_RECORDS_PUSHED_TWICE);
        }
        long before = acknowledged.merge(request.terminal(), received, Math::max);
        require(received >= before, "I-8",
            "the mark of " + request.terminal() + " fell from " + before + " to " + received);
        require(received == 0 || isStored(store, request.terminal(), received), "I-8",
            "record " + received + " of " + request.terminal() + " is acknowledged without its bytes");
      }
    }
  }

  private static boolean isStored(ModelSettlementStore store, TerminalId terminal, long seq) {
    return store.terminal(terminal)
        .map(row -> store.batches(World.SITE, row.terminal(), seq, 1))
        .filter(batches -> !batches.isEmpty() && batches.getFirst().firstSeq() <= seq).isPresent();
  }

  void verify(SettlementReads books, ModelCopy copy) {
    for (HeadRow head : books.heads(World.SITE)) {
      require(head.safe().seq() <= head.verifiedSeq() && head.verifiedSeq() <= head.settled().seq()
          && head.settled().seq() <= head.received().seq(), "I-9", "marks out of order: " + head);
      int number = head.terminal();
      Long promised = books.terminal(World.SITE, number).map(row -> acknowledged.get(row.terminalId()))
          .orElse(null);
      require(promised == null || head.received().seq() >= promised, "I-8",
          "terminal " + number + " was acknowledged to " + promised + ", the store has " + head.received());
      copied(books, copy, head);
    }
    require(books.exceptions(World.SITE, false, 0, Integer.MAX_VALUE).stream()
        .allMatch(row -> row.raisedAtMs() > 0 && !row.detail().isBlank()), "I-7",
        "an exception without reason or age");
  }

  private static void copied(SettlementReads books, ModelCopy copy, HeadRow head) {
    if (head.safe().seq() == 0) {
      return;
    }
    for (RecordBatchRow batch : books.batches(World.SITE, head.terminal(),
        Math.max(1, head.safe().seq() - 20), 8)) {
      byte[] all = batch.bytes();
      for (int at = 0; at < all.length;) {
        int length = ENVELOPE + ByteBuffer.wrap(all).getInt(at + LENGTH_AT);
        JournalRecord record = JournalRecord.parse(Arrays.copyOfRange(all, at, at + length));
        require(record.seq() > head.safe().seq() || copy.holds(head.terminal(), record), "I-9",
            "record " + record.seq() + " of terminal " + head.terminal()
                + " is called SAFE and is not in the copy");
        at += length;
      }
    }
  }

  void coverage(SettlementReads books, Coverage coverage) {
    for (ExceptionRow row : books.exceptions(World.SITE, false, 0, Integer.MAX_VALUE)) {
      coverage.reach(NamedState.EXCEPTION_RAISED);
      switch (row.kind()) {
        case OFFLINE_OVERDRAFT -> coverage.reach(NamedState.OVERSPEND_BOOKED_AND_FLAGGED);
        case LATE_CAPTURE -> coverage.reach(NamedState.SALE_AFTER_HOLD_EXPIRY);
        case RECORD_GAP -> coverage.reach(NamedState.GAP_DECLARED);
        case ROLLED_BACK -> coverage.reach(NamedState.ROLLED_BACK_DETECTED);
        case CLONE -> coverage.reach(NamedState.CLONE_REFUSED);
        case FORK -> coverage.reach(NamedState.FORK_DETECTED);
        default -> {
          // Not a state of its own.
        }
      }
    }
    for (TransferRow row : books.transfers(World.SITE, 0, Integer.MAX_VALUE)) {
      if (row.kind() == TransferKind.CAPTURE) {
        coverage.reach(NamedState.HOLD_CAPTURED);
      }
      switch (row.reason()) {
        case "SALE_SUBSIDY" -> coverage.reach(NamedState.SUBSIDY_SPENT);
        case "SUBSIDY_LAPSE" -> coverage.reach(NamedState.SUBSIDY_LAPSED);
        default -> {
          // Not a state of its own.
        }
      }
    }
    for (AccountRow account : books.accounts(World.SITE, 0, Integer.MAX_VALUE)) {
      if (account.restricted()) {
        coverage.reach(NamedState.ACCOUNT_RESTRICTED);
      }
    }
  }

}

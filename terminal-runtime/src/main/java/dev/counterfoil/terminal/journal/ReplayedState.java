package dev.counterfoil.terminal.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.CheckpointSeen;
import dev.counterfoil.proto.v1.Outcome;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/// The state that a record implies, read from its body: for records that come back from mirror, server or
/// salvage. Sums per card and day are not among it; they start anew, after the contact with the server that
/// every such recovery waits for.
public final class ReplayedState {

  private ReplayedState() {}

  /// The changes that go with a re-inserted record. Bodies that cannot be read imply none: their bytes are
  /// still kept, chained and judged by the server.
  public static List<StateChange> of(JournalRecord record) {
    try {
      return record.kind().map(kind -> switch (kind) {
        case SALE -> ofSale(record, parse(Sale.parser(), record));
        case OUTCOME -> ofOutcome(record, parse(Outcome.parser(), record));
        case VOID -> ofVoid(record, parse(Void.parser(), record));
        case TEST -> ofTest(parse(TestRecord.parser(), record));
        case REFUND -> ofRefund(record, parse(Refund.parser(), record));
        case CHECKPOINT_SEEN -> ofCheckpoint(record, parse(CheckpointSeen.parser(), record));
        case GAP -> List.<StateChange>of(new StateChange.GapDeclared(record.seq()));
        case RESUME -> ofEpoch(record, parse(Resume.parser(), record).getEpochOffer());
        case SHIFT_REPORT -> ofShift(record, parse(ShiftReport.parser(), record));
        case GENESIS, INTENT, DECLINE, DOOR, TIME_ANCHOR, KEY_ROTATE, CONFIG_APPLIED,
            HEALTH, EPOCH_CLOSE, USE ->
          List.<StateChange>of();
      }).orElse(List.of());
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  private static <T> T parse(com.google.protobuf.Parser<T> parser, JournalRecord record) {
    try {
      return parser.parseFrom(record.body());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("body of " + record, e);
    }
  }

  private static List<StateChange> ofSale(JournalRecord record, Sale sale) {
    var last = new LastSale(record.seq(), TransactionId.of(sale.getTransactionId().toByteArray()),
        sale.getTender(), sale.getCardToken(), sale.getAccountId(), record.amount(), sale.getCurrency(),
        sale.getOffline(), record.wallMillis(), true);
    var kept = new StateChange.SaleKept(Optional.of(last));
    return sale.getAccountId() == 0
        ? List.of(kept)
        : List.of(kept, spend(record, sale.getAccountId()));
  }

  private static List<StateChange> ofOutcome(JournalRecord record, Outcome outcome) {
    return outcome.hasSale() && record.amount() > 0 ? ofSale(record, outcome.getSale()) : List.of();
  }

  private static List<StateChange> ofVoid(JournalRecord record, Void taken) {
    var kept = new StateChange.SaleKept(Optional.empty());
    return taken.getAccountId() == 0
        ? List.of(kept)
        : List.of(kept, spend(record, taken.getAccountId()));
  }

  /// Whether the sale before was the one that it pays back is not known here; a void of it would be refused by the server.
  private static List<StateChange> ofRefund(JournalRecord record, Refund refund) {
    return refund.getAccountId() == 0 ? List.of() : List.of(spend(record, refund.getAccountId()));
  }

  private static List<StateChange> ofTest(TestRecord test) {
    return test.hasMode() ? List.of(new StateChange.TestModeSet(test.getMode().getOn())) : List.of();
  }

  private static List<StateChange> ofShift(JournalRecord record, ShiftReport report) {
    var before = new Shift(report.getShift(), 0, 0, 0);
    return switch (report.getStep()) {
      case SHIFT_STEP_OPENED -> List.of(new StateChange.ShiftChanged(
          new Shift(report.getShift(), record.seq(), record.wallMillis(), 0)));
      case SHIFT_STEP_CLOSED -> List.of(new StateChange.ShiftChanged(before.closed(record.seq())),
          new StateChange.SaleKept(Optional.empty()));
      case SHIFT_STEP_UNSPECIFIED, UNRECOGNIZED -> List.of();
    };
  }

  /// The offer stands in the first record of each epoch, so that a journal brought back over it can prove the epoch to
  /// a server that has forgotten it. Nobody but the server judges the proof.
  private static List<StateChange> ofEpoch(JournalRecord record, Signed offer) {
    return offer.getSignature().isEmpty()
        ? List.of()
        : List.of(new StateChange.EpochAdopted(new EpochHeld(record.epoch(), offer)));
  }

  private static List<StateChange> ofCheckpoint(JournalRecord record, CheckpointSeen seen) {
    if (seen.hasEpochOffer()) {
      return ofEpoch(record, seen.getEpochOffer());
    }
    // What that acknowledgement covered is not in the body; 0 costs one checkpoint too many at most.
    return List.of(new StateChange.CheckpointBound(
        new CheckpointMark(record.seq(), seen.getAckNumber(), 0, record.wallMillis())));
  }

  private static StateChange spend(JournalRecord record, long accountId) {
    return new StateChange.SpendRecorded(new Spend(record.seq(), accountId, record.amount()));
  }
}

package dev.counterfoil.settlement.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.ArrayList;
import java.util.List;

/// What terminals did in test mode, read from the records themselves: the books have nothing of it (MCH-02).
public final class TestRecords {

  private static final int STEP = 1_000;
  /// Records looked at; what was tested longer ago is in the copy.
  private static final int MOST_LOOKED_AT = 100_000;

  private TestRecords() {}

  /// One of them.
  ///
  /// @param what SALE, DECLINE, TAKEN_BACK, REFUND, MODE or UNREADABLE
  /// @param amountMinor what it would have moved
  public record Tested(long seq, long wallMillis, String what, long amountMinor, String detail) {}

  /// The newest ones, the newest first.
  public static List<Tested> newest(SettlementReads reads, int site, int terminal, int most) {
    var found = new ArrayList<Tested>();
    long to = reads.head(site, terminal).map(HeadRow::received).map(at -> at.seq()).orElse(0L);
    long last = Math.max(1, to - MOST_LOOKED_AT + 1);
    for (; to >= last && found.size() < most; to -= STEP) {
      List<RecordKeyRow> keys = reads.recordKeys(site, terminal, Math.max(last, to - STEP + 1), to);
      for (RecordKeyRow key : keys.reversed()) {
        if (key.kind() == RecordKind.TEST.code() && found.size() < most) {
          RecordRun.read(reads, site, terminal, key.seq(), key.seq(), 1, 1).forEach(
              record -> found.add(read(record)));
        }
      }
    }
    return found;
  }

  private static Tested read(JournalRecord record) {
    try {
      TestRecord test = TestRecord.parseFrom(record.body());
      return switch (test.getWhatCase()) {
        case SALE -> of(record, test, test.getSale().getAmountMinor(), "");
        case DECLINE -> of(record, test, test.getDecline().getAmountMinor(), test.getDecline().getReason());
        case TAKEN_BACK -> of(record, test, -test.getTakenBack().getAmountMinor(), "");
        case REFUND -> of(record, test, -test.getRefund().getAmountMinor(), "");
        case MODE -> of(record, test, 0, test.getMode().getOn() ? "on" : "off");
        case USE -> of(record, test, 0, "");
        case WHAT_NOT_SET -> unreadable(record);
      };
    } catch (InvalidProtocolBufferException _) {
      return unreadable(record);
    }
  }

  private static Tested of(JournalRecord record, TestRecord test, long amount, String detail) {
    return new Tested(record.seq(), record.wallMillis(), test.getWhatCase().name(), amount, detail);
  }

  private static Tested unreadable(JournalRecord record) {
    return new Tested(record.seq(), record.wallMillis(), "UNREADABLE", 0, "");
  }
}

package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.store.RecordBatchRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads a terminal's accepted records back out of the stored batches, for Fetch, for the copy and as proof.
public final class RecordRun {

  /// Batches read at a time.
  private static final int BATCHES = 4;

  private RecordRun() {}

  /// Records fromSeq..toSeq in order, as many as fit.
  ///
  /// @param maxRecords most records
  /// @param maxBytes most bytes, but always at least one record
  /// @throws IllegalStateException if stored bytes are not the records they were
  public static List<JournalRecord> read(SettlementReads reads, int site, int terminal, long fromSeq,
      long toSeq,
      int maxRecords, int maxBytes) {
    var run = new ArrayList<JournalRecord>();
    long next = fromSeq;
    int room = maxBytes;
    while (next <= toSeq) {
      List<RecordBatchRow> batches = reads.batches(site, terminal, next, BATCHES);
      if (batches.isEmpty()) {
        return run;
      }
      for (RecordBatchRow batch : batches) {
        for (JournalRecord record : split(batch)) {
          if (record.seq() < next) {
            continue;
          }
          room -= record.bytes().length;
          if (record.seq() > toSeq || run.size() == maxRecords || room < 0 && !run.isEmpty()) {
            return run;
          }
          run.add(record);
          next = record.seq() + 1;
        }
      }
    }
    return run;
  }

  /// A stored batch's records.
  public static List<JournalRecord> split(RecordBatchRow batch) {
    var records = new ArrayList<JournalRecord>();
    byte[] bytes = batch.bytes();
    int at = 0;
    while (at < bytes.length) {
      int length = JournalRecord.lengthAt(bytes, at);
      if (length < 0 || at + length > bytes.length) {
        throw new IllegalStateException(
            "batch of terminal " + batch.terminal() + " at record " + batch.firstSeq()
                + " is damaged at byte " + at);
      }
      records.add(JournalRecord.parse(Arrays.copyOfRange(bytes, at, at + length)));
      at += length;
    }
    return records;
  }
}

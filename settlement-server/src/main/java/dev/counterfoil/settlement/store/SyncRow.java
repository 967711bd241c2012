package dev.counterfoil.settlement.store;

/// One entry of the sync log (SYN-02): what a terminal sent and what became of it. Never changed.
///
/// @param entry running number within the site, given by the store; 0 before
/// @param outcome `OK`, `FAILED` (the terminal's own tries in vain, told when it came back), or why it was refused
/// @param startedMs when the first of it came, server time
/// @param endedMs when it was durable, refused, or told
/// @param fromSeq first record of it; 0 if unknown
/// @param toSeq last record of it, or the record at fault
/// @param failures tries in a row that failed; 0 for `OK`
public record SyncRow(int site, long entry, int terminal, String outcome, long startedMs, long endedMs,
    long fromSeq, long toSeq, long records, long bytes, int failures) {

  public static final String OK = "OK";
  public static final String FAILED = "FAILED";

  /// The same happened again.
  public SyncRow plus(SyncRow next) {
    return new SyncRow(site, entry, terminal, outcome, startedMs, next.endedMs, next.fromSeq, next.toSeq,
        next.records, next.bytes, Math.addExact(failures, next.failures));
  }
}

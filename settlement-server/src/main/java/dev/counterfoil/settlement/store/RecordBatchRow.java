package dev.counterfoil.settlement.store;

/// Records of one terminal exactly as received, one after the other (each states its own length).
///
/// @param firstSeq of the first record
/// @param lastSeq of the last record
/// @param bytes the records' bytes; not copied, do not change them
public record RecordBatchRow(int site, int terminal, long firstSeq, long lastSeq, byte[] bytes, long atMs) {}

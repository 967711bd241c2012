package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import org.jspecify.annotations.Nullable;

/// One accepted record: its place in the chain and in {@link RecordBatchRow}. Unique by (site, terminal, seq), for ever.
///
/// @param kind kind byte of the header, also of kinds not yet understood
/// @param batch `firstSeq` of the batch that holds the bytes
/// @param transaction the business transaction that it settled, if it was one
public record RecordKeyRow(int site, int terminal, long seq, int kind, Hash hash, long batch,
    @Nullable TransactionId transaction) {}

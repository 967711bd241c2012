package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainState;
import java.util.List;

/// Records of one terminal that continue its chain and whose last signature is good, read and ready to be settled.
///
/// @param fromSeq the record they follow
/// @param fromHash the hash they link to
/// @param signedWith the key that the first record had to be signed with
/// @param after where the chain stands behind them
/// @param facts one a record, in order, at least one
/// @param bytes all records, one after the other; not copied, nobody changes them
public record VerifiedBatch(TerminalId terminal, long fromSeq, Hash fromHash, VerificationKey signedWith,
    ChainState after, List<RecordFacts> facts, byte[] bytes) {}

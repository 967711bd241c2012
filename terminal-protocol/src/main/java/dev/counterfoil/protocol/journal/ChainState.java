package dev.counterfoil.protocol.journal;

import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;

/// All that a verifier must know of the chain so far to judge what comes next.
///
/// @param terminal whose chain it is
/// @param head the last record
/// @param epoch the last record's epoch; before the first record, the first epoch offered
/// @param key the key that the next record must be signed with; comes from the registry, never from a record
public record ChainState(TerminalId terminal, ChainPosition head, EpochId epoch, VerificationKey key) {}

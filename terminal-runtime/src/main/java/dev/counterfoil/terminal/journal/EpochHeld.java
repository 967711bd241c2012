package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.id.EpochId;

/// The epoch that new records carry, with the server's signed offer of it. A server restored to a time before
/// the offer accepts the epoch on the strength of these bytes.
public record EpochHeld(EpochId id, Signed offer) {}

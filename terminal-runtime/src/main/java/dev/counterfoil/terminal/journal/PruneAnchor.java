package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;

/// Where verification starts once older records were pruned.
///
/// @param epoch epoch of the last pruned record
/// @param position the last pruned record
/// @param safeAck signed acknowledgement that covers it in `settled` and in `safe`
public record PruneAnchor(EpochId epoch, ChainPosition position, Signed safeAck) {}

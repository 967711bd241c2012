package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.EpochId;

/// An epoch that was given to a terminal; one row per number, for ever.
///
/// @param vouched learnt from the terminal's signed offer after this server was restored to a time before the offer
public record EpochRow(int site, int terminal, EpochId epoch, long offeredAtMs, boolean vouched) {}

package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.journal.ChainPosition;

/// A head to be written if, and only if, the stored one still stands at `expected`.
///
/// @param expected the stored `received` mark's seq and hash; ignored when `isNew`
/// @param isNew there is no head of this terminal yet
public record HeadUpdate(HeadRow next, ChainPosition expected, boolean isNew) {

  public static HeadUpdate replacing(HeadRow old, HeadRow next) {
    return new HeadUpdate(next, old.received(), false);
  }

  public static HeadUpdate first(HeadRow next) {
    return new HeadUpdate(next, HeadRow.NOWHERE, true);
  }
}

package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.StoreMemory;

/// Opens one account at a time (ACC-07 to ACC-11). Belongs to the core's thread.
final class OpeningDesk {

  private final StoreMemory memory;
  private final AccountChanges changes;

  OpeningDesk(StoreMemory memory, AccountChanges changes) {
    this.memory = memory;
    this.changes = changes;
  }

  AccountStanding open(int site, Opening opening, TransactionId transaction, long nowMs) {
    if (opening.openingMinor() > 0) {
      checkNew(site, transaction);
    }
    var unit = new AccountUnit(memory, site, nowMs);
    AccountStanding opened = new AccountOpening(unit.books(), memory.reads(), changes.rules()).open(opening,
        transaction);
    unit.commit();
    return opened;
  }

  private void checkNew(int site, TransactionId transaction) {
    if (memory.reads().transaction(site, transaction).isPresent()) {
      throw new RefusedException("KEY_REUSED", "transaction " + transaction + " exists already");
    }
  }
}

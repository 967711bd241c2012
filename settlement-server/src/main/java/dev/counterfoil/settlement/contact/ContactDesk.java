package dev.counterfoil.settlement.contact;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ContactRow;
import dev.counterfoil.settlement.store.StoreMemory;

/// Keeps sealed contacts. Belongs to the core's thread.
public final class ContactDesk {

  private final StoreMemory memory;

  public ContactDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// @throws RefusedException ACCOUNT_UNKNOWN, SYSTEM_BUSY; nothing was changed
  public void put(ContactRow row) {
    if (memory.site(row.site()).account(row.account()).isEmpty()) {
      throw new RefusedException("ACCOUNT_UNKNOWN", "no account " + row.account());
    }
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putContact(row)));
  }
}

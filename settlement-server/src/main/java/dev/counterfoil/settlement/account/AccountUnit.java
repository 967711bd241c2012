package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.StoreMemory;

/// One commit unit of an account desk with its books.
final class AccountUnit {

  private final StoreMemory memory;
  private final CommitUnit unit;
  private final Books books;

  AccountUnit(StoreMemory memory, int site, long nowMs) {
    this.memory = memory;
    this.unit = new CommitUnit();
    this.books = new Books(memory.site(site), memory.reads(), unit, nowMs);
  }

  /// A part of what another desk commits.
  AccountUnit(StoreMemory memory, Books books) {
    this.memory = memory;
    this.unit = books.unit();
    this.books = books;
  }

  CommitUnit unit() {
    return unit;
  }

  Books books() {
    return books;
  }

  /// @throws RefusedException SYSTEM_BUSY if nothing was written because the books moved; try again
  void commit() {
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
  }

  boolean isCommitted() {
    books.close();
    return memory.commit(unit).isCommitted();
  }
}

package dev.counterfoil.settlement.ledger;

import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PurseRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A holder's money as one: what was granted, the one that expires first before the others, then his own. What is
/// reserved stands on his own purse and counts against all of them, so that a hold needs no choice of purses: the choice
/// is made when money moves.
public final class Purses {

  private static final Comparator<PurseRow> SOONEST = Comparator
      .<PurseRow>comparingLong(purse -> purse.expiresMs() == 0 ? Long.MAX_VALUE : purse.expiresMs())
      .thenComparingLong(PurseRow::ledger);

  private final Books books;
  private final AccountRow account;
  private final List<PurseRow> subsidies;

  /// What one purse gives.
  ///
  /// @param amount minor units, above 0
  public record Part(long ledger, long amount) {}

  public Purses(Books books, AccountRow account) {
    this.books = books;
    this.account = account;
    this.subsidies = account.subsidised()
        ? books.memory().purses(account.account()).stream().sorted(SOONEST).toList()
        : List.of();
  }

  /// What may be spent now, holds and freezes taken off, credit not added; minor units.
  public long available() {
    long sum = books.available(account.cashLedger());
    for (PurseRow purse : subsidies) {
      if (!purse.isOver(books.nowMs())) {
        sum = Math.addExact(sum, books.balance(purse.ledger()));
      }
    }
    return sum;
  }

  /// Of all purses, also of those that the clock is about to take back.
  public long balance() {
    long sum = books.balance(account.cashLedger());
    for (PurseRow purse : subsidies) {
      sum = Math.addExact(sum, books.balance(purse.ledger()));
    }
    return sum;
  }

  /// What subsidies give towards an amount, in the order in which they are spent. A purse that is over and has a rest
  /// gives too: the clock has left it there because a hold counted on it.
  public List<Part> subsidiesFor(long amount) {
    List<Part> parts = new ArrayList<>();
    long rest = amount;
    for (PurseRow purse : subsidies) {
      long given = Math.min(rest, books.balance(purse.ledger()));
      if (given > 0) {
        parts.add(new Part(purse.ledger(), given));
        rest -= given;
      }
    }
    return parts;
  }
}

package dev.counterfoil.settlement.ledger;

import dev.counterfoil.settlement.store.LedgerAccountRow;

/// The working copy of one ledger account while a commit unit is being made; written once per unit, however many
/// transfers touched it. Sums are exact and throw on overflow.
final class Sheet {

  private final LedgerAccountRow before;
  private long postedDebits;
  private long postedCredits;
  private long held;
  private long spentDay;
  private long spentToday;
  private long spentThisMonth;
  private long floor;

  Sheet(LedgerAccountRow before) {
    this.before = before;
    this.postedDebits = before.postedDebits();
    this.postedCredits = before.postedCredits();
    this.held = before.held();
    this.spentDay = before.spentDay();
    this.spentToday = before.spentToday();
    this.spentThisMonth = before.spentThisMonth();
    this.floor = before.floor();
  }

  LedgerAccountRow before() {
    return before;
  }

  long balance() {
    return Math.subtractExact(postedCredits, postedDebits);
  }

  long available() {
    return Math.subtractExact(balance(), held);
  }

  void debit(long amount) {
    postedDebits = Math.addExact(postedDebits, amount);
  }

  void credit(long amount) {
    postedCredits = Math.addExact(postedCredits, amount);
  }

  void reserve(long amount) {
    held = Math.addExact(held, amount);
  }

  void free(long amount) {
    if (amount > held) {
      throw new IllegalStateException(
          "ledger account " + before.ledger() + " holds " + held + " and cannot free " + amount);
    }
    held -= amount;
  }

  void spent(long day, long amount) {
    if (day != spentDay) {
      spentThisMonth = after().spentInMonthOf(day);
      spentDay = day;
      spentToday = 0;
    }
    spentToday = Math.addExact(spentToday, amount);
    spentThisMonth = Math.addExact(spentThisMonth, amount);
  }

  long floor() {
    return floor;
  }

  void setFloor(long next) {
    floor = next;
  }

  /// New, or touched by this unit; an account that was only looked at is not written.
  boolean isChanged() {
    return before.version() == 0 || postedDebits != before.postedDebits()
        || postedCredits != before.postedCredits()
        || held != before.held() || floor != before.floor() || spentDay != before.spentDay()
        || spentToday != before.spentToday();
  }

  LedgerAccountRow after() {
    return new LedgerAccountRow(before.site(), before.ledger(), before.kind(), before.owner(), before.asset(),
        postedDebits, postedCredits, held, floor, before.version() + 1, spentDay, spentToday, spentThisMonth);
  }
}

package dev.counterfoil.sim.world.oracle;

import dev.counterfoil.sim.world.oracle.PaperRecord.Effect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the books must say, kept as plainly as an exercise book: one number per holder for all that is his, one per terminal, and the
/// list of purchases. Knows nothing of transfers, holds, commit units or hashes.
///
/// Rules, from the requirements: a card sale takes its amount from the holder (PAY-07), a cash sale from nobody; a
/// void gives back exactly what its sale took; a recharge adds; a record counts once however often it arrives
/// (PAY-17, OFF-07); an offline record is a fact and is booked even below zero; what was paid back of a sale goes to where
/// it came from (C-34), and of such a sale no void is booked any more; a subsidy adds, and takes what is left of it away again at
/// its end (SUB-11).
public final class ReferenceLedger {
  private final Map<Long, Long> balances = new TreeMap<>();
  private final Map<Integer, Long> terminalTotals = new TreeMap<>();
  private final Map<PaperId, Purchase> purchases = new HashMap<>();
  private final Set<Entry> booked = new HashSet<>();
  private final Map<PaperId, Long> refunds = new HashMap<>();
  private final ReferencePurses purses = new ReferencePurses();
  private long merchantMinor;
  private long cashDrawerMinor;
  private long bankMinor;
  private int refusedVoids;

  /// One purchase as it stands on the books.
  public record Purchase(int terminal, long seq, long account, long amountMinor, boolean cash,
      boolean voided) {}

  private record Entry(int terminal, long seq) {}

  public void open(long account, long balanceMinor) {
    balances.put(account, balanceMinor);
  }

  /// Takes in what the office did. To be called before the records are booked.
  ///
  /// @param name transaction that the deed was given
  public void take(PaperId name, PaperDeed deed) {
    switch (deed) {
      case PaperDeed.Granted grant -> {
        give(grant.account(), grant.amountMinor());
        purses.granted(name, grant);
      }
      case PaperDeed.Recharged(var account, var amount) -> {
        give(account, amount);
        cashDrawerMinor = Math.addExact(cashDrawerMinor, amount);
      }
      case PaperDeed.Refunded(var sale, var amount) -> {
        refunds.merge(sale, amount, Math::addExact);
        purses.wentBack(name, sale, amount);
      }
      case PaperDeed.Moved(var payer, var payee, var amount) -> {
        give(payer, -amount);
        give(payee, amount);
      }
      case PaperDeed.Adjusted(var account, var amount) -> give(account, amount);
      case PaperDeed.PaidOut(var account, var amount, var fromDrawer) -> {
        give(account, -amount);
        cashDrawerMinor = Math.subtractExact(cashDrawerMinor, fromDrawer ? amount : 0);
        bankMinor = Math.addExact(bankMinor, fromDrawer ? 0 : amount);
      }
      case PaperDeed.Nothing() -> {
      }
    }
  }

  private void give(long account, long amountMinor) {
    balances.merge(account, amountMinor, Math::addExact);
  }

  /// Books one record of a terminal's true chain. The same record again changes nothing.
  public void book(int terminal, PaperRecord record) {
    if (!booked.add(new Entry(terminal, record.seq()))) {
      return;
    }
    terminalTotals.merge(terminal, record.amountMinor(), Math::addExact);
    switch (record.effect()) {
      case Effect.Sold sold -> bookSale(terminal, record.seq(), sold);
      case Effect.Voided voided -> bookVoid(voided);
      case Effect.Refused _,Effect.Lost _,Effect.None _ -> {
      }
    }
  }

  private void bookSale(int terminal, long seq, Effect.Sold sold) {
    Purchase old = purchases.putIfAbsent(sold.transaction(),
        new Purchase(terminal, seq, sold.account(), sold.amountMinor(), sold.cash(), false));
    if (old != null) {
      throw new IllegalStateException(
          "two sales of one transaction " + sold.transaction() + " on terminal " + terminal);
    }
    if (!sold.cash()) {
      purses.sold(sold.transaction(), sold.account(), sold.amountMinor());
    }
    long back = refunds.getOrDefault(sold.transaction(), 0L);
    take(sold.account(), sold.cash(), Math.subtractExact(sold.amountMinor(), back));
  }

  private void bookVoid(Effect.Voided voided) {
    if (refunds.containsKey(voided.original())) {
      refusedVoids++;
      return;
    }
    Purchase sale = purchases.get(voided.original());
    if (sale == null || sale.voided() || sale.amountMinor() != voided.amountMinor()) {
      throw new IllegalStateException("void without its sale " + voided.original());
    }
    purchases.put(voided.original(),
        new Purchase(sale.terminal(), sale.seq(), sale.account(), sale.amountMinor(), sale.cash(), true));
    purses.wentBack(voided.transaction(), voided.original(), sale.amountMinor());
    take(sale.account(), sale.cash(), -sale.amountMinor());
  }

  private void take(long account, boolean cash, long amountMinor) {
    merchantMinor = Math.addExact(merchantMinor, amountMinor);
    if (cash) {
      cashDrawerMinor = Math.addExact(cashDrawerMinor, amountMinor);
    } else {
      give(account, -amountMinor);
    }
  }

  /// What the holder has of his own, without what he was granted. Right once the purses were reckoned.
  public long ownMinor(long account) {
    return balances.getOrDefault(account, 0L) - purses.lapsedMinor(account) - purses.leftMinor(account);
  }

  /// What the sums of holders are made of. To be reckoned when everything is booked.
  public ReferencePurses purses() {
    return purses;
  }

  public long terminalTotalMinor(int terminal) {
    return terminalTotals.getOrDefault(terminal, 0L);
  }

  public long merchantMinor() {
    return merchantMinor;
  }

  public long cashDrawerMinor() {
    return cashDrawerMinor;
  }

  /// What is on its way to holders' banks.
  public long bankMinor() {
    return bankMinor;
  }

  /// Voids that came after a refund of their sale.
  public int refusedVoids() {
    return refusedVoids;
  }

  public boolean contains(PaperId transaction) {
    return purchases.containsKey(transaction);
  }

  public int purchases() {
    return purchases.size();
  }
}

package dev.counterfoil.sim.world.oracle;

import dev.counterfoil.sim.world.oracle.PaperRecord.Effect;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the books must say, kept as plainly as an exercise book: one number per holder, one per terminal, and the
/// list of purchases. Knows nothing of transfers, holds, commit units or hashes.
///
/// Rules, from the requirements: a card sale takes its amount from the holder (PAY-07), a cash sale from nobody; a
/// void gives back exactly what its sale took; a recharge adds; a record counts once however often it arrives
/// (PAY-17, OFF-07); an offline record is a fact and is booked even below zero.
public final class ReferenceLedger {
  private final Map<Long, Long> balances = new TreeMap<>();
  private final Map<Integer, Long> terminalTotals = new TreeMap<>();
  private final Map<PaperId, Purchase> purchases = new HashMap<>();
  private final Set<Entry> booked = new HashSet<>();
  private long merchantMinor;
  private long cashDrawerMinor;

  /// One purchase as it stands on the books.
  public record Purchase(int terminal, long seq, long account, long amountMinor, boolean cash,
      boolean voided) {}

  private record Entry(int terminal, long seq) {}

  public void open(long account, long balanceMinor) {
    balances.put(account, balanceMinor);
  }

  public void recharge(long account, long amountMinor) {
    balances.merge(account, amountMinor, Math::addExact);
    cashDrawerMinor = Math.addExact(cashDrawerMinor, amountMinor);
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
    take(sold.account(), sold.cash(), sold.amountMinor());
  }

  private void bookVoid(Effect.Voided voided) {
    Purchase sale = purchases.get(voided.original());
    if (sale == null || sale.voided() || sale.amountMinor() != voided.amountMinor()) {
      throw new IllegalStateException("void without its sale " + voided.original());
    }
    purchases.put(voided.original(),
        new Purchase(sale.terminal(), sale.seq(), sale.account(), sale.amountMinor(), sale.cash(), true));
    take(sale.account(), sale.cash(), -sale.amountMinor());
  }

  private void take(long account, boolean cash, long amountMinor) {
    merchantMinor = Math.addExact(merchantMinor, amountMinor);
    if (cash) {
      cashDrawerMinor = Math.addExact(cashDrawerMinor, amountMinor);
    } else {
      balances.merge(account, -amountMinor, Math::addExact);
    }
  }

  public long balanceMinor(long account) {
    return balances.getOrDefault(account, 0L);
  }

  public Map<Long, Long> balances() {
    return Collections.unmodifiableMap(balances);
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

  public boolean contains(PaperId transaction) {
    return purchases.containsKey(transaction);
  }

  public int purchases() {
    return purchases.size();
  }
}

package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransferKind;
import dev.counterfoil.settlement.store.TransferRow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// I-5: what each subsidy must say, reckoned from the rules alone. Which purse pays depends on what was booked before, so the
/// facts (grants, sales, what went back) are the oracle's own, and of the server's rows only their order and time count: each fact
/// happens again where the server booked it, and afterwards every purse must hold what the server's does.
///
/// Rules, from the requirements: a sale takes from subsidies before the holder's own money, the one that ends first before the
/// others (SUB-10); what goes back of a sale goes to each in proportion to what it gave, in whole minor units that are rounded
/// down along the purses and lose nothing (C-34); at its end what is left of a subsidy falls back to whom it came from, but for
/// what open purchases cannot be paid without (SUB-11, ADR 0018).
public final class ReferencePurses {
  /// No server of this town is down for so long.
  private static final long WAITED_MILLIS = 60_000;

  private final Map<PaperId, Fact> facts = new HashMap<>();
  private final Map<PaperId, Sale> sales = new HashMap<>();
  private final Map<Long, List<PaperPurse>> ofAccount = new TreeMap<>();
  private final Map<Long, PaperPurse> ofLedger = new TreeMap<>();
  private final Map<PaperPurse, Long> moved = new HashMap<>();
  private final Set<PaperPurse> touched = new LinkedHashSet<>();

  private @Nullable PaperId booked;
  private boolean waited;

  private sealed interface Fact {
    record Grant(PaperDeed.Granted deed) implements Fact {}

    record Sold(long account, long amountMinor) implements Fact {}

    record Back(PaperId sale, long amountMinor) implements Fact {}
  }

  /// A sale and what each purse gave to it, in order; the holder's own money gave the rest.
  private static final class Sale {
    final long amountMinor;
    final List<PaperPurse> givers = new ArrayList<>();
    final List<Long> gifts = new ArrayList<>();
    long backMinor;

    Sale(long amountMinor) {
      this.amountMinor = amountMinor;
    }
  }

  void granted(PaperId name, PaperDeed.Granted deed) {
    ofAccount.computeIfAbsent(deed.account(), _ -> new ArrayList<>());
    facts.put(name, new Fact.Grant(deed));
  }

  /// To be told after all grants: who was never granted anything has no purses.
  void sold(PaperId name, long account, long amountMinor) {
    if (ofAccount.containsKey(account)) {
      facts.put(name, new Fact.Sold(account, amountMinor));
    }
  }

  void wentBack(PaperId name, PaperId sale, long amountMinor) {
    facts.put(name, new Fact.Back(sale, amountMinor));
  }

  private List<PaperPurse> of(long account) {
    return ofAccount.getOrDefault(account, List.of());
  }

  long leftMinor(long account) {
    return of(account).stream().mapToLong(PaperPurse::leftMinor).sum();
  }

  long lapsedMinor(long account) {
    return of(account).stream().mapToLong(PaperPurse::lapsedMinor).sum();
  }

  // --- in the server's order ---

  /// Lets everything happen once, in the order of the server's rows, and compares.
  void reckon(SettlementReads books, int site) {
    var reserved = new Reserved();
    TransactionId before = null;
    for (TransferRow row : books.transfers(site, 0, Integer.MAX_VALUE)) {
      if (!row.transaction().equals(before)) {
        settled();
        before = row.transaction();
      }
      if (row.kind().moves()) {
        happens(books, site, row, reserved);
      }
      reserved.add(row);
    }
    settled();
    require(facts.isEmpty(), "I-5", () -> "never booked: " + facts);
    compare(books, site);
  }

  private void happens(SettlementReads books, int site, TransferRow row, Reserved reserved) {
    var name = PaperId.of(row.transaction());
    Fact fact = facts.remove(name);
    if (fact != null) {
      booked = name;
      happens(row, fact);
    } else if (!name.equals(booked)) {
      lapse(books, site, row, reserved);
    }
    move(row.debit(), -row.amount());
    move(row.credit(), row.amount());
  }

  private void happens(TransferRow row, Fact fact) {
    switch (fact) {
      case Fact.Grant(var deed) -> grant(row, deed);
      case Fact.Sold(var account, var amount) -> sell(row, account, amount);
      case Fact.Back(var sale, var amount) -> giveBack(sale, amount);
    }
  }

  private void move(long ledger, long amountMinor) {
    PaperPurse purse = ofLedger.get(ledger);
    if (purse != null) {
      moved.merge(purse, amountMinor, Math::addExact);
      touched.add(purse);
    }
  }

  /// A transaction is over: what it moved is what the rules say.
  private void settled() {
    for (PaperPurse purse : touched) {
      long server = moved.getOrDefault(purse, 0L);
      require(purse.leftMinor() == server, "I-5", () -> purse + ", the server has " + server);
    }
    touched.clear();
  }

  private void grant(TransferRow row, PaperDeed.Granted deed) {
    var purse = new PaperPurse(deed);
    ofAccount.computeIfAbsent(deed.account(), _ -> new ArrayList<>()).add(purse);
    require(ofLedger.put(row.credit(), purse) == null, "I-5", () -> purse + " was granted into another one");
    touched.add(purse);
  }

  private void sell(TransferRow row, long account, long amountMinor) {
    var sale = new Sale(amountMinor);
    long rest = amountMinor;
    for (PaperPurse purse : of(account).stream()
        .sorted(Comparator.comparingLong(PaperPurse::endsMillis)).toList()) {
      long gift = Math.min(rest, purse.leftMinor());
      purse.spend(gift);
      sale.givers.add(purse);
      sale.gifts.add(gift);
      rest -= gift;
    }
    touched.addAll(sale.givers);
    sales.put(PaperId.of(row.transaction()), sale);
  }

  private void giveBack(PaperId name, long amountMinor) {
    Sale sale = sales.get(name);
    if (sale == null) {
      return;
    }
    long after = sale.backMinor + amountMinor;
    long upTo = 0;
    for (int i = 0; i < sale.givers.size(); i++) {
      long next = upTo + sale.gifts.get(i);
      sale.givers.get(i).takeBack(share(next, after, sale) - share(upTo, after, sale)
          - share(next, sale.backMinor, sale) + share(upTo, sale.backMinor, sale));
      upTo = next;
    }
    sale.backMinor = after;
    touched.addAll(sale.givers);
  }

  /// What the purses up to `upTo` have given back when `backMinor` of the sale went back.
  private static long share(long upTo, long backMinor, Sale sale) {
    return BigInteger.valueOf(upTo).multiply(BigInteger.valueOf(backMinor))
        .divide(BigInteger.valueOf(sale.amountMinor)).longValueExact();
  }

  private void lapse(SettlementReads books, int site, TransferRow row, Reserved reserved) {
    PaperPurse purse = ofLedger.get(row.debit());
    if (purse == null) {
      require(!ofLedger.containsKey(row.credit()), "I-5",
          () -> "nobody knows why " + ofLedger.get(row.credit()) + " got " + row.amount());
      return;
    }
    require(row.reason().equals("SUBSIDY_LAPSE") && purse.isOver(row.atMs()), "I-5",
        () -> row.amount() + " left " + purse + " for " + row.reason());
    long cash = books.account(site, purse.account()).orElseThrow().cashLedger();
    long others = of(purse.account()).stream().filter(one -> !one.isOver(row.atMs()))
        .mapToLong(PaperPurse::leftMinor).sum();
    long kept = Math.min(purse.leftMinor(), reserved.needed(cash, others));
    require(row.amount() == purse.leftMinor() - kept, "I-5", () -> row.amount() + " fell back of " + purse
        + ", of which purchases on their way need " + kept);
    waited |= purse.backMinor() == 0 && row.atMs() - purse.endsMillis() >= WAITED_MILLIS;
    purse.lapse(row.amount());
  }

  /// Whether a rest stayed for a purchase that needed it, and fell back later.
  public boolean waited() {
    return waited;
  }

  // --- what the server has in the end ---

  private void compare(SettlementReads books, int site) {
    Map<Long, Long> funded = new TreeMap<>();
    for (LedgerAccountRow row : books.ledgerAccounts(site)) {
      if (row.kind() == LedgerKind.SUBSIDY) {
        PurseRow server = books.purses().purse(site, row.ledger()).orElseThrow();
        PaperPurse paper = ofLedger.get(row.ledger());
        require(paper != null && paper.leftMinor() == row.balance() && server.name().equals(paper.name())
            && server.account() == paper.account(), "I-5",
            () -> server + " has " + row.balance() + ", the reference has " + paper);
      } else if (row.kind() == LedgerKind.SUBSIDY_FUNDING) {
        funded.put(row.ledger(), -row.balance());
      }
    }
    long out = ofLedger.values().stream().mapToLong(purse -> purse.grantedMinor() - purse.lapsedMinor())
        .sum();
    long sum = funded.values().stream().mapToLong(Long::longValue).sum();
    require(out == sum, "I-5", () -> sum + " of funding is out, the reference says " + out);
  }

  /// What stands reserved and what holders have of their own, added up from the server's movements so far.
  private static final class Reserved {
    private final Map<Long, Long> balances = new HashMap<>();
    private final Map<Long, TransferRow> holds = new HashMap<>();

    void add(TransferRow row) {
      if (row.kind().moves()) {
        balances.merge(row.debit(), -row.amount(), Math::addExact);
        balances.merge(row.credit(), row.amount(), Math::addExact);
      }
      if (row.kind() == TransferKind.HOLD) {
        holds.put(row.transfer(), row);
      }
      holds.remove(row.pending());
    }

    /// What open purchases cannot be paid without.
    ///
    /// @param others what is left in subsidies that are not over
    long needed(long cash, long others) {
      long held = 0;
      long byPurchases = 0;
      for (TransferRow hold : holds.values()) {
        if (hold.debit() == cash) {
          held += hold.amount();
          byPurchases += hold.reason().equals("AUTHORIZE") ? hold.amount() : 0;
        }
      }
      long uncovered = held - balances.getOrDefault(cash, 0L) - others;
      return Math.min(byPurchases, Math.max(0, uncovered));
    }
  }
}

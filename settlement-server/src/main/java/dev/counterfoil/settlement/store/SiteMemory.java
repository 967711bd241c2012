package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is remembered of one site: recently used accounts, cards and ledger accounts, *all* open holds, and the
/// numbers last given out. See {@link StoreMemory} for when it is valid.
public final class SiteMemory {

  /// Rows of each kind kept; a large canteen's accounts fit.
  private static final int MAX_ROWS = 100_000;
  private static final int MAX_RAISED = 10_000;

  private final SettlementReads reads;
  private final SiteRow row;
  private final Map<Long, AccountRow> accounts = recent(MAX_ROWS);
  private final Map<CardToken, CardRow> cards = recent(MAX_ROWS);
  private final Map<Long, List<PermissionRow>> permissions = recent(MAX_ROWS);
  private final Map<Long, List<PurseRow>> purses = recent(MAX_ROWS);
  private final Map<Long, LedgerAccountRow> ledgers = recent(MAX_ROWS);
  private final Map<OwnerKey, Long> ledgerNumbers = recent(MAX_ROWS);
  private final Map<String, Boolean> raised = recent(MAX_RAISED);
  private final Map<TransactionId, HoldRow> openHolds = new HashMap<>();
  private final Map<Long, Long> reservedForPurchases = new HashMap<>();
  private final TreeSet<HoldRow> holdsByExpiry = new TreeSet<>(
      Comparator.comparingLong(HoldRow::expiresMs).thenComparingLong(HoldRow::hold));
  private final SiteNumbers numbers;
  private @Nullable LiveMeals meals;

  private record OwnerKey(LedgerKind kind, long owner, String asset) {}

  SiteMemory(SettlementReads reads, SiteRow row) {
    this.reads = reads;
    this.row = row;
    this.numbers = new SiteNumbers(reads.counters(row.site()));
    numbers.atLeast(snapshotBase(), denyBase());
    reads.openHolds(row.site()).forEach(this::opened);
  }

  /// For one look by another thread than the core's, through a reader of its own. What it finds may have changed by the time
  /// that anybody acts on it, and its numbers are nobody's.
  public static SiteMemory look(SettlementReads reader, SiteRow row) {
    return new SiteMemory(reader, row);
  }

  public SiteRow row() {
    return row;
  }

  public Optional<AccountRow> account(long account) {
    return remembered(accounts, account, () -> reads.account(row.site(), account));
  }

  /// All permissions of an account, by number. Only worth asking for one that is {@link AccountRow#guarded}.
  public List<PermissionRow> permissions(long account) {
    return permissions.computeIfAbsent(account,
        _ -> List.copyOf(reads.profiles().permissions(row.site(), account)));
  }

  /// Subsidies of an account that may still be spent or have a rest. Only worth asking for one that is
  /// {@link AccountRow#subsidised}.
  public List<PurseRow> purses(long account) {
    return purses.computeIfAbsent(account, _ -> reads.purses().pursesOf(row.site(), account).stream()
        .filter(PurseRow::live).toList());
  }

  public Optional<CardRow> card(CardToken token) {
    return remembered(cards, token, () -> reads.card(row.site(), token));
  }

  /// @throws IllegalStateException if there is no such ledger account, which a row named
  public LedgerAccountRow ledger(long ledger) {
    return remembered(ledgers, ledger, () -> reads.ledgerAccount(row.site(), ledger)).orElseThrow(
        () -> new IllegalStateException("no ledger account " + ledger + " at site " + row.site()));
  }

  public Optional<LedgerAccountRow> ledger(LedgerKind kind, long owner) {
    var key = new OwnerKey(kind, owner, row.currency());
    Long number = ledgerNumbers.get(key);
    if (number != null) {
      return Optional.of(ledger(number));
    }
    Optional<LedgerAccountRow> found = reads.ledgerAccount(row.site(), kind, owner, row.currency());
    found.ifPresent(ledger -> ledgerNumbers.put(key, ledger.ledger()));
    return found;
  }

  public Optional<HoldRow> openHold(TransactionId transaction) {
    return Optional.ofNullable(openHolds.get(transaction));
  }

  /// What an account's open purchases hold, minor units.
  public long reservedForPurchases(long account) {
    return reservedForPurchases.getOrDefault(account, 0L);
  }

  /// Open holds whose time is over, the oldest first.
  public List<HoldRow> holdsExpiredAt(long nowMs, int limit) {
    var due = new ArrayList<HoldRow>();
    for (HoldRow hold : holdsByExpiry) {
      if (hold.expiresMs() > nowMs || due.size() == limit) {
        break;
      }
      due.add(hold);
    }
    return due;
  }

  /// An account's orders that are open or collected and for this day or later, by number.
  public List<MealOrderRow> mealsSince(long account, LocalDate day) {
    LiveMeals known = meals;
    if (known == null || day.isBefore(known.since())) {
      known = new LiveMeals(day, reads.meals().liveSince(row.site(), day));
      meals = known;
    }
    return known.of(account, day);
  }

  /// Whether an exception with this key was raised of late; spares a write, never replaces the store's own check.
  public boolean isRaised(String key) {
    return raised.containsKey(key);
  }

  /// Versions below this one come from a time before a restore; whoever has one must get everything anew.
  public long snapshotBase() {
    return setting(SettingRow.SNAPSHOT_BASE);
  }

  /// The same for the deny list.
  public long denyBase() {
    return setting(SettingRow.DENY_BASE);
  }

  private long setting(String name) {
    return reads.setting(row.site(), name).map(Long::parseLong).orElse(0L);
  }

  /// After a restore: every account and blocked card gets a version that was never given out.
  public void renumberVersions(CommitUnit unit) {
    int site = row.site();
    numbers.leap();
    unit.putSetting(new SettingRow(site, SettingRow.SNAPSHOT_BASE, Long.toString(numbers.snapshotVersion())));
    unit.putSetting(new SettingRow(site, SettingRow.DENY_BASE, Long.toString(numbers.denyVersion())));
    for (AccountChangeRow change : reads.accountsChangedAfter(site, 0, Integer.MAX_VALUE)) {
      unit.putAccountChange(new AccountChangeRow(site, change.account(), numbers.nextSnapshotVersion()));
    }
    for (DenyRow deny : reads.deniesChangedAfter(site, 0, Integer.MAX_VALUE)) {
      unit.putDenial(new DenyRow(site, deny.token(), numbers.nextDenyVersion(), deny.denied()));
    }
  }

  /// The numbers last given out, to be counted on from.
  public SiteNumbers numbers() {
    return numbers;
  }

  void takeOver(CommitUnit unit) {
    int site = row.site();
    unit.accounts().stream().filter(r -> r.site() == site).forEach(r -> accounts.put(r.account(), r));
    unit.permissions().stream().filter(r -> r.site() == site).forEach(r -> permissions.remove(r.account()));
    unit.purses().stream().filter(r -> r.site() == site).forEach(r -> purses.remove(r.account()));
    unit.cards().stream().filter(r -> r.site() == site).forEach(r -> cards.put(r.token(), r));
    unit.ledgerAccounts().stream().filter(r -> r.site() == site).forEach(r -> ledgers.put(r.ledger(), r));
    unit.exceptions().stream().filter(r -> r.site() == site).forEach(r -> raised.put(r.key(), Boolean.TRUE));
    unit.holds().stream().filter(r -> r.site() == site).forEach(this::moved);
    LiveMeals known = meals;
    if (known != null) {
      unit.mealOrders().stream().filter(r -> r.site() == site).forEach(known::put);
    }
  }

  private void moved(HoldRow hold) {
    HoldRow before = openHolds.remove(hold.transaction());
    if (before != null) {
      holdsByExpiry.remove(before);
      reserved(before, -before.amount());
    }
    if (hold.state() == HoldState.OPEN) {
      opened(hold);
    }
  }

  private void opened(HoldRow hold) {
    openHolds.put(hold.transaction(), hold);
    holdsByExpiry.add(hold);
    reserved(hold, hold.amount());
  }

  private void reserved(HoldRow hold, long amount) {
    if (hold.isOfPurchase()) {
      reservedForPurchases.merge(hold.account(), amount, SiteMemory::sumUnlessZero);
    }
  }

  /// Accounts with nothing reserved are not kept.
  private static @Nullable Long sumUnlessZero(Long one, Long other) {
    long sum = Math.addExact(one, other);
    return sum == 0 ? null : sum;
  }

  private static <K, V> Optional<V> remembered(Map<K, V> known, K key, Supplier<Optional<V>> load) {
    V value = known.get(key);
    if (value != null) {
      return Optional.of(value);
    }
    Optional<V> found = load.get();
    found.ifPresent(loaded -> known.put(key, loaded));
    return found;
  }

  private static <K, V> Map<K, V> recent(int max) {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
      }
    };
  }
}

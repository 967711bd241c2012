package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.store.AccountEventRow;
import dev.counterfoil.settlement.store.AccountPasswordRow;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountTotalRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.ImportedAccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one site knows of accounts besides what every tap needs, as plain collections; what the clock asks for is found
/// by its time.
final class ProfileTables {

  private final SiteTables site;
  private final NavigableMap<Long, AccountProfileRow> profiles = new TreeMap<>();
  private final NavigableMap<Long, AccountPasswordRow> passwords = new TreeMap<>();
  private final NavigableMap<Due, AccountProfileRow> due = new TreeMap<>();
  private final NavigableMap<Due, CardRow> expiring = new TreeMap<>();
  private final NavigableMap<Place, PermissionRow> permissions = new TreeMap<>();
  private final NavigableMap<Place, RelationRow> relations = new TreeMap<>();
  private final Map<Origin, ImportedAccountRow> imported = new HashMap<>();
  private final List<AccountEventRow> events = new ArrayList<>();

  private record Due(long atMs, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int first = Long.compare(atMs, other.atMs);
      return first != 0 ? first : Long.compare(number, other.number);
    }
  }

  private record Place(long account, int number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int first = Long.compare(account, other.account);
      return first != 0 ? first : Integer.compare(number, other.number);
    }
  }

  private record Origin(String source, String reference) {}

  ProfileTables(SiteTables site) {
    this.site = site;
  }

  void put(AccountProfileRow row) {
    AccountProfileRow old = profiles.put(row.account(), row);
    if (old != null) {
      due.remove(new Due(old.dueMs(), old.account()));
    }
    if (row.dueMs() > 0) {
      due.put(new Due(row.dueMs(), row.account()), row);
    }
  }

  void put(@Nullable CardRow old, CardRow row) {
    if (old != null) {
      expiring.remove(new Due(old.expiresMs(), old.card()));
    }
    if (row.expiresMs() > 0 && row.status() == CardStatus.ACTIVE) {
      expiring.put(new Due(row.expiresMs(), row.card()), row);
    }
  }

  void put(PermissionRow row) {
    permissions.put(new Place(row.account(), row.number()), row);
  }

  void put(RelationRow row) {
    relations.put(new Place(row.main(), row.number()), row);
  }

  void log(AccountEventRow row) {
    events.add(new AccountEventRow(row.site(), events.size() + 1L, row.account(), row.atMs(), row.event(),
        row.before(), row.after(), row.detail(), row.operator()));
  }

  void put(ImportedAccountRow row) {
    imported.put(new Origin(row.source(), row.reference()), row);
  }

  Optional<ImportedAccountRow> importedAccount(String source, String reference) {
    return Optional.ofNullable(imported.get(new Origin(source, reference)));
  }

  void put(AccountPasswordRow row) {
    passwords.put(row.account(), row);
  }

  Optional<AccountPasswordRow> password(long account) {
    return Optional.ofNullable(passwords.get(account));
  }

  boolean hasPasswords() {
    return !passwords.isEmpty();
  }

  Optional<AccountProfileRow> profile(long account) {
    return Optional.ofNullable(profiles.get(account));
  }

  List<AccountProfileRow> profilesOf(String owner) {
    return profiles.values().stream().filter(row -> !owner.isEmpty() && row.owner().equals(owner)).toList();
  }

  List<AccountProfileRow> profilesDue(long nowMs, int limit) {
    return due.headMap(new Due(nowMs, Long.MAX_VALUE), true).values().stream().limit(limit).toList();
  }

  List<CardRow> cardsExpired(long nowMs, int limit) {
    return expiring.headMap(new Due(nowMs, Long.MAX_VALUE), true).values().stream().limit(limit).toList();
  }

  List<PermissionRow> permissions(long account) {
    return List.copyOf(permissions.subMap(new Place(account, 0), true, new Place(account, Integer.MAX_VALUE),
        true).values());
  }

  List<RelationRow> relationsBelow(long main) {
    return List.copyOf(
        relations.subMap(new Place(main, 0), true, new Place(main, Integer.MAX_VALUE), true).values());
  }

  List<RelationRow> relationsAbove(long sub) {
    return relations.values().stream().filter(row -> row.sub() == sub).toList();
  }

  List<AccountEventRow> events(long account, int last) {
    List<AccountEventRow> all = events.stream().filter(row -> row.account() == account).toList();
    return all.subList(Math.max(0, all.size() - last), all.size());
  }

  List<AccountTotalRow> totals(long account) {
    Map<TransactionKind, AccountTotalRow> totals = new EnumMap<>(TransactionKind.class);
    moving(account).forEach(row -> totals.merge(row.kind(),
        new AccountTotalRow(row.kind(), 1, row.amount(), row.atMs()), ProfileTables::plus));
    return List.copyOf(totals.values());
  }

  private Stream<TransactionRow> moving(long account) {
    return site.transactions.values().stream()
        .filter(row -> account > 0 && row.account() == account && row.firstTransfer() > 0);
  }

  private static AccountTotalRow plus(AccountTotalRow one, AccountTotalRow other) {
    return new AccountTotalRow(one.kind(), one.count() + other.count(), one.amount() + other.amount(),
        Math.max(one.lastMs(), other.lastMs()));
  }
}

package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.store.AccountEventRow;
import dev.counterfoil.settlement.store.AccountPasswordRow;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountReads;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AccountTotalRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.ImportedAccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.RelationRow;
import java.util.List;
import java.util.Optional;

/// The model store's answers about accounts besides what every tap needs.
final class ModelAccounts implements AccountReads {

  private final ModelSettlementStore store;

  ModelAccounts(ModelSettlementStore store) {
    this.store = store;
  }

  private ProfileTables of(int site) {
    return store.table(site).profiles;
  }

  @Override
  public Optional<AccountProfileRow> profile(int site, long account) {
    return of(site).profile(account);
  }

  @Override
  public Optional<AccountPasswordRow> password(int site, long account) {
    return of(site).password(account);
  }

  @Override
  public boolean hasPasswords(int site) {
    return of(site).hasPasswords();
  }

  @Override
  public Optional<Long> accountOf(int site, String number) {
    return store.table(site).accounts.values().stream().filter(row -> row.number().equals(number))
        .map(AccountRow::account).findFirst();
  }

  @Override
  public List<AccountProfileRow> profilesOf(int site, String owner) {
    return of(site).profilesOf(owner);
  }

  @Override
  public List<AccountProfileRow> profilesDue(int site, long nowMs, int limit) {
    return of(site).profilesDue(nowMs, limit);
  }

  @Override
  public List<AccountProfileRow> applications(int site, long after, int limit) {
    return store.accounts(site, after, Integer.MAX_VALUE).stream()
        .filter(row -> row.status() == AccountStatus.PENDING)
        .flatMap(row -> profile(site, row.account()).stream()).filter(row -> !row.approved()).limit(limit)
        .toList();
  }

  @Override
  public List<PermissionRow> permissions(int site, long account) {
    return of(site).permissions(account);
  }

  @Override
  public List<RelationRow> relationsBelow(int site, long main) {
    return of(site).relationsBelow(main);
  }

  @Override
  public List<RelationRow> relationsAbove(int site, long sub) {
    return of(site).relationsAbove(sub);
  }

  @Override
  public List<AccountEventRow> accountEvents(int site, long account, int last) {
    return of(site).events(account, last);
  }

  @Override
  public List<AccountTotalRow> accountTotals(int site, long account) {
    return of(site).totals(account);
  }

  @Override
  public Optional<ImportedAccountRow> importedAccount(int site, String source, String reference) {
    return of(site).importedAccount(source, reference);
  }

  @Override
  public List<CardRow> cardsExpired(int site, long nowMs, int limit) {
    return of(site).cardsExpired(nowMs, limit);
  }
}

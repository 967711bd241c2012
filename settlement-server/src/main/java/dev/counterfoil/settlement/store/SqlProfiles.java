package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.password.PasswordGuard;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Statements, binding and reading of what is known of accounts besides what every tap needs. An instance belongs to its
/// connection's thread.
final class SqlProfiles implements AccountReads {

  private static final String PROFILE = "site, account, kind, owner_kind, owner, account_name, is_primary, approved,"
      + " opened_ms, changed_ms, expires_ms, freeze_kind, reason, due_ms, primary_card, deleted";
  private static final String PASSWORD = "site, account, password, wrong, locked_until_ms, question, answer, changed_ms";
  private static final String EVENT = "site, entry, account, at_ms, event, status_before, status_after, detail,"
      + " operator";
  private static final String PERMISSION = "site, account, number, type, by_holder, scope, single_minor, daily_minor,"
      + " monthly_minor, from_ms, until_ms, enabled, created_ms, changed_ms";
  private static final String RELATION = "site, main, number, sub, type, level, config, enabled, created_ms,"
      + " changed_ms";
  private static final String IMPORTED = "site, source, reference, account, content, at_ms";

  static final String PUT_PROFILE = SqlText.upsert("account_profile", PROFILE, "site, account");
  static final String PUT_PASSWORD = SqlText.upsert("account_password", PASSWORD, "site, account");
  static final String LOG_EVENT = SqlText.append("account_event", EVENT);
  static final String PUT_PERMISSION = SqlText.upsert("account_permission", PERMISSION,
      "site, account, number");
  static final String PUT_RELATION = SqlText.upsert("account_relation", RELATION, "site, main, number");
  static final String INSERT_IMPORTED = SqlText.insert("imported_account", IMPORTED);

  private final SqlStatements sql;

  SqlProfiles(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public Optional<AccountProfileRow> profile(int site, long account) {
    return sql.one("SELECT " + PROFILE + " FROM account_profile WHERE site = ? AND account = ?",
        SqlProfiles::profile, site, account);
  }

  @Override
  public Optional<AccountPasswordRow> password(int site, long account) {
    return sql.one("SELECT " + PASSWORD + " FROM account_password WHERE site = ? AND account = ?",
        r -> new AccountPasswordRow(r.getInt(1), r.getLong(2), r.getString(3),
            new PasswordGuard(r.getInt(4), r.getLong(5)), r.getString(6), r.getString(7), r.getLong(8)),
        site, account);
  }

  @Override
  public boolean hasPasswords(int site) {
    return sql.one("SELECT account FROM account_password WHERE site = ? LIMIT 1", r -> r.getLong(1), site)
        .isPresent();
  }

  @Override
  public Optional<Long> accountOf(int site, String number) {
    return sql.one("SELECT account FROM account WHERE site = ? AND number = ?", r -> r.getLong(1), site,
        number);
  }

  @Override
  public List<AccountProfileRow> profilesOf(int site, String owner) {
    return sql.many("SELECT " + PROFILE
        + " FROM account_profile WHERE site = ? AND owner = ? AND owner <> '' ORDER BY account",
        SqlProfiles::profile, site, owner);
  }

  @Override
  public List<AccountProfileRow> profilesDue(int site, long nowMs, int limit) {
    return sql
        .many("SELECT " + PROFILE + " FROM account_profile WHERE site = ? AND due_ms > 0 AND due_ms <= ?"
            + " ORDER BY due_ms, account LIMIT ?", SqlProfiles::profile, site, nowMs, limit);
  }

  @Override
  public List<AccountProfileRow> applications(int site, long after, int limit) {
    // An application is due some day, so the index of what is due has all of them.
    return sql.many("SELECT p." + PROFILE.replace(", ", ", p.")
        + " FROM account_profile p JOIN account a ON a.site = p.site AND a.account = p.account"
        + " WHERE p.site = ? AND p.due_ms > 0 AND p.approved = 0 AND p.account > ? AND a.status = 5"
        + " ORDER BY p.account LIMIT ?", SqlProfiles::profile, site, after, limit);
  }

  @Override
  public List<PermissionRow> permissions(int site, long account) {
    return sql.many(
        "SELECT " + PERMISSION + " FROM account_permission WHERE site = ? AND account = ? ORDER BY number",
        SqlProfiles::permission, site, account);
  }

  @Override
  public List<RelationRow> relationsBelow(int site, long main) {
    return sql.many(
        "SELECT " + RELATION + " FROM account_relation WHERE site = ? AND main = ? ORDER BY number",
        SqlProfiles::relation, site, main);
  }

  @Override
  public List<RelationRow> relationsAbove(int site, long sub) {
    return sql.many(
        "SELECT " + RELATION + " FROM account_relation WHERE site = ? AND sub = ? ORDER BY main, number",
        SqlProfiles::relation, site, sub);
  }

  @Override
  public List<AccountEventRow> accountEvents(int site, long account, int last) {
    return sql.many("SELECT " + EVENT + " FROM account_event WHERE site = ? AND account = ?"
        + " ORDER BY entry DESC LIMIT ?", SqlProfiles::event, site, account, last).reversed();
  }

  @Override
  public List<AccountTotalRow> accountTotals(int site, long account) {
    return sql.many("SELECT kind, count(*), sum(amount), max(at_ms) FROM business_transaction"
        + " WHERE site = ? AND account = ? AND account > 0 AND first_transfer > 0 GROUP BY kind ORDER BY kind",
        r -> new AccountTotalRow(TransactionKind.of(r.getInt(1)), r.getLong(2), r.getLong(3), r.getLong(4)),
        site, account);
  }

  @Override
  public Optional<ImportedAccountRow> importedAccount(int site, String source, String reference) {
    return sql.one(
        "SELECT " + IMPORTED + " FROM imported_account WHERE site = ? AND source = ? AND reference = ?",
        r -> new ImportedAccountRow(r.getInt(1), r.getString(2), r.getString(3), r.getLong(4),
            Hash.of(r.getBytes(5)), r.getLong(6)),
        site, source, reference);
  }

  @Override
  public List<CardRow> cardsExpired(int site, long nowMs, int limit) {
    return sql.many(
        "SELECT " + SqlAccounts.CARD + " FROM card WHERE site = ? AND status = 1 AND expires_ms > 0"
            + " AND expires_ms <= ? ORDER BY expires_ms, card LIMIT ?",
        SqlAccounts::card, site, nowMs, limit);
  }

  static void bind(PreparedStatement s, AccountProfileRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.account());
    s.setInt(3, row.kind().code());
    s.setInt(4, row.ownerKind().code());
    SqlText.bindText(s, 5, row.owner());
    SqlText.bindText(s, 6, row.accountName());
    s.setInt(7, row.primary() ? 1 : 0);
    s.setInt(8, row.approved() ? 1 : 0);
    s.setLong(9, row.openedMs());
    s.setLong(10, row.changedMs());
    s.setLong(11, row.expiresMs());
    FreezeKind freeze = row.freeze();
    SqlText.bindText(s, 12, freeze == null ? "" : freeze.name());
    SqlText.bindText(s, 13, row.reason());
    s.setLong(14, row.dueMs());
    s.setLong(15, row.primaryCard());
    s.setInt(16, row.deleted() ? 1 : 0);
  }

  private static AccountProfileRow profile(ResultSet r) throws SQLException {
    return new AccountProfileRow(r.getInt(1), r.getLong(2), AccountKind.of(r.getInt(3)),
        OwnerKind.of(r.getInt(4)), r.getString(5), r.getString(6), r.getInt(7) != 0, r.getInt(8) != 0,
        r.getLong(9), r.getLong(10), r.getLong(11), freeze(r.getString(12)), r.getString(13), r.getLong(14),
        r.getLong(15), r.getInt(16) != 0);
  }

  private static @Nullable FreezeKind freeze(String name) {
    return name.isEmpty() ? null : FreezeKind.valueOf(name);
  }

  static void bind(PreparedStatement s, AccountPasswordRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.account());
    SqlText.bindText(s, 3, row.password());
    s.setInt(4, row.guard().wrong());
    s.setLong(5, row.guard().lockedUntilMs());
    SqlText.bindText(s, 6, row.question());
    SqlText.bindText(s, 7, row.answer());
    s.setLong(8, row.changedMs());
  }

  static void bind(PreparedStatement s, ImportedAccountRow row) throws SQLException {
    s.setInt(1, row.site());
    SqlText.bindText(s, 2, row.source());
    SqlText.bindText(s, 3, row.reference());
    s.setLong(4, row.account());
    s.setBytes(5, row.content().bytes());
    s.setLong(6, row.atMs());
  }

  static void bind(PreparedStatement s, AccountEventRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setInt(2, row.site());
    s.setLong(3, row.account());
    s.setLong(4, row.atMs());
    SqlText.bindText(s, 5, row.event());
    s.setInt(6, row.before().code());
    s.setInt(7, row.after().code());
    SqlText.bindText(s, 8, row.detail());
    SqlText.bindText(s, 9, row.operator());
  }

  private static AccountEventRow event(ResultSet r) throws SQLException {
    return new AccountEventRow(r.getInt(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getString(5),
        AccountStatus.of(r.getInt(6)), AccountStatus.of(r.getInt(7)), r.getString(8), r.getString(9));
  }

  static void bind(PreparedStatement s, PermissionRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.account());
    s.setInt(3, row.number());
    s.setInt(4, row.type().code());
    s.setInt(5, row.byHolder() ? 1 : 0);
    SqlText.bindText(s, 6, row.scope());
    s.setLong(7, row.singleMinor());
    s.setLong(8, row.dailyMinor());
    s.setLong(9, row.monthlyMinor());
    s.setLong(10, row.fromMs());
    s.setLong(11, row.untilMs());
    s.setInt(12, row.enabled() ? 1 : 0);
    s.setLong(13, row.createdMs());
    s.setLong(14, row.changedMs());
  }

  private static PermissionRow permission(ResultSet r) throws SQLException {
    return new PermissionRow(r.getInt(1), r.getLong(2), r.getInt(3), PermissionType.of(r.getInt(4)),
        r.getInt(5) != 0, r.getString(6), r.getLong(7), r.getLong(8), r.getLong(9), r.getLong(10),
        r.getLong(11), r.getInt(12) != 0, r.getLong(13), r.getLong(14));
  }

  static void bind(PreparedStatement s, RelationRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.main());
    s.setInt(3, row.number());
    s.setLong(4, row.sub());
    s.setInt(5, row.type().code());
    s.setInt(6, row.level());
    SqlText.bindText(s, 7, row.config());
    s.setInt(8, row.enabled() ? 1 : 0);
    s.setLong(9, row.createdMs());
    s.setLong(10, row.changedMs());
  }

  private static RelationRow relation(ResultSet r) throws SQLException {
    return new RelationRow(r.getInt(1), r.getLong(2), r.getInt(3), r.getLong(4),
        RelationType.of(r.getInt(5)), r.getInt(6), r.getString(7), r.getInt(8) != 0, r.getLong(9),
        r.getLong(10));
  }
}

package dev.counterfoil.settlement.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one commit unit inside the transaction that its caller has begun: one prepared statement a table, rows in
/// batches. Stops at the first list with a row that must not be written.
final class SqlCommit {

  private final SqlStatements statements;

  SqlCommit(SqlStatements statements) {
    this.statements = statements;
  }

  private interface Binder<T> {
    void bind(PreparedStatement statement, T row) throws SQLException;
  }

  /// @return what must not be written, or null if everything was
  @Nullable
  CommitOutcome write(CommitUnit unit) throws SQLException {
    if (statements.dialect().isShared() && !versions(unit)) {
      return new CommitOutcome.SiteMoved(unit.touchedSites());
    }
    // Comparisons first, so that a unit that lost its race costs little.
    for (HeadUpdate update : unit.heads()) {
      if (!moveHead(update)) {
        return new CommitOutcome.HeadMoved(update.next().site(), update.next().terminal());
      }
    }
    if (!all(SqlRegistry.USE_CODE, unit.enrolmentCodeUses(), SqlRegistry::bindUse)) {
      return new CommitOutcome.KeyConflict("enrolment code is used or unknown");
    }
    if (!all(SqlExceptions.RESOLVE, unit.resolutions(), SqlExceptions::bindResolution)) {
      return new CommitOutcome.KeyConflict("exception is not open");
    }
    if (!all(SqlSets.LEDGERS, SqlMoney.PUT_LEDGER, unit.ledgerAccounts(), SqlMoney::bind)) {
      return new CommitOutcome.KeyConflict("ledger account has another version");
    }
    if (!all(SqlLogs.APPEND_AUDIT, unit.auditLinks(), SqlLogs::bind)) {
      return new CommitOutcome.KeyConflict("audit event is not the next one");
    }
    if (!operators(unit)) {
      return new CommitOutcome.KeyConflict("session has ended or approval is closed");
    }
    if (!all(SqlMoves.PUT_FREEZE, unit.freezes(), SqlMoves::bind)
        || !all(SqlMoves.PUT_REQUEST, unit.moneyRequests(), SqlMoves::bind)
        || !all(SqlPredebits.PUT, unit.predebits(), SqlPredebits::bind)) {
      return new CommitOutcome.KeyConflict("freeze or provisional charge has ended or request is closed");
    }
    if (!all(SqlGateways.PUT_ORDER, unit.gatewayOrders(), SqlGateways::bind)
        || !all(SqlGateways.PUT_REFUND, SqlGateways.refunds(unit.gatewayOrders()), SqlGateways::bind)
        || !all(SqlRecharges.PUT_ARRIVAL, unit.arrivals(), SqlRecharges::bind)) {
      return new CommitOutcome.KeyConflict(
          "gateway order has another version or announced recharge has ended");
    }
    if (!all(SqlOffice.PUT_APPLICATION, unit.refundApplications(), SqlOffice::bind)) {
      return new CommitOutcome.KeyConflict("refund application is decided");
    }
    office(unit);
    records(unit);
    money(unit);
    accounts(unit);
    registry(unit);
    logs(unit);
    return null;
  }

  /// Raises the sites' versions, which locks their rows: servers take turns at a site. In the order of the sites, so that
  /// two servers cannot wait for each other.
  private boolean versions(CommitUnit unit) throws SQLException {
    for (int site : unit.touchedSites()) {
      Long expected = unit.expectedVersions().get(site);
      PreparedStatement raise = statements
          .prepare(expected == null ? SqlRegistry.RAISE_VERSION : SqlRegistry.RAISE_EXPECTED_VERSION);
      raise.setInt(1, site);
      if (expected != null) {
        raise.setLong(2, expected);
      }
      if (raise.executeUpdate() == 0) {
        return false;
      }
    }
    return true;
  }

  /// All rows at once where that suits, else one by one.
  private <T> boolean all(SqlSets<T> atOnce, String each, List<T> rows, Binder<T> binder)
      throws SQLException {
    return atOnce.suits(statements.dialect(), rows)
        ? atOnce.put(statements, rows)
        : all(each, rows, binder);
  }

  private boolean operators(CommitUnit unit) throws SQLException {
    all(SqlOperators.PUT_OPERATOR, unit.operators(), SqlOperators::bind);
    return all(SqlOperators.PUT_SESSION, unit.sessions(), SqlOperators::bind)
        && all(SqlOperators.END_SESSION, unit.sessionEnds(), SqlOperators::bind)
        && all(SqlOperators.PUT_APPROVAL, unit.approvals(), SqlOperators::bind);
  }

  private void office(CommitUnit unit) throws SQLException {
    all(SqlMachines.PUT, unit.machines(), SqlMachines::bind);
    all(SqlMachines.INSERT_NONCE, unit.nonces(), SqlMachines::bind);
    all(SqlMachines.FORGET, unit.oldNonces(), SqlMachines::bind);
    all(SqlOffice.INSERT_NOTICE, unit.notices(), SqlOffice::bind);
    all(SqlOffice.PUT_CONTACT, unit.contacts(), SqlOffice::bind);
  }

  private void records(CommitUnit unit) throws SQLException {
    all(SqlRecords.INSERT_BATCH, unit.batches(), SqlRecords::bind);
    all(SqlRecords.INSERT_KEY, unit.recordKeys(), SqlRecords::bind);
    all(SqlRecords.KEEP_FORK, unit.forks(), SqlRecords::bind);
  }

  private void money(CommitUnit unit) throws SQLException {
    all(SqlMoney.INSERT_TRANSFER, unit.transfers(), SqlMoney::bind);
    all(SqlMoney.INSERT_TRANSACTION, unit.transactions(), SqlMoney::bind);
    all(SqlSales.INSERT_LINE, unit.saleLines(), SqlSales::bind);
    all(SqlMoves.INSERT_NOTE, unit.notes(), SqlMoves::bind);
    all(SqlMoves.INSERT_LINE, unit.transferLines(), SqlMoves::bind);
    all(SqlMoney.INSERT_TILL_REFERENCE, unit.tillReferences(), SqlMoney::bind);
    all(SqlMoney.INSERT_AUTHORIZATION, unit.authorizations(), SqlMoney::bind);
    all(SqlMoney.PUT_HOLD, unit.holds(), SqlMoney::bind);
    all(SqlRecords.PUT_INTENT, unit.intents(), SqlRecords::bind);
    all(SqlExceptions.KEEP_EXCEPTION, unit.exceptions(), SqlExceptions::bind);
    all(SqlMealOrders.PUT, unit.mealOrders(), SqlMealOrders::bind);
    all(SqlMealOrders.PUT_COLLECTION, unit.mealCollections(), SqlMealOrders::bind);
  }

  private void accounts(CommitUnit unit) throws SQLException {
    all(SqlAccounts.PUT_ACCOUNT, unit.accounts(), SqlAccounts::bind);
    all(SqlProfiles.PUT_PROFILE, unit.profiles(), SqlProfiles::bind);
    all(SqlPurses.PUT_PURSE, unit.purses(), SqlPurses::bind);
    all(SqlProfiles.PUT_PASSWORD, unit.passwords(), SqlProfiles::bind);
    all(SqlProfiles.PUT_PERMISSION, unit.permissions(), SqlProfiles::bind);
    all(SqlProfiles.PUT_RELATION, unit.relations(), SqlProfiles::bind);
    all(SqlProfiles.LOG_EVENT, unit.accountEvents(), SqlProfiles::bind);
    all(SqlProfiles.INSERT_IMPORTED, unit.importedAccounts(), SqlProfiles::bind);
    all(SqlAccounts.PUT_CARD, unit.cards(), SqlAccounts::bind);
    all(SqlSets.CHANGES, SqlAccounts.PUT_CHANGE, unit.accountChanges(), SqlAccounts::bind);
    all(SqlAccounts.PUT_DENIAL, unit.denials(), SqlAccounts::bind);
  }

  private void registry(CommitUnit unit) throws SQLException {
    all(SqlRegistry.PUT_SITE, unit.sites(), SqlRegistry::bind);
    all(SqlRegistry.PUT_SETTING, unit.settings(), SqlRegistry::bind);
    all(SqlRegistry.PUT_TERMINAL, unit.terminals(), SqlRegistry::bind);
    all(SqlSales.PUT_PLACE, unit.places(), SqlSales::bind);
    all(SqlConditions.PUT, unit.conditions(), SqlConditions::bind);
    all(SqlRegistry.PUT_TERMINAL_KEY, unit.terminalKeys(), SqlRegistry::bind);
    all(SqlRegistry.PUT_EPOCH, unit.epochs(), SqlRegistry::bind);
    all(SqlRegistry.INSERT_CODE, unit.enrolmentCodes(), SqlRegistry::bind);
  }

  private void logs(CommitUnit unit) throws SQLException {
    all(SqlLogs.INSERT_AUDIT_ROOT, unit.auditRoots(), SqlLogs::bind);
    all(SqlLogs.LOG_SYNC, unit.syncs(), SqlLogs::bind);
    all(SqlLogs.LOG_DEED, unit.deeds(), SqlLogs::bind);
    all(SqlOperators.INSERT_ANSWER, unit.answers(), SqlOperators::bind);
    all(SqlOperators.FORGET_ANSWERS, unit.oldAnswers(), SqlOperators::bind);
  }

  /// @return whether every statement changed a row
  private <T> boolean all(String sql, List<T> rows, Binder<T> binder) throws SQLException {
    if (rows.isEmpty()) {
      return true;
    }
    PreparedStatement statement = statements.prepare(sql);
    for (T row : rows) {
      binder.bind(statement, row);
      statement.addBatch();
    }
    boolean changed = true;
    for (int count : statement.executeBatch()) {
      changed &= count > 0 || count == Statement.SUCCESS_NO_INFO;
    }
    return changed;
  }

  private boolean moveHead(HeadUpdate update) throws SQLException {
    PreparedStatement statement = statements
        .prepare(update.isNew() ? SqlRecords.FIRST_HEAD : SqlRecords.MOVE_HEAD);
    if (update.isNew()) {
      SqlRecords.bindFirst(statement, update.next());
    } else {
      SqlRecords.bindMove(statement, update.next(), update.expected());
    }
    return statement.executeUpdate() == 1;
  }
}

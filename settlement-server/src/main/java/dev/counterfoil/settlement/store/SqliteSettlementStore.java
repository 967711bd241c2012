package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The store in one SQLite file: WAL, `synchronous=FULL`, one writing connection, any number of readers, and a lock
/// that keeps a second server out. A commit unit is one transaction and one fsync.
public final class SqliteSettlementStore implements SettlementStore {

  /// Largest file that is checked from end to end when opened; a larger one takes too long and is checked by command.
  private static final long QUICK_CHECK_BYTES = 64L * 1024 * 1024;
  private static final SqlDialect DIALECT = new SqliteDialect();
  private static final int CACHE_KIB = 64 * 1024;

  private final Path file;
  private final SqliteLock lock;
  private final Connection connection;
  private final SqlStatements statements;
  private final SqlReads reads;
  private final SqlCommit writer;
  private boolean closed;

  private SqliteSettlementStore(Path file, SqliteLock lock, Connection connection) {
    this.file = file;
    this.lock = lock;
    this.connection = connection;
    this.statements = new SqlStatements(connection, DIALECT);
    this.reads = new SqlReads(statements);
    this.writer = new SqlCommit(statements);
  }

  /// Opens a database, or makes one.
  ///
  /// @throws StoreException STORE_LOCKED, STORE_NEWER_SCHEMA, STORE_CHANGED_MIGRATION, STORE_CORRUPT, STORE_FULL,
  ///     STORE_UNREADABLE; the file is unchanged then
  public static SqliteSettlementStore open(Path file) {
    SqliteLock lock = SqliteLock.take(file);
    Connection connection = null;
    try {
      connection = writing(file);
      requireSound(connection, file);
      new SqlMigrations(connection, DIALECT).apply();
      return new SqliteSettlementStore(file, lock, connection);
    } catch (SQLException e) {
      throw abandon(lock, connection, DIALECT.failed("opening " + file, e));
    } catch (IOException e) {
      throw abandon(lock, connection,
          new StoreException(StoreFault.STORE_UNREADABLE, file + ": " + e.getMessage(), e));
    } catch (StoreException e) {
      throw abandon(lock, connection, e);
    }
  }

  private static StoreException abandon(SqliteLock lock, @Nullable Connection connection,
      StoreException cause) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    lock.close();
    return cause;
  }

  private static Connection writing(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setCacheSize(-CACHE_KIB);
    config.enforceForeignKeys(true);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static void requireSound(Connection connection, Path file) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      // A checkpoint every 4,000 pages keeps the write-ahead log short without slowing the commit path.
      statement.execute("PRAGMA wal_autocheckpoint = 4000");
      if (Files.size(file) > QUICK_CHECK_BYTES) {
        return;
      }
      try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
        String verdict = result.next() ? result.getString(1) : "no answer";
        if (!verdict.equals("ok")) {
          throw new StoreException(StoreFault.STORE_CORRUPT, file + ": " + verdict);
        }
      }
    }
  }

  /// A read-only view of a database file that may be in use by a server, for audits. Takes no lock.
  ///
  /// @throws StoreException if it cannot be read
  public static ReadView openReadOnly(Path file) {
    try {
      var config = new SQLiteConfig();
      config.setReadOnly(true);
      return new SqlReads(new SqlStatements(config.createConnection("jdbc:sqlite:" + file), DIALECT));
    } catch (SQLException e) {
      throw DIALECT.failed("opening " + file, e);
    }
  }

  @Override
  public CommitOutcome commit(CommitUnit unit) {
    try {
      connection.setAutoCommit(false);
      CommitOutcome problem = writer.write(unit);
      if (problem != null) {
        rollback(null);
        return problem;
      }
      connection.commit();
      connection.setAutoCommit(true);
      return new CommitOutcome.Committed();
    } catch (SQLException e) {
      rollback(e);
      if (DIALECT.isKeyConflict(e)) {
        return new CommitOutcome.KeyConflict(String.valueOf(e.getMessage()));
      }
      throw DIALECT.failed("committing", e);
    } catch (RuntimeException e) {
      rollback(e);
      throw e;
    }
  }

  private void rollback(@Nullable Exception cause) {
    try {
      statements.forgetBatches();
      try {
        connection.rollback();
      } catch (SQLException e) {
        requireNoTransaction(e);
      }
      try {
        connection.setAutoCommit(true);
      } catch (SQLException e) {
        requireNoTransaction(e);
      }
    } catch (SQLException e) {
      if (cause != null) {
        e.addSuppressed(cause);
      }
      throw DIALECT.failed("rolling back", e);
    }
  }

  /// A full disk makes SQLite roll back by itself; ending the transaction once more is then no failure.
  private static void requireNoTransaction(SQLException e) throws SQLException {
    if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
      throw e;
    }
  }

  @Override
  public ReadView openReader() {
    return openReadOnly(file);
  }

  /// Copies the whole database, consistent as of now, into a new file.
  ///
  /// @throws StoreException STORE_FULL, STORE_IO
  public void backupTo(Path target) {
    // A connection of its own: VACUUM cannot run beside this one's prepared statements.
    try (Connection reader = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        var statement = reader.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, target.toString());
      statement.execute();
    } catch (SQLException e) {
      throw DIALECT.failed("backing up to " + target, e);
    }
  }

  /// Size of the file in pages.
  long pages() {
    return pragma("page_count");
  }

  /// Caps the file's size; a unit that would go beyond it fails with STORE_FULL, as on a full disk.
  void limitPages(long most) {
    pragma("max_page_count = " + most);
  }

  private long pragma(String text) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA " + text)) {
      return result.next() ? result.getLong(1) : 0;
    } catch (SQLException e) {
      throw DIALECT.failed("PRAGMA " + text, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      statements.close();
    }
  }

  @Override
  public List<SiteRow> sites() {
    return reads.sites();
  }

  @Override
  public Optional<SiteRow> site(int site) {
    return reads.site(site);
  }

  @Override
  public Optional<String> setting(int site, String name) {
    return reads.setting(site, name);
  }

  @Override
  public Counters counters(int site) {
    return reads.counters(site);
  }

  @Override
  public Optional<TerminalRow> terminal(int site, int terminal) {
    return reads.terminal(site, terminal);
  }

  @Override
  public Optional<TerminalRow> terminal(TerminalId terminalId) {
    return reads.terminal(terminalId);
  }

  @Override
  public List<TerminalRow> terminals(int site) {
    return reads.terminals(site);
  }

  @Override
  public Optional<HeadRow> head(int site, int terminal) {
    return reads.head(site, terminal);
  }

  @Override
  public List<HeadRow> heads(int site) {
    return reads.heads(site);
  }

  @Override
  public List<TerminalKeyRow> terminalKeys(int site, int terminal) {
    return reads.terminalKeys(site, terminal);
  }

  @Override
  public List<EpochRow> epochs(int site, int terminal) {
    return reads.epochs(site, terminal);
  }

  @Override
  public Optional<EnrolmentCodeRow> enrolmentCode(Hash codeHash) {
    return reads.enrolmentCode(codeHash);
  }

  @Override
  public Optional<RecordKeyRow> recordKey(int site, int terminal, long seq) {
    return reads.recordKey(site, terminal, seq);
  }

  @Override
  public List<RecordKeyRow> recordKeys(int site, int terminal, long fromSeq, long toSeq) {
    return reads.recordKeys(site, terminal, fromSeq, toSeq);
  }

  @Override
  public List<RecordBatchRow> batches(int site, int terminal, long fromSeq, int limit) {
    return reads.batches(site, terminal, fromSeq, limit);
  }

  @Override
  public List<ForkRow> forks(int site, int terminal) {
    return reads.forks(site, terminal);
  }

  @Override
  public Optional<AccountRow> account(int site, long account) {
    return reads.account(site, account);
  }

  @Override
  public List<AccountRow> accounts(int site, long after, int limit) {
    return reads.accounts(site, after, limit);
  }

  @Override
  public Optional<CardRow> card(int site, CardToken token) {
    return reads.card(site, token);
  }

  @Override
  public List<CardRow> cardsOf(int site, long account) {
    return reads.cardsOf(site, account);
  }

  @Override
  public List<CardRow> operatorCards(int site) {
    return reads.operatorCards(site);
  }

  @Override
  public Optional<LedgerAccountRow> ledgerAccount(int site, long ledger) {
    return reads.ledgerAccount(site, ledger);
  }

  @Override
  public Optional<LedgerAccountRow> ledgerAccount(int site, LedgerKind kind, long owner, String asset) {
    return reads.ledgerAccount(site, kind, owner, asset);
  }

  @Override
  public List<LedgerAccountRow> ledgerAccounts(int site) {
    return reads.ledgerAccounts(site);
  }

  @Override
  public List<TransferRow> transfers(int site, long after, int limit) {
    return reads.transfers(site, after, limit);
  }

  @Override
  public List<TransferRow> transfersOf(int site, TransactionId transaction) {
    return reads.transfersOf(site, transaction);
  }

  @Override
  public List<TransactionRow> transactions(int site, Collection<TransactionId> ids) {
    return reads.transactions(site, ids);
  }

  @Override
  public List<TransactionRow> transactionsOf(int site, int terminal, long afterSeq, int limit) {
    return reads.transactionsOf(site, terminal, afterSeq, limit);
  }

  @Override
  public Optional<TransactionRow> reversalOf(int site, TransactionId original) {
    return reads.reversalOf(site, original);
  }

  @Override
  public List<TransactionRow> transactionsOfAccount(int site, long account, long afterTransfer, int limit) {
    return reads.transactionsOfAccount(site, account, afterTransfer, limit);
  }

  @Override
  public Optional<TransactionRow> lastOfAccount(int site, long account, long atMs) {
    return reads.lastOfAccount(site, account, atMs);
  }

  @Override
  public List<TransactionRow> refundsOf(int site, TransactionId original) {
    return reads.refundsOf(site, original);
  }

  @Override
  public Optional<TillReferenceRow> tillReference(int site, int terminal, String reference) {
    return reads.tillReference(site, terminal, reference);
  }

  @Override
  public List<AuthorizationRow> authorizations(int site, Collection<TransactionId> ids) {
    return reads.authorizations(site, ids);
  }

  @Override
  public List<HoldRow> openHolds(int site) {
    return reads.openHolds(site);
  }

  @Override
  public Optional<HoldRow> holdOf(int site, TransactionId transaction) {
    return reads.holdOf(site, transaction);
  }

  @Override
  public MoneyReads money() {
    return reads.money();
  }

  @Override
  public List<IntentRow> openIntents(int site, int terminal) {
    return reads.openIntents(site, terminal);
  }

  @Override
  public List<IntentRow> unaskedIntents(int site, long atMs, int limit) {
    return reads.unaskedIntents(site, atMs, limit);
  }

  @Override
  public List<ExceptionRow> exceptions(int site, boolean openOnly, long after, int limit) {
    return reads.exceptions(site, openOnly, after, limit);
  }

  @Override
  public Optional<ExceptionRow> exception(int site, long exception) {
    return reads.exception(site, exception);
  }

  @Override
  public List<SyncRow> syncs(int site, int terminal, int last) {
    return reads.syncs(site, terminal, last);
  }

  @Override
  public List<AdminRow> deeds(int site, int last) {
    return reads.deeds(site, last);
  }

  @Override
  public Optional<AnswerRow> answer(int site, String caller, String key) {
    return reads.answer(site, caller, key);
  }

  @Override
  public List<OperatorRow> operators(int site) {
    return reads.operators(site);
  }

  @Override
  public Optional<OperatorRow> operator(int site, String name) {
    return reads.operator(site, name);
  }

  @Override
  public Optional<Session.State> session(int site, Hash token) {
    return reads.session(site, token);
  }

  @Override
  public List<Session.State> openSessions(int site, long operator) {
    return reads.openSessions(site, operator);
  }

  @Override
  public Optional<ApprovalRow> approval(int site, long number) {
    return reads.approval(site, number);
  }

  @Override
  public List<ApprovalRow> openApprovals(int site) {
    return reads.openApprovals(site);
  }

  @Override
  public AuditChain auditChain(int site) {
    return reads.auditChain(site);
  }

  @Override
  public List<AuditChain.Link> auditLinks(int site, long after, int limit) {
    return reads.auditLinks(site, after, limit);
  }

  @Override
  public List<AuditRoot.Signed> auditRoots(int site, long after, int limit) {
    return reads.auditRoots(site, after, limit);
  }

  @Override
  public List<AccountChangeRow> accountsChangedAfter(int site, long version, int limit) {
    return reads.accountsChangedAfter(site, version, limit);
  }

  @Override
  public List<DenyRow> deniesChangedAfter(int site, long version, int limit) {
    return reads.deniesChangedAfter(site, version, limit);
  }
}

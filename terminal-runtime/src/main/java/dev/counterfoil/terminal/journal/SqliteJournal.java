package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The journal of a real terminal: one SQLite file in WAL mode with `synchronous=FULL`, tables as in [SqliteSchema].
///
/// A commit is one SQLite transaction and returns after its WAL frames were synced; killed at any other moment, the
/// file holds the unit before. The file is created and checkpointed at enrolment, never on the way. A lock file beside
/// it keeps a second program away. A corrupt file is never deleted: [SqliteSalvage] moves it aside.
///
/// Not thread-safe: owned by the journal writer thread, which blocks here for as long as the medium takes.
public final class SqliteJournal implements JournalStore {

  /// Commits from which [#rest] checkpoints the WAL: about 4 MiB of sales.
  private static final int CHECKPOINT_COMMITS = 400;
  /// Growth of the WAL from which [#rest] checkpoints it, for larger commits than sales. The file is used over and
  /// over and does not shrink, so its size alone says nothing.
  private static final long CHECKPOINT_GROWTH = 4L * 1024 * 1024;

  private final Path file;
  private final FileLease lease;
  private @Nullable Session session;
  private JournalState state;
  /// The newest answer of [#find] until the next write: the sale that follows it starts from there.
  private @Nullable CardUse found;
  private int commitsInWal;
  private long walBytesAtCheckpoint;

  private record Session(Connection connection, SqliteReads reads, SqliteWrites writes,
      UnfoldedNotes notes) {}

  @FunctionalInterface
  private interface Query<T> {
    T run(Session session) throws SQLException;
  }

  private SqliteJournal(Path file, FileLease lease, Session session, JournalState state) {
    this.file = file;
    this.lease = lease;
    this.session = session;
    this.state = state;
  }

  /// Creates an empty journal, readable by its owner only, and makes it durable.
  ///
  /// @param origin what GENESIS follows
  /// @throws StoreException if there is a file already, or it cannot be written
  public static void create(Path file, ChainPosition origin, EpochHeld epoch) {
    create(file, JournalState.enrolled(origin, epoch));
  }

  /// Creates a journal that begins with a given state and no records.
  static void create(Path file, JournalState state) {
    try {
      DurableFiles.ON_DISK.createEmpty(file);
      try (Connection connection = SqliteConnections.create(file)) {
        SqliteSchema.migrate(connection);
        insertState(connection, state);
        SqliteConnections.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      }
      DurableFiles.ON_DISK.syncName(file);
    } catch (SQLException e) {
      throw SqliteErrors.translate("create " + file, e);
    } catch (IOException e) {
      throw new StoreException(StoreFailure.IO_ERROR, "create " + file + ": " + e, e);
    }
  }

  /// Opens an existing journal and takes its lock.
  ///
  /// @throws StoreException with [StoreFailure#ABSENT], [StoreFailure#LOCKED], [StoreFailure#CORRUPT],
  ///     [StoreFailure#NEWER_SCHEMA] or what the medium says
  public static SqliteJournal open(Path file) {
    if (!Files.exists(file)) {
      throw new StoreException(StoreFailure.ABSENT, file.toString());
    }
    var lease = FileLease.take(file);
    try {
      Session session = connect(file);
      return new SqliteJournal(file, lease, session, read(session));
    } catch (StoreException e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public JournalState state() {
    return state;
  }

  @Override
  public void commit(CommitUnit unit) {
    JournalState next = state.after(unit);
    var rows = new HashMap<String, byte[]>();
    StateRows.differences(state, next, rows::put);
    RecordNote note = RecordNote.of(unit);
    boolean beside = note.fitsBeside(unit);
    UnfoldedNotes notes = usable().notes();
    boolean folds = notes.isFull() || !beside && !note.isEmpty();
    write("commit up to record " + next.head().seq(), writes -> {
      if (folds) {
        writes.fold(notes.whole(), state.head().seq());
      }
      writes.insert(unit.records(), beside ? note : RecordNote.NONE);
      writes.put(beside ? RecordNote.NONE : note);
      for (StateChange change : unit.changes()) {
        writes.apply(change);
      }
      writes.putState(rows);
      return writes.moveHead(state, next);
    });
    if (folds) {
      notes.clear();
    }
    notes.add(beside ? note : RecordNote.NONE);
    state = next;
  }

  @Override
  public void prune(PruneAnchor anchor) {
    boolean stored = record(anchor.position().seq())
        .map(record -> record.position().equals(anchor.position()))
        .orElse(false);
    if (!stored || anchor.position().seq() >= state.head().seq()) {
      throw new IllegalArgumentException(
          "anchor " + anchor.position() + " is not a stored record before the head");
    }
    fold();
    long removed = ask("count", session -> session.reads().countUpTo(anchor.position().seq()));
    JournalState next = state.afterPruning(anchor, removed);
    var rows = new HashMap<String, byte[]>();
    StateRows.differences(state, next, rows::put);
    write("prune up to record " + anchor.position().seq(), writes -> {
      writes.deleteUpTo(anchor.position().seq());
      writes.putState(rows);
      return writes.moveHead(state, next);
    });
    state = next;
  }

  @Override
  public JournalState reopen() {
    disconnect();
    found = null;
    walBytesAtCheckpoint = 0;
    session = connect(file);
    state = read(session);
    return state;
  }

  @Override
  public List<JournalRecord> records(long fromSeq, int maxCount, int maxBytes) {
    return ask("records", session -> session.reads().records(fromSeq, maxCount, maxBytes));
  }

  @Override
  public Optional<JournalRecord> record(long seq) {
    return ask("record", session -> session.reads().record(seq));
  }

  @Override
  public List<JournalRecord> freshTail(int count) {
    try (Connection fresh = SqliteConnections.reader(file)) {
      return new SqliteReads(fresh).tail(count);
    } catch (SQLException e) {
      throw SqliteErrors.translate("tail of " + file, e);
    }
  }

  @Override
  public Optional<AccountEntry> account(CardToken token) {
    return ask("account", session -> session.reads().account(token));
  }

  @Override
  public long accountCount() {
    return ask("accounts", session -> session.reads().accountCount());
  }

  @Override
  public boolean denied(CardToken token) {
    return ask("deny list", session -> session.reads().denied(token));
  }

  @Override
  public long spentAfter(long accountId, long asOfSeq) {
    return ask("spends", session -> session.reads().spentAfter(accountId, asOfSeq)
        + session.notes().spentAfter(accountId, asOfSeq));
  }

  @Override
  public CardUse cardUse(CardToken token) {
    CardUse known = found;
    if (known != null && known.token().equals(token)) {
      return known;
    }
    return ask("card use", session -> {
      Optional<CardUse> noted = session.notes().cardUse(token);
      return noted.isPresent() ? noted.get() : session.reads().cardUse(token);
    });
  }

  @Override
  public CardFound find(CardToken token, long settledSeq) {
    CardFound answer = ask("card",
        session -> session.notes().over(session.reads().find(token, settledSeq), token, settledSeq));
    found = answer.use();
    return answer;
  }

  @Override
  public long storedBytes() {
    return size(file) + size(wal());
  }

  /// Folds what was noted beside records, and moves what is in the WAL into the database once it has grown, so that
  /// no commit has to.
  @Override
  public void rest() {
    if (usable().notes().isWorthFolding()) {
      fold();
    }
    if (commitsInWal >= CHECKPOINT_COMMITS || size(wal()) - walBytesAtCheckpoint >= CHECKPOINT_GROWTH) {
      ask("checkpoint", session -> {
        SqliteConnections.run(session.connection(), "PRAGMA wal_checkpoint(RESTART)");
        return true;
      });
      commitsInWal = 0;
      walBytesAtCheckpoint = size(wal());
    }
  }

  private void fold() {
    UnfoldedNotes notes = usable().notes();
    if (!notes.isEmpty()) {
      write("fold notes", writes -> {
        writes.fold(notes.whole(), state.head().seq());
        return writes.moveHead(state, state);
      });
      notes.clear();
    }
  }

  @Override
  public void close() {
    disconnect();
    lease.close();
  }

  @FunctionalInterface
  private interface Write {
    /// @return whether the head stood where it was expected
    boolean run(SqliteWrites writes) throws SQLException;
  }

  private void write(String what, Write write) {
    Session open = usable();
    found = null;
    try {
      open.writes().begin();
      if (!write.run(open.writes())) {
        open.writes().rollback();
        throw new StoreException(StoreFailure.STALE_HEAD, what + ": somebody else wrote to " + file);
      }
      open.writes().commit();
      commitsInWal++;
    } catch (SQLException e) {
      // Whether the unit is durable is now unknown, and the connection's own view may be wrong: only a new
      // connection may say. Nothing is rolled back or tried again here.
      session = null;
      closeQuietly(open);
      throw SqliteErrors.translate(what, e);
    }
  }

  private <T> T ask(String what, Query<T> query) {
    try {
      return query.run(usable());
    } catch (SQLException e) {
      throw SqliteErrors.translate(what + " of " + file, e);
    }
  }

  private Session usable() {
    if (session == null) {
      throw new StoreException(StoreFailure.IO_ERROR, file + " must be re-opened after a fault");
    }
    return session;
  }

  private static Session connect(Path file) {
    try {
      Connection connection = SqliteConnections.writer(file);
      if (!SqliteSchema.isJournal(connection)) {
        connection.close();
        throw new StoreException(StoreFailure.CORRUPT, file + " is not a terminal's journal");
      }
      SqliteSchema.migrate(connection);
      var reads = new SqliteReads(connection);
      return new Session(connection, reads, new SqliteWrites(connection), reads.notes());
    } catch (SQLException e) {
      throw SqliteErrors.translate("open " + file, e);
    }
  }

  private static JournalState read(Session session) {
    try {
      return session.reads().state();
    } catch (SQLException e) {
      throw SqliteErrors.translate("read state", e);
    }
  }

  private static void insertState(Connection connection, JournalState state) throws SQLException {
    try (var head = connection.prepareStatement("""
        INSERT INTO head VALUES (1, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, ?, NULL)""")) {
      head.setLong(1, state.head().seq());
      head.setBytes(2, state.head().hash().bytes());
      head.setLong(3, state.head().turnover());
      head.setLong(4, state.head().seq());
      head.executeUpdate();
    }
    var writes = new SqliteWrites(connection);
    writes.moveHead(state, state);
    writes.putState(StateRows.all(state));
  }

  private void disconnect() {
    Session open = session;
    session = null;
    if (open != null) {
      closeQuietly(open);
    }
  }

  private static void closeQuietly(Session open) {
    try {
      open.connection().close();
    } catch (SQLException _) {
      // The handle is given up either way; what is durable is decided by the files.
    }
  }

  private Path wal() {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  private static long size(Path path) {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException _) {
      // Only a figure for health reports.
      return 0;
    }
  }
}

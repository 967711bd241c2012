package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Rebuilds a journal whose file is corrupt (journal page, section 5, last row). The file is moved aside and kept;
/// every record that can still be read is, from both ends; the new journal takes the longest run that continues the
/// chain from its origin and verifies. What is missing behind it comes back from mirror and server, so the new journal
/// starts barred with [Refusal#ROLLED_BACK] until the server has said where this terminal stood.
public final class SqliteSalvage {

  /// Records committed in one unit of the new journal.
  private static final int UNIT_RECORDS = 500;

  private final TerminalId terminal;
  private final SignatureVerifier signatures;
  private final SigningKeys keys;

  /// What was saved.
  ///
  /// @param aside where the corrupt file lies now
  /// @param readable records that could be read at all
  /// @param head where the new journal ends
  public record Salvaged(Path aside, int readable, ChainPosition head) {}

  public SqliteSalvage(TerminalId terminal, SignatureVerifier signatures, SigningKeys keys) {
    this.terminal = terminal;
    this.signatures = signatures;
    this.keys = keys;
  }

  /// Replaces the corrupt journal at `file`. It must not be open.
  ///
  /// @param enrolled what a journal of this enrolment begins with, for when not even that can be read
  /// @throws StoreException if the medium does not take the new file; the old one is then aside
  public Salvaged rebuild(Path file, JournalState enrolled) {
    Path aside = moveAside(file);
    JournalState old = readState(aside).orElse(enrolled);
    NavigableMap<Long, JournalRecord> readable = readRecords(aside);
    List<JournalRecord> run = verified(old.origin(), readable);
    SqliteJournal.create(file, JournalState.enrolled(old.origin(), epochOf(old, run)));
    try (var journal = SqliteJournal.open(file)) {
      refill(journal, run);
      journal.commit(CommitUnit.ofState(journal.state().head(), carriedOver(old)));
      return new Salvaged(aside, readable.size(), journal.state().head());
    }
  }

  private static Path moveAside(Path file) {
    try {
      int number = 1;
      Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + number);
      while (Files.exists(aside)) {
        number++;
        aside = file.resolveSibling(file.getFileName() + ".corrupt-" + number);
      }
      Files.move(file, aside);
      for (String suffix : List.of("-wal", "-shm")) {
        Path part = file.resolveSibling(file.getFileName() + suffix);
        if (Files.exists(part)) {
          Files.move(part, aside.resolveSibling(aside.getFileName() + suffix));
        }
      }
      return aside;
    } catch (IOException e) {
      throw new StoreException(StoreFailure.IO_ERROR, "move aside " + file + ": " + e, e);
    }
  }

  private static Optional<JournalState> readState(Path aside) {
    try (Connection connection = SqliteConnections.reader(aside)) {
      return Optional.of(new SqliteReads(connection).state());
    } catch (SQLException | StoreException _) {
      // Corrupt as expected: the enrolment's state stands in, the server supplies the rest.
      return Optional.empty();
    }
  }

  private static NavigableMap<Long, JournalRecord> readRecords(Path aside) {
    var found = new TreeMap<Long, JournalRecord>();
    readUntilError(aside, "SELECT bytes FROM record ORDER BY seq", found);
    readUntilError(aside, "SELECT bytes FROM record ORDER BY seq DESC", found);
    return found;
  }

  private static void readUntilError(Path aside, String sql, NavigableMap<Long, JournalRecord> found) {
    try (Connection connection = SqliteConnections.reader(aside);
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        JournalRecord record = SqliteReads.parse(rows.getBytes(1));
        found.putIfAbsent(record.seq(), record);
      }
    } catch (SQLException | StoreException _) {
      // The first page that cannot be read ends this direction; the other one comes from behind it.
    }
  }

  private List<JournalRecord> verified(ChainPosition origin, NavigableMap<Long, JournalRecord> readable) {
    var run = new ArrayList<JournalRecord>();
    ChainPosition head = origin;
    for (JournalRecord record : readable.tailMap(origin.seq(), false).values()) {
      if (!record.previous().equals(head.hash())) {
        break;
      }
      run.add(record);
      head = record.position();
    }
    return signedPart(origin, run);
  }

  /// The run, shortened until its last signature is good: links alone can be made by anybody.
  private List<JournalRecord> signedPart(ChainPosition origin, List<JournalRecord> run) {
    var check = new TailCheck(terminal, signatures, keys);
    Optional<VerificationKey> first = run.stream().findFirst().flatMap(check::ownKey);
    List<JournalRecord> part = first.isPresent() ? run : List.of();
    while (!part.isEmpty()) {
      switch (check.verify(origin, part, first.orElseThrow())) {
        case ChainVerdict.Accepted(var _, var records) -> {
          return records;
        }
        case ChainVerdict.Refused(var _, var index, var _) -> part = part.subList(0, index);
      }
    }
    return List.of();
  }

  private static EpochHeld epochOf(JournalState old, List<JournalRecord> run) {
    if (run.isEmpty() || run.getLast().epoch().equals(old.epoch().id())
        || old.epoch().id().isAfter(run.getLast().epoch())) {
      return old.epoch();
    }
    return new EpochHeld(run.getLast().epoch(), Signed.getDefaultInstance());
  }

  private static void refill(SqliteJournal journal, List<JournalRecord> run) {
    for (int from = 0; from < run.size(); from += UNIT_RECORDS) {
      List<JournalRecord> part = run.subList(from, Math.min(run.size(), from + UNIT_RECORDS));
      var changes = new ArrayList<StateChange>();
      part.forEach(record -> changes.addAll(ReplayedState.of(record)));
      journal.commit(
          new CommitUnit(journal.state().head(), part.getLast().position(), part, changes));
    }
  }

  private static List<StateChange> carriedOver(JournalState old) {
    var changes = new ArrayList<StateChange>();
    if (old.ack().isPresent()) {
      changes.add(new StateChange.AckStored(old.ack()));
    }
    changes.add(new StateChange.Started(old.boots().count(), old.boots().last()));
    changes.add(new StateChange.HardwareCounted(old.hardwareCount()));
    changes.add(new StateChange.RunTimeTicked(old.runTime()));
    changes.add(new StateChange.OfflineUsed(old.offlineUse()));
    changes.add(new StateChange.DeclineHeld(old.heldDecline()));
    changes.add(new StateChange.Locked(old.locked()));
    changes.add(new StateChange.Barred(Optional.of(Refusal.ROLLED_BACK)));
    return changes;
  }
}

package dev.counterfoil.terminal.app;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.terminal.core.JournalDesk;
import dev.counterfoil.terminal.enrolment.Identity;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.MirrorFile;
import dev.counterfoil.terminal.journal.RecoveryAction;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.journal.SigningKeys;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.journal.SqliteSalvage;
import dev.counterfoil.terminal.journal.StoreException;
import dev.counterfoil.terminal.journal.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal of a running terminal: opened, verified, brought to the end of its own chain. All of it on the journal
/// thread.
///
/// @param desk    does the core's requests
/// @param state   as found
/// @param started how the run begins, with why nothing can be sold yet
record OpenJournal(SqliteJournal journal, MirrorFile mirror, JournalDesk desk, JournalState state,
    JournalRecovery.Started started) implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenJournal.class);

  /// Less than a page of the database and a frame of its log: nothing can be written.
  private static final long LEAST_SPACE_BYTES = 64 * 1024;

  /// Where it lies and how much it may hold.
  record Place(Path journal, Path mirror, JournalSettings settings) {

    static Place of(Path data, TerminalConfig.Journal config) {
      return new Place(data.resolve(config.path()), data.resolve(config.mirror()),
          JournalSettings.DEFAULT.withCapacity(config.capacity())
              .withReferenceRecords(config.referenceRecords()));
    }

    /// A mirror on another medium is worth keeping whole records in.
    private boolean mirrorsBytes() {
      try {
        return Files.exists(mirror.toAbsolutePath().getParent())
            && !Files.getFileStore(journal.toAbsolutePath().getParent())
                .equals(Files.getFileStore(mirror.toAbsolutePath().getParent()));
      } catch (IOException e) {
        LOG.warn("event=mirror_medium_unknown cause=\"{}\"", e.toString());
        return false;
      }
    }
  }

  /// A corrupt database is moved aside and rebuilt from what can be read; the server then supplies the rest.
  ///
  /// @throws StartException with the code of what no later retry of this run can mend
  static OpenJournal open(Place place, Identity identity, SigningKeys keys, SignatureVerifier signatures,
      BootId boot,
      String software) throws StartException {
    OpenJournal opened = begin(place, store(place, identity, keys, signatures), identity, keys,
        signatures, boot,
        software);
    if (!opened.isBroken()) {
      return opened;
    }
    // The file opens, its records do not verify: only reading them showed it.
    opened.close();
    return begin(place, rebuilt(place, identity, keys, signatures), identity, keys, signatures, boot,
        software);
  }

  /// Two contradicting copies are for a person to judge; a broken chain is rebuilt.
  private boolean isBroken() {
    return started.refusal().filter(Refusal.CHAIN_BROKEN::equals).isPresent()
        && !(started.action() instanceof RecoveryAction.Contradiction);
  }

  private static OpenJournal begin(Place place, SqliteJournal journal, Identity identity, SigningKeys keys,
      SignatureVerifier signatures, BootId boot, String software) {
    var mirror = new MirrorFile(place.mirror(), place.mirrorsBytes());
    var writer = new JournalWriter(journal, mirror, identity.terminal(), keys, signatures,
        place.settings());
    var recovery = new JournalRecovery(journal, writer);
    var started = recovery.start(boot, software);
    writer.fault().ifPresent(
        fault -> LOG.warn("event=journal_fault code={} detail=\"{}\"", fault.refusal(), fault.detail()));
    LOG.info("event=journal_open head={} records={} unsent={} clean={} recovery={} refusal={}",
        journal.state().head().seq(), journal.state().recordCount(), journal.state().unsent(),
        started.clean(),
        started.action().getClass().getSimpleName(), started.refusal().map(Enum::name).orElse("none"));
    return new OpenJournal(journal, mirror, new JournalDesk(writer, recovery, journal), writer.state(),
        started);
  }

  private static SqliteJournal store(Place place, Identity identity, SigningKeys keys,
      SignatureVerifier signatures)
      throws StartException {
    try {
      return SqliteJournal.open(place.journal());
    } catch (StoreException e) {
      if (e.failure() != StoreFailure.CORRUPT) {
        throw refused(place.journal(), e);
      }
      LOG.warn("event=journal_corrupt detail=\"{}\"", e.getMessage());
      return rebuilt(place, identity, keys, signatures);
    }
  }

  private static SqliteJournal rebuilt(Place place, Identity identity, SigningKeys keys,
      SignatureVerifier signatures)
      throws StartException {
    try {
      var saved = new SqliteSalvage(identity.terminal(), signatures, keys).rebuild(place.journal(),
          JournalState.enrolled(identity.origin(), identity.epoch()));
      LOG.warn("event=journal_rebuilt aside={} readable={} head={}", saved.aside(), saved.readable(),
          saved.head().seq());
      return SqliteJournal.open(place.journal());
    } catch (StoreException e) {
      throw refused(place.journal(), e);
    }
  }

  private static StartException refused(Path journal, StoreException e) {
    String said = String.valueOf(e.getMessage());
    return switch (e.failure()) {
      case LOCKED -> new StartException("TERMINAL_LOCKED", said, e);
      case ABSENT -> new StartException("JOURNAL_MISSING",
          journal + " is not there; put it back, or enrol again: counterfoil enrol --again", e);
      case NEWER_SCHEMA -> new StartException("JOURNAL_NEWER", said, e);
      case DISK_FULL -> new StartException("DISK_FULL", said, e);
      case READ_ONLY -> new StartException("READ_ONLY", said, e);
      // What SQLite says on a full disk depends on which of its files could not grow, so the disk itself is asked too.
      case IO_ERROR, CORRUPT, STALE_HEAD ->
        new StartException(isFull(journal) ? "DISK_FULL" : "JOURNAL_UNREADABLE", said, e);
    };
  }

  private static boolean isFull(Path journal) {
    try {
      return Files.getFileStore(journal.toAbsolutePath().getParent()).getUsableSpace() < LEAST_SPACE_BYTES;
    } catch (IOException e) {
      LOG.debug("event=space_unknown", e);
      return false;
    }
  }

  @Override
  public void close() {
    mirror.close();
    journal.close();
  }
}

package dev.counterfoil.terminal.enrolment;

import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.MirrorFile;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.journal.StoreException;
import dev.counterfoil.terminal.journal.StoreFailure;
import dev.counterfoil.terminal.journal.WriteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Begins the journal of a terminal just enrolled: moves an earlier one aside, creates the database, writes GENESIS.
final class JournalBeginning {

  private final Enrolment.Place place;

  JournalBeginning(Enrolment.Place place) {
    this.place = place;
  }

  /// Refuses while a terminal runs on the journal that would be moved aside.
  void requireIdle() throws EnrolmentException {
    if (!Files.exists(place.journal())) {
      return;
    }
    try (var journal = SqliteJournal.open(place.journal())) {
      journal.state();
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.LOCKED) {
        throw new EnrolmentException(EnrolmentException.TERMINAL_LOCKED,
            "stop the terminal first: " + e.getMessage());
      }
      // Whatever else is wrong with the old journal, it is kept and a new one begun.
    }
  }

  void begin(Identity identity, Signer signer, SignatureVerifier signatures, String software, Genesis genesis,
      long wallMillis) throws IOException, EnrolmentException {
    try {
      moveAside();
      Files.createDirectories(place.journal().toAbsolutePath().getParent());
      SqliteJournal.create(place.journal(), identity.origin(), identity.epoch());
      write(identity, signer, signatures, software, genesis, wallMillis);
    } catch (StoreException e) {
      throw new EnrolmentException(EnrolmentException.DATA_UNWRITABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private void write(Identity identity, Signer signer, SignatureVerifier signatures, String software,
      Genesis genesis, long wallMillis) throws EnrolmentException {
    var now = new RecordCircumstances(wallMillis, TimeQuality.LOCAL_CLOCK, 0, 0, 0);
    try (var journal = SqliteJournal.open(place.journal());
        var mirror = new MirrorFile(place.mirror(), false)) {
      var writer = new JournalWriter(journal, mirror, identity.terminal(), Optional.of(signer), signatures,
          JournalSettings.DEFAULT);
      new JournalRecovery(journal, writer).start(BootId.of(genesis.getBootId().toByteArray()), software);
      if (!(writer.append(Entry.of(RecordKind.GENESIS, genesis), now) instanceof WriteResult.Committed)) {
        throw new EnrolmentException(EnrolmentException.DATA_UNWRITABLE,
            "first record: " + writer.fault().map(JournalWriter.Fault::detail).orElse("refused"));
      }
      writer.stop(now);
    }
  }

  /// An earlier journal holds records that may exist nowhere else, so it is kept beside the new one.
  private void moveAside() throws IOException {
    int number = 1;
    while (Files.exists(aside(place.journal(), "", number))
        || Files.exists(aside(place.mirror(), "", number))) {
      number++;
    }
    for (String part : List.of("", "-wal", "-shm")) {
      move(place.journal(), part, number);
    }
    move(place.mirror(), "", number);
  }

  private static void move(Path file, String part, int number) throws IOException {
    Path source = file.resolveSibling(file.getFileName() + part);
    if (Files.exists(source)) {
      Files.move(source, aside(file, part, number));
    }
  }

  private static Path aside(Path file, String part, int number) {
    return file.resolveSibling(file.getFileName() + ".before-" + number + part);
  }
}

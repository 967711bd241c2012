package dev.counterfoil.sim.hosted;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.sim.load.LoadTerminal;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.terminal.core.JournalAnswer;
import dev.counterfoil.terminal.core.JournalDesk;
import dev.counterfoil.terminal.core.JournalRequest;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.EpochHeld;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalSettings;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.MirrorFile;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.journal.WriteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The journal of one hosted terminal on the real disk, put together as a terminal puts it together. One thread.
final class HostedJournal implements AutoCloseable {

  private static final String SOFTWARE = "counterfoil-hosted";

  private final SqliteJournal store;
  private final JournalWriter writer;
  private final JournalDesk desk;

  private HostedJournal(SqliteJournal store, JournalWriter writer, JournalDesk desk) {
    this.store = store;
    this.writer = writer;
    this.desk = desk;
  }

  /// Creates the journal of a freshly enrolled terminal with its GENESIS, and begins its first run.
  ///
  /// @param folder created; `journal.db` and its mirror go there
  static HostedJournal create(Path folder, LoadTerminal.Enrolled identity, Signed offer, BootId boot,
      SignatureVerifier signatures, RecordCircumstances now) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("journal.db");
    SqliteJournal.create(file, identity.origin(), new EpochHeld(identity.epoch(), offer));
    SqliteJournal store = SqliteJournal.open(file);
    var writer = new JournalWriter(store, new MirrorFile(folder.resolve("journal.mirror"), false),
        identity.trust().terminal(), Optional.of(identity.signer()), signatures, JournalSettings.DEFAULT);
    var recovery = new JournalRecovery(store, writer);
    recovery.start(boot, SOFTWARE);
    var genesis = Genesis.newBuilder().setBoardSerial(identity.boardSerial())
        .setBootId(ByteString.copyFrom(boot.bytes())).setSoftware(SOFTWARE).build();
    WriteResult written = writer
        .append(new Entry(RecordDraft.of(RecordKind.GENESIS, genesis), _ -> List.of()), now);
    if (!(written instanceof WriteResult.Committed)) {
      throw new IOException("GENESIS was not written: " + written);
    }
    return new HostedJournal(store, writer, new JournalDesk(writer, recovery, store));
  }

  JournalAnswer handle(JournalRequest request) {
    return desk.handle(request);
  }

  JournalState state() {
    return writer.state();
  }

  Optional<Refusal> refusal() {
    return writer.refusal();
  }

  @Override
  public void close() {
    store.close();
  }
}

package dev.counterfoil.sim.hosted;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.sim.load.LoadTerminal;
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
import dev.counterfoil.terminal.journal.SigningKeys;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.journal.WriteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The journal of one terminal on the real disk, put together as a terminal puts it together. One thread.
public final class HostedJournal implements AutoCloseable {

  private static final String FILE = "journal.db";
  private static final String MIRROR = "journal.mirror";
  private static final String SOFTWARE = "counterfoil-hosted";

  private final SqliteJournal store;
  private final MirrorFile mirror;
  private final JournalWriter writer;
  private final JournalDesk desk;

  private HostedJournal(Path folder, TerminalId terminal, SigningKeys keys, BootId boot,
      SignatureVerifier signatures) {
    store = SqliteJournal.open(folder.resolve(FILE));
    mirror = new MirrorFile(folder.resolve(MIRROR), false);
    writer = new JournalWriter(store, mirror, terminal, keys, signatures, JournalSettings.DEFAULT);
    var recovery = new JournalRecovery(store, writer);
    recovery.start(boot, SOFTWARE);
    desk = new JournalDesk(writer, recovery, store);
  }

  /// Begins a run on the journal of a terminal that is switched off.
  ///
  /// @param folder with `journal.db` and its mirror
  /// @param keys   the terminal's
  public static HostedJournal open(Path folder, TerminalId terminal, SigningKeys keys, BootId boot,
      SignatureVerifier signatures) {
    return new HostedJournal(folder, terminal, keys, boot, signatures);
  }

  /// Creates the journal of a freshly enrolled terminal with its GENESIS, and begins its first run.
  ///
  /// @param folder created; `journal.db` and its mirror go there
  public static HostedJournal create(Path folder, LoadTerminal.Enrolled identity, Signed offer, BootId boot,
      SignatureVerifier signatures, RecordCircumstances now) throws IOException {
    Files.createDirectories(folder);
    SqliteJournal.create(folder.resolve(FILE), identity.origin(), new EpochHeld(identity.epoch(), offer));
    var journal = open(folder, identity, boot, signatures);
    var genesis = Genesis.newBuilder().setBoardSerial(identity.boardSerial())
        .setBootId(ByteString.copyFrom(boot.bytes())).setSoftware(SOFTWARE).build();
    WriteResult written = journal.writer
        .append(new Entry(RecordDraft.of(RecordKind.GENESIS, genesis), _ -> List.of()), now);
    if (!(written instanceof WriteResult.Committed)) {
      journal.close();
      throw new IOException("GENESIS was not written: " + written);
    }
    return journal;
  }

  static HostedJournal open(Path folder, LoadTerminal.Enrolled identity, BootId boot,
      SignatureVerifier signatures) {
    return open(folder, identity.trust().terminal(), SigningKeys.fixed(Optional.of(identity.signer())), boot,
        signatures);
  }

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  public JournalAnswer handle(JournalRequest request) {
    return desk.handle(request);
  }

  public JournalState state() {
    return writer.state();
  }

  /// Why no sale can be written now.
  public Optional<Refusal> refusal() {
    return writer.refusal();
  }

  @Override
  public void close() {
    mirror.close();
    store.close();
  }
}

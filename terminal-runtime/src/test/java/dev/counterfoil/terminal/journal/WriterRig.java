package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.ENROLLED;
import static dev.counterfoil.terminal.journal.JournalFixture.TERMINAL;
import static dev.counterfoil.terminal.journal.JournalFixture.at;
import static dev.counterfoil.terminal.journal.JournalFixture.genesis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A writer over a real database and mirror in one directory, with a signer that remembers what it signed.
final class WriterRig implements AutoCloseable {

  final Path database;
  final Path mirrorPath;
  final RecordingSigner signer = new RecordingSigner(JournalFixture.SIGNER);
  final FaultyStore store;
  final MirrorFile mirror;
  final JournalWriter writer;
  final JournalRecovery recovery;

  private static int boots;

  private WriterRig(Path directory, boolean mirrorsBytes, JournalSettings settings, Optional<Signer> key) {
    this(directory, mirrorsBytes, settings, recording -> SigningKeys.fixed(key.map(_ -> recording)));
  }

  private WriterRig(Path directory, boolean mirrorsBytes, JournalSettings settings,
      Function<Signer, SigningKeys> keys) {
    database = directory.resolve("journal.db");
    mirrorPath = directory.resolve("journal.mirror");
    store = new FaultyStore(SqliteJournal.open(database));
    mirror = new MirrorFile(mirrorPath, mirrorsBytes);
    writer = new JournalWriter(store, mirror, TERMINAL, keys.apply(signer), new StrictVerifier(), settings);
    recovery = new JournalRecovery(store, writer);
  }

  /// A terminal just enrolled: started, GENESIS written.
  static WriterRig enrolled(Path directory) {
    return enrolled(directory, JournalSettings.DEFAULT);
  }

  static WriterRig enrolled(Path directory, JournalSettings settings) {
    SqliteJournal.create(directory.resolve("journal.db"), ENROLLED);
    var rig = new WriterRig(directory, false, settings, Optional.of(JournalFixture.SIGNER));
    rig.start();
    assertThat(rig.writer.append(genesis(), at(0))).isInstanceOf(WriteResult.Committed.class);
    return rig;
  }

  /// The program on what lies in the directory; not started yet.
  static WriterRig open(Path directory) {
    return new WriterRig(directory, false, JournalSettings.DEFAULT, Optional.of(JournalFixture.SIGNER));
  }

  static WriterRig openWith(Path directory, SigningKeys keys) {
    return new WriterRig(directory, true, JournalSettings.DEFAULT, _ -> keys);
  }

  static WriterRig openMirroringBytes(Path directory) {
    return new WriterRig(directory, true, JournalSettings.DEFAULT, Optional.of(JournalFixture.SIGNER));
  }

  static WriterRig openWithoutKey(Path directory) {
    return new WriterRig(directory, false, JournalSettings.DEFAULT, Optional.empty());
  }

  JournalRecovery.Started start() {
    return recovery.start(new BootId(0, ++boots), "test");
  }

  /// Sells once and expects it to be durable.
  JournalRecord sell(long minor, long bootMillis) {
    return committed(writer.append(JournalFixture.sale(minor), at(bootMillis))).record();
  }

  static WriteResult.Committed committed(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Committed.class);
    return (WriteResult.Committed) result;
  }

  static Refusal refused(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Refused.class);
    return ((WriteResult.Refused) result).reason();
  }

  List<JournalRecord> records() {
    return store.records(1, 100_000, Integer.MAX_VALUE);
  }

  List<RecordKind> kinds() {
    return records().stream().map(record -> record.kind().orElseThrow()).toList();
  }

  /// Every stored record continues the chain and every signature is good.
  void assertChainIsSound() {
    var bytes = new ArrayList<byte[]>();
    records().forEach(record -> bytes.add(record.bytes()));
    var state = store.state();
    var from = new ChainState(TERMINAL, state.origin(), records().getFirst().epoch(), signer.key());
    var verdict = new ChainVerifier(new StrictVerifier()).verifyEach(from, _ -> true, bytes);
    assertThat(verdict).isInstanceOfSatisfying(ChainVerdict.Accepted.class,
        accepted -> assertThat(accepted.state().head()).isEqualTo(state.head()));
  }

  @Override
  public void close() {
    mirror.close();
    store.close();
  }

  /// Keeps the sequence number in every message it signs.
  static final class RecordingSigner implements Signer {
    private static final int SEQ_AT = 44;

    final List<Long> signed = new ArrayList<>();
    private final Signer signer;
    boolean broken;

    RecordingSigner(Signer signer) {
      this.signer = signer;
    }

    @Override
    public VerificationKey key() {
      return signer.key();
    }

    @Override
    public byte[] sign(byte[] message) {
      if (broken) {
        throw new SignerException("secure element does not answer", new IllegalStateException("scripted"));
      }
      int domain = dev.counterfoil.protocol.crypto.Domain.RECORD.length();
      signed.add(java.nio.ByteBuffer.wrap(message).getLong(domain + SEQ_AT));
      return signer.sign(message);
    }
  }
}

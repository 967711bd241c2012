package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.at;
import static dev.counterfoil.terminal.journal.JournalFixture.sale;
import static dev.counterfoil.terminal.journal.JournalFixture.signed;
import static dev.counterfoil.terminal.journal.JournalFixture.signer;
import static dev.counterfoil.terminal.journal.WriterRig.committed;
import static dev.counterfoil.terminal.journal.WriterRig.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.KeyRotations;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import dev.counterfoil.terminal.secret.MemorySecrets;
import dev.counterfoil.terminal.secret.MemorySecrets.PowerCut;
import dev.counterfoil.terminal.secret.RotatingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A terminal changes its signing key: cut short anywhere, on older images, and against records from elsewhere.
class KeyRotationTest {

  private static final EpochHeld NEXT_EPOCH = new EpochHeld(new EpochId(2, 77), signed("offer-2"));
  /// Writes of a rotation to the key folder: next.key, earlier.keys, record.key, next.key gone.
  private static final int WRITES = 4;

  @TempDir
  Path directory;

  private MemorySecrets files = MemorySecrets.of(seed(1));
  private final List<WriterRig> rigs = new ArrayList<>();
  private int nextSeed = 2;

  @AfterEach
  void switchOff() {
    rigs.forEach(WriterRig::close);
    rigs.clear();
  }

  private static byte[] seed(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return seed;
  }

  private RotatingKeys keys() {
    try {
      return RotatingKeys.open(files, () -> seed(nextSeed++));
    } catch (KeyFaultException e) {
      throw new AssertionError(e);
    }
  }

  private WriterRig run(Path folder) {
    var rig = WriterRig.openWith(folder, keys());
    rigs.add(rig);
    return rig;
  }

  /// A terminal that has sold once.
  private WriterRig enrolled(Path folder) {
    WriterRig.enrolled(folder).close();
    var rig = run(folder);
    assertThat(rig.start().refusal()).isEmpty();
    rig.sell(100, 1);
    return rig;
  }

  private static long rotations(WriterRig rig) {
    return rig.kinds().stream().filter(RecordKind.KEY_ROTATE::equals).count();
  }

  private static VerificationKey lastKey(WriterRig rig) {
    var last = rig.records().getLast();
    return List.of(1, 2, 3, 4, 5).stream().map(number -> signer(number).key())
        .filter(key -> key.id().equals(last.keyId())).findFirst().orElseThrow();
  }

  @Test
  void theNewKeySignsWhatFollowsItsRecordAndTheOldOneTheRecordItself() {
    var rig = enrolled(directory);

    JournalRecord rotation = committed(rig.writer.rotate(at(2))).record();
    rig.sell(200, 3);

    assertThat(rotation.kind()).contains(RecordKind.KEY_ROTATE);
    assertThat(rotation.keyId()).isEqualTo(signer(1).key().id());
    assertThat(lastKey(rig)).isEqualTo(signer(2).key());
    rig.assertChainIsSound();
    assertThat(files.has(KeyFolder.NEXT_KEY)).isFalse();
  }

  @Test
  void aRunAfterTheRotationVerifiesTheTailOverItAndGoesOnWithTheNewKey() {
    var rig = enrolled(directory);
    committed(rig.writer.rotate(at(2)));
    rig.sell(200, 3);
    committed(rig.writer.rotate(at(4)));
    switchOff();

    var next = run(directory);
    assertThat(next.start().refusal()).isEmpty();
    next.sell(300, 1);
    next.writer.rest(at(2));

    assertThat(lastKey(next)).isEqualTo(signer(3).key());
    next.assertChainIsSound();
  }

  @Test
  void aPowerCutAtEveryWriteLeavesATerminalThatGoesOnAndCanRotate() throws IOException {
    for (int write = 0; write < WRITES; write++) {
      for (boolean after : List.of(false, true)) {
        recovers(write, after, WRITES, false);
      }
    }
  }

  @Test
  void aSecondPowerCutDuringTheRecoveryLosesNothingEither() throws IOException {
    for (int write = 1; write < WRITES; write++) {
      for (int again = 0; again < WRITES - 1; again++) {
        recovers(write, false, again, false);
        recovers(write, true, again, true);
      }
    }
  }

  private void recovers(int write, boolean after, int again, boolean againAfter) throws IOException {
    String cut = write + (after ? " after" : " before") + ", then " + again;
    Path folder = Files.createTempDirectory(directory, "cut");
    files = MemorySecrets.of(seed(1));
    nextSeed = 2;
    var rig = enrolled(folder);
    files.cutAt(write, after);
    assertThatExceptionOfType(PowerCut.class).isThrownBy(() -> rig.writer.rotate(at(2)));
    switchOff();

    files = files.copy();
    files.cutAt(again, againAfter);
    try {
      run(folder).start();
    } catch (PowerCut _) {
      switchOff();
    }
    switchOff();
    files = files.copy();
    var next = run(folder);
    assertThat(next.start().refusal()).as(cut).isEmpty();
    next.sell(300, 1);
    boolean rotated = write > 0;
    assertThat(rotations(next)).as(cut).isEqualTo(rotated ? 1 : 0);
    assertThat(lastKey(next)).as(cut).isEqualTo(signer(rotated ? 2 : 1).key());
    committed(next.writer.rotate(at(2)));
    next.sell(400, 3);
    next.assertChainIsSound();
    assertThat(lastKey(next)).as(cut + ": a prepared key is used, not lost")
        .isEqualTo(signer(rotated || !after ? 3 : 2).key());
    assertThat(files.has(KeyFolder.NEXT_KEY)).as(cut).isFalse();
    switchOff();
  }

  @Test
  void aKeyFolderThatTakesNothingEndsTheRotationBeforeItBegins() {
    var rig = enrolled(directory);
    files.takesOnly(0);

    assertThat(refused(rig.writer.rotate(at(2)))).isEqualTo(Refusal.KEY_MISSING);

    rig.sell(200, 3);
    assertThat(rotations(rig)).isZero();
    rig.assertChainIsSound();
  }

  @Test
  void filesThatLagBehindTheChainAreCompletedBeforeAnotherRotationWherePowerMayGoToo() throws IOException {
    for (int write = 0; write < WRITES - 1 + WRITES; write++) {
      Path folder = Files.createTempDirectory(directory, "late");
      files = MemorySecrets.of(seed(1));
      nextSeed = 2;
      var rig = enrolled(folder);
      files.takesOnly(1);
      committed(rig.writer.rotate(at(2)));
      rig.sell(200, 3);
      assertThat(refused(rig.writer.rotate(at(4)))).isEqualTo(Refusal.KEY_MISSING);

      files.takesOnly(Integer.MAX_VALUE);
      files.cutAt(write, true);
      assertThatExceptionOfType(PowerCut.class).isThrownBy(() -> rig.writer.rotate(at(5)));
      switchOff();

      files = files.copy();
      var next = run(folder);
      assertThat(next.start().refusal()).as("cut at write %d", write).isEmpty();
      next.sell(300, 1);
      next.assertChainIsSound();
      boolean again = write >= WRITES;
      assertThat(lastKey(next)).isEqualTo(signer(again ? 3 : 2).key());
      switchOff();
    }
  }

  @Test
  void aRotationInDoubtIsSettledByWhatTheJournalHolds() throws IOException {
    for (var moment : FaultyStore.Moment.values()) {
      Path folder = Files.createTempDirectory(directory, "doubt");
      files = MemorySecrets.of(seed(1));
      nextSeed = 2;
      var rig = enrolled(folder);
      rig.store.failNext(1, StoreFailure.IO_ERROR, moment);
      assertThat(rig.writer.rotate(at(2))).isInstanceOfSatisfying(WriteResult.Refused.class,
          result -> assertThat(result.inDoubt()).isTrue());

      assertThat(rig.writer.reopen().refusal()).isEmpty();
      rig.sell(200, 3);

      boolean landed = moment == FaultyStore.Moment.AFTER_IT_IS_DURABLE;
      assertThat(lastKey(rig)).isEqualTo(signer(landed ? 2 : 1).key());
      rig.assertChainIsSound();
      switchOff();
    }
  }

  /// The journal as it was before a rotation, with the key files as they are now.
  private List<JournalRecord> onAnOlderImage() throws IOException {
    enrolled(directory);
    switchOff();
    Files.copy(directory.resolve("journal.db"), directory.resolve("image"));
    var rig = run(directory);
    rig.start();
    committed(rig.writer.rotate(at(2)));
    rig.sell(200, 3);
    var all = rig.records();
    switchOff();
    Files.move(directory.resolve("image"), directory.resolve("journal.db"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.delete(directory.resolve("journal.mirror"));
    return all;
  }

  @Test
  void anImageFromBeforeTheRotationSellsNothingUntilTheRotationIsBack() throws IOException {
    var all = onAnOlderImage();

    var rig = run(directory);
    assertThat(rig.start().refusal()).contains(Refusal.ROLLED_BACK);
    assertThat(refused(rig.recovery.adopt(NEXT_EPOCH, at(1)))).as("nobody has the rotation")
        .isEqualTo(Refusal.ROLLED_BACK);
    assertThat(refused(rig.writer.append(sale(5), at(2)))).isEqualTo(Refusal.ROLLED_BACK);

    committed(rig.recovery.reinsert(all));
    committed(rig.recovery.adopt(NEXT_EPOCH, at(3)));
    rig.sell(500, 4);
    rig.assertChainIsSound();
    assertThat(rig.records().subList(0, all.size())).isEqualTo(all);
  }

  @Test
  void recordsFromElsewhereBeginWithTheKeyThatTheLocalRecordSaysNotWithTheirOwn() {
    var rig = enrolled(directory);
    committed(rig.writer.rotate(at(2)));
    // Somebody has got hold of the old key: good once, worth nothing behind the rotation.
    var forged = sealed(rig.writer.state().head(), sale(9).draft(), signer(1));

    assertThat(rig.recovery.reinsert(List.of(forged))).isInstanceOfSatisfying(WriteResult.Rejected.class,
        rejected -> assertThat(rejected.reason()).isEqualTo(ReasonCode.UNKNOWN_KEY));
  }

  @Test
  void aRunThatEndsOnAKeyOfSomebodyElseIsNotPutBack() {
    var rig = enrolled(directory);
    var rotation = RecordDraft.of(RecordKind.KEY_ROTATE,
        KeyRotations.body(JournalFixture.TERMINAL, signer(66)));
    var takeover = sealed(rig.writer.state().head(), rotation, signer(1));

    assertThat(rig.recovery.reinsert(List.of(takeover))).isInstanceOfSatisfying(WriteResult.Rejected.class,
        rejected -> assertThat(rejected.reason()).isEqualTo(ReasonCode.UNKNOWN_KEY));
    rig.sell(200, 3);
    rig.assertChainIsSound();
  }

  @Test
  void keyFilesOlderThanTheJournalAreToldApartFromABrokenChain() {
    MemorySecrets old = files.copy();
    var rig = enrolled(directory);
    committed(rig.writer.rotate(at(2)));
    rig.sell(200, 3);
    switchOff();
    files = old;

    var next = run(directory);
    assertThat(next.start().refusal()).contains(Refusal.UNKNOWN_KEY);
    assertThat(refused(next.writer.append(sale(5), at(1)))).isEqualTo(Refusal.UNKNOWN_KEY);
  }

  @Test
  void aMirrorWithBytesBringsTheRotationBackByItself() throws IOException {
    enrolled(directory);
    switchOff();
    Files.copy(directory.resolve("journal.db"), directory.resolve("image"));
    var rig = run(directory);
    rig.start();
    committed(rig.writer.rotate(at(2)));
    rig.sell(200, 3);
    var all = rig.records();
    rig.mirror.close();
    switchOff();
    Files.move(directory.resolve("image"), directory.resolve("journal.db"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    var next = run(directory);
    next.start();
    assertThat(next.records()).isEqualTo(all);
    committed(next.recovery.adopt(NEXT_EPOCH, at(1)));
    next.sell(300, 2);
    next.assertChainIsSound();
  }

  @Test
  void salvageReadsOverARotation() {
    var rig = enrolled(directory);
    committed(rig.writer.rotate(at(2)));
    rig.sell(200, 3);
    var all = rig.records();
    switchOff();

    new SqliteSalvage(JournalFixture.TERMINAL, new StrictVerifier(), keys())
        .rebuild(directory.resolve("journal.db"), JournalFixture.ENROLLED);

    var next = run(directory);
    assertThat(next.start().refusal()).contains(Refusal.ROLLED_BACK);
    assertThat(next.records()).isEqualTo(all);
  }

  @Test
  void aLockOutlivesTheRunAndStopsNothingButSales() {
    var rig = enrolled(directory);
    committed(rig.writer.keep(List.of(new StateChange.Locked(true))));
    switchOff();

    var next = run(directory);
    assertThat(next.start().refusal()).contains(Refusal.LOCKED);
    assertThat(refused(next.writer.append(sale(5), at(1)))).isEqualTo(Refusal.LOCKED);
    committed(next.writer.append(JournalFixture.health(), at(2)));
    committed(next.writer.rotate(at(3)));
    committed(next.writer.keep(List.of(new StateChange.Locked(false))));
    next.sell(200, 4);
    next.assertChainIsSound();
  }

  private static JournalRecord sealed(ChainPosition head, RecordDraft draft, Signer key) {
    return new RecordSealer(JournalFixture.TERMINAL).seal(head, JournalFixture.EPOCH.id(), at(9), draft, key);
  }
}

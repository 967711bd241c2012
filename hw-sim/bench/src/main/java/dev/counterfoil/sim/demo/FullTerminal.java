package dev.counterfoil.sim.demo;

import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.sim.hosted.Backlog;
import dev.counterfoil.sim.hosted.HostedJournal;
import dev.counterfoil.sim.verify.RunFolder;
import dev.counterfoil.terminal.enrolment.EnrolmentException;
import dev.counterfoil.terminal.enrolment.IdentityFile;
import dev.counterfoil.terminal.secret.BoardSeal;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import dev.counterfoil.terminal.secret.RotatingKeys;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a terminal costs that holds as much as it ever may: a real terminal program with the launcher's flags, enrolled,
/// switched off and filled, started again without its server and left alone for a minute.
public final class FullTerminal {

  private static final long MAX_RESIDENT_MIB = 130;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Path root;
  private final Path folder;
  private final PrintStream out;

  /// @param root   the project's root
  /// @param folder for the run; new and empty
  public FullTerminal(Path root, Path folder, PrintStream out) {
    this.root = root;
    this.folder = folder;
    this.out = out;
  }

  /// Blocks for a minute and a half.
  ///
  /// @return whether the target is met
  public boolean run() throws Exception {
    var scale = new DemoScale(List.of(DemoTerminal.ALL.getFirst()), 1, 0, 0);
    try (var canteen = new Canteen(root, RunFolder.of(folder), scale)) {
      Counter counter = canteen.enrolledCounter();
      counter.powerOn();
      counter.awaitReady();
      counter.switchOff();
      canteen.server().stop();
      fill(counter);
      counter.powerOn();
      counter.awaitReady();
      Thread.sleep(IDLE);
      long resident = ProcessMemory.residentBytes(counter.pid()) >> 20;
      out.printf(Locale.ROOT, "VmRSS of a full terminal %6d MiB   target < %d MiB: %s%n", resident,
          MAX_RESIDENT_MIB, resident < MAX_RESIDENT_MIB ? "met" : "MISSED");
      return resident < MAX_RESIDENT_MIB;
    }
  }

  private static void fill(Counter counter) throws EnrolmentException, KeyFaultException {
    var random = new SecureRandom();
    Path data = counter.folder();
    var keys = RotatingKeys.open(
        new KeyFolder(data.resolve("keys"), new BoardSeal(counter.boardSerial(), random)),
        () -> Ed25519Signer.newSeed(random));
    try (var journal = HostedJournal.open(data, new IdentityFile(data).read().terminal(), keys,
        new BootId(random.nextLong(), random.nextLong()), new StrictVerifier())) {
      Backlog.FULL.write(journal, random, System.currentTimeMillis());
    }
  }
}

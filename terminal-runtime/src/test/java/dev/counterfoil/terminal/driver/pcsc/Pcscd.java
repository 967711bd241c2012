package dev.counterfoil.terminal.driver.pcsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.PcscLite;
import dev.counterfoil.terminal.line.PcscPort;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The PC/SC service of this machine, of which there is one: used where it runs, else started and ended again. A lock
/// keeps two builds on one machine from starting and ending it under each other.
final class Pcscd implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/pcscd");
  private static final Path VIRTUAL_READER = Path.of("/etc/reader.conf.d/vpcd");
  private static final Path LOCK = Path.of("/var/lock/counterfoil-pcscd.lock");

  private final FileChannel lock;
  private @Nullable Process process;

  private Pcscd(FileChannel lock) {
    this.lock = lock;
  }

  /// With CI set a missing package is a failure, because the test command installs what the tests need.
  static Pcscd running() throws IOException, InterruptedException {
    boolean installed = Files.isExecutable(PROGRAM) && Files.exists(VIRTUAL_READER);
    if (System.getenv("CI") == null) {
      assumeTrue(installed, "pcscd is not installed: apt-get install pcscd vsmartcard-vpcd");
      assumeTrue(answers() || "root".equals(System.getProperty("user.name")),
          "pcscd does not run and only root starts it");
    }
    assertThat(installed).as("pcscd and vsmartcard-vpcd are installed").isTrue();
    var channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    var service = new Pcscd(channel);
    if (!answers()) {
      service.start();
    }
    return service;
  }

  /// Its end can only be tried where it is ours.
  void assumeOwn() {
    if (System.getenv("CI") == null) {
      assumeTrue(process != null, "pcscd of this machine is somebody else's to stop");
    }
  }

  void start() throws IOException, InterruptedException {
    process = new ProcessBuilder(PROGRAM.toString(), "--foreground").redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!answers() && System.nanoTime() < deadline) {
      // Ended at once when it cannot start.
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).as("pcscd ended").isFalse();
    }
  }

  /// A test that failed between the end and the new start must not take the others with it.
  void ensureRunning() throws IOException, InterruptedException {
    if (process == null && !answers()) {
      start();
    }
  }

  void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("pcscd ended").isTrue();
      process = null;
    }
  }

  /// The service looks twice a second; a card laid down before it has seen the last one leave would be taken for that.
  void awaitEmptyReader(String reader) throws DeviceFaultException {
    try (var port = new PcscLite()) {
      port.open();
      var sight = port.await(reader, PcscPort.Sight.NOTHING_KNOWN, 0);
      while (sight.card()) {
        sight = port.await(reader, sight, 1_000);
      }
    }
  }

  private static boolean answers() {
    try (var port = new PcscLite()) {
      port.open();
      List<String> readers = port.readers();
      return readers.stream().anyMatch(name -> name.startsWith("Virtual PCD"));
    } catch (DeviceFaultException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stop();
    lock.close();
  }
}

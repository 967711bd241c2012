package dev.counterfoil.terminal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts the guest of `hw-sim/qemu` and reads what its programs told. Skipped, with the reason, where QEMU or the kernel is
/// not there; a run takes about a minute.
@Tag("nightly")
class RealKernelTest {

  private static final Path LANE = Path
      .of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath().normalize()
      .resolve("hw-sim/qemu");
  private static final List<String> CHECKS = List.of("the chip is chosen by its label", "outputs",
      "a held line", "edges with the kernel's time stamps", "Wiegand frames on two lines",
      "keypad with bouncing contacts", "HD44780 over SMBus", "a device that types, grabbed",
      "softdog armed, set back, stopped");

  @TempDir
  Path results;

  @BeforeAll
  static void needsQemuAndItsKernel() {
    assumeTrue(isThere("qemu-system-x86_64"), "no qemu-system-x86_64: apt-get install qemu-system-x86");
    assumeTrue(isThere("insmod"), "no insmod: apt-get install kmod");
    assumeTrue(Files.exists(Guest.cache().resolve("bzImage")),
        "no guest kernel: hw-sim/qemu/build-kernel.sh");
  }

  private static boolean isThere(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)))
        || Files.isExecutable(Path.of("/usr/sbin", program));
  }

  @Test
  void driversWorkOnTheDriversOfARealKernel() throws IOException, InterruptedException {
    int code = guest("", "dev.counterfoil.terminal.kernel.GuestChecks");

    var told = Files.readAllLines(results.resolve("stdout"));
    told.stream().filter(line -> line.startsWith("PASS") || line.startsWith("FAIL"))
        .forEach(System.out::println);
    for (var check : CHECKS) {
      assertThat(told).as(() -> read("stderr") + read("console"))
          .anyMatch(line -> line.startsWith("PASS " + check + ": "));
    }
    assertThat(code).isZero();
  }

  @Test
  void aReaderThatHangsHasTheWatchdogStartTheMachineAndTheNextRunSaysSo()
      throws IOException, InterruptedException {
    int code = guest("1", "dev.counterfoil.terminal.app.WatchdogGuest /tmp/out");

    var told = Files.readAllLines(results.resolve("told"));
    System.out.println("PASS watchdog: " + told);
    assertThat(told).as(() -> read("stderr") + read("console")).startsWith("cause FIRST", "alive 1")
        .endsWith("cause WATCHDOG");
    assertThat(code).isZero();
  }

  private int guest(String reboots, String program) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin/java");
    var process = new ProcessBuilder(LANE.resolve("run.sh").toString(), results.toString(),
        java + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto --enable-native-access=ALL-UNNAMED -cp "
            + Guest.classPath() + " " + program)
        .redirectErrorStream(true).redirectOutput(results.resolve("qemu").toFile());
    process.environment().put("REBOOTS", reboots);
    var running = process.start();
    try {
      assertThat(running.waitFor(10, TimeUnit.MINUTES)).as("the guest ends").isTrue();
      return running.exitValue();
    } finally {
      running.destroyForcibly();
    }
  }

  private String read(String file) {
    try {
      return "\n--- " + file + "\n" + Files.readString(results.resolve(file));
    } catch (IOException e) {
      return "\n--- no " + file + ": " + e;
    }
  }
}

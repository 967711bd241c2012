package dev.counterfoil.terminal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The terminal by a real Java for arm64, under QEMU's emulation of a user's program. Skipped, with the reason, where one of
/// them is not there; a run takes about a minute.
@Tag("nightly")
class ArmTest {

  private static final Path QEMU = Path.of("/usr/bin/qemu-aarch64-static");
  private static final String JAVA = "usr/lib/jvm/java-25-openjdk-arm64/bin/java";

  @TempDir
  Path folder;

  @BeforeAll
  static void needsQemuAndJava() {
    assumeTrue(Files.isExecutable(QEMU), "no " + QEMU + ": apt-get install qemu-user-static");
    assumeTrue(Files.exists(root().resolve("made")), "no Java for arm64: hw-sim/qemu/arm64-root.sh");
  }

  private static Path root() {
    return Guest.cache().resolve("arm64");
  }

  @Test
  void whatCallsNativeCodeWorksOnArm64() throws IOException, InterruptedException {
    var told = java("dev.counterfoil.terminal.kernel.ArmChecks", folder.toString());

    assertThat(told).contains("PASS calls into the kernel", "PASS SQLite", "PASS devices");
  }

  /// With the class path that the launcher gives it.
  @Test
  void theProgramStartsOnArm64AndItsDoctorReports() throws IOException, InterruptedException {
    assertThat(java("dev.counterfoil.terminal.app.Terminal", "--help")).first().asString()
        .startsWith("usage: counterfoil terminal");

    var told = java("dev.counterfoil.terminal.app.Terminal", "doctor", "--data", folder.toString());

    assertThat(told).anyMatch(line -> line.startsWith("FAIL LINE_MISSING"))
        .anyMatch(line -> line.startsWith("FAIL BOARD_MISSING"));
  }

  private List<String> java(String... words) throws IOException, InterruptedException {
    var output = folder.resolve("output");
    var command = new ArrayList<>(List.of(QEMU.toString(), "-L", root().toString(),
        root().resolve(JAVA).toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + folder, "-cp", Guest.classPath()));
    command.addAll(List.of(words));
    var running = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
        .start();
    try {
      assertThat(running.waitFor(10, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      running.destroyForcibly();
    }
    var lines = Files.readAllLines(output);
    System.out.println(lines.stream().filter(line -> line.startsWith("PASS") || line.startsWith("FAIL"))
        .collect(Collectors.joining("\n")));
    return lines;
  }
}

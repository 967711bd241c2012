package dev.counterfoil.terminal.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunStatusTest {

  @TempDir
  Path data;

  @Test
  void whatWasWrittenLastIsReadAndNobodyElseMayReadIt() throws Exception {
    new RunStatus(Map.of("state", "OLD", "starts", "3")).write(data);
    new RunStatus(Map.of("state", "A=B\nprocess=1 1", "device.reader", "WELL:1")).write(data);

    var read = RunStatus.in(data).orElseThrow();
    assertThat(read.text("state")).isEqualTo("A=B process=1 1");
    assertThat(read.below(RunStatus.DEVICE)).containsExactly(Map.entry("reader", "WELL:1"));
    assertThat(read.number("starts")).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("status"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(data)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFolderWithoutOneHasNone() throws Exception {
    assertThat(RunStatus.in(data)).isEmpty();
  }

  @Test
  void aProcessIsAliveByNumberAndStart() {
    String self = RunStatus.thisProcess();

    assertThat(process(self).isAlive()).isTrue();
    assertThat(process(self.split(" ")[0] + " 5").isAlive()).as("another process got the number").isFalse();
    assertThat(process("999999999 5").isAlive()).isFalse();
    assertThat(process("nonsense").isAlive()).isFalse();
    assertThat(process("").isAlive()).isFalse();
  }

  @Test
  @Timeout(30)
  void aProcessThatHasEndedIsNotAliveThoughItsParentDoesNotLook() throws Exception {
    var parent = new ProcessBuilder("sh", "-c", "true & echo $!; exec sleep 60").start();
    try (var said = parent.inputReader()) {
      String child = said.readLine();
      Path stat = Path.of("/proc", child, "stat");
      while (!Files.readString(stat).contains(") Z ")) {
        Thread.onSpinWait();
      }
      String start = ProcessHandle.of(Long.parseLong(child)).flatMap(handle -> handle.info().startInstant())
          .map(instant -> Long.toString(instant.toEpochMilli())).orElse("0");

      assertThat(process(child + " " + start).isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  private static RunStatus process(String value) {
    return new RunStatus(Map.of("process", value));
  }
}

package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir
  private Path folder;

  private Child shell(String script) throws Exception {
    return Child.start("child", new ProcessBuilder("/bin/sh", "-c", script), folder.resolve("child.log"));
  }

  @Test
  void aLineCanBeWaitedForAndIsInTheLog() throws Exception {
    Child child = shell("echo starting; echo ready port=4711");
    assertThat(child.await(Pattern.compile("ready port=(\\d+)"), SOON).group(1)).isEqualTo("4711");
    assertThat(child.exitCode(SOON)).isZero();
    assertThat(Files.readString(folder.resolve("child.log"))).contains("starting");
  }

  @Test
  void aChildThatEndsBeforeItIsReadyIsToldWithWhatItPrinted() throws Exception {
    Child child = shell("echo 'PORT_IN_USE 7443'; exit 3");
    assertThatThrownBy(() -> child.await(Pattern.compile("ready"), SOON)).isInstanceOf(ChildException.class)
        .hasMessageContaining("PORT_IN_USE 7443");
    assertThat(child.exitCode(SOON)).isEqualTo(3);
  }

  @Test
  void aKilledChildIsGone() throws Exception {
    Child child = shell("echo ready; exec sleep 60");
    child.await(Pattern.compile("ready"), SOON);
    child.kill();
    assertThat(child.isAlive()).isFalse();
    assertThat(ProcessMemory.residentBytes(child.pid())).isZero();
  }
}

package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.core.StartCause;
import dev.counterfoil.terminal.core.StartCause.Mark;
import dev.counterfoil.terminal.file.DurableFiles;
import dev.counterfoil.terminal.file.PowerCuts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMarkerTest {

  @TempDir
  Path folder;

  @Test
  void eachRunKnowsHowTheOneBeforeItEnded() {
    assertThat(boot("a").cause(true)).isEqualTo(StartCause.FIRST);
    boot("a").set(Mark.RUNNING);
    assertThat(boot("a").cause(false)).isEqualTo(StartCause.CRASH);
    assertThat(boot("b").cause(false)).isEqualTo(StartCause.POWER);
    assertThat(boot("b").cause(true)).isEqualTo(StartCause.WATCHDOG);
    boot("a").set(Mark.STOPPED);
    assertThat(boot("b").cause(true)).isEqualTo(StartCause.ORDERLY);
    boot("b").set(Mark.RESTARTING);
    assertThat(boot("b").cause(false)).isEqualTo(StartCause.RESTART);
  }

  @Test
  void aMarkerThatCannotBeReadSaysNothing() throws IOException {
    Files.writeString(folder.resolve("run-marker"), "GONE a\n");
    assertThat(boot("a").cause(false)).isEqualTo(StartCause.FIRST);
    Files.write(folder.resolve("run-marker"), new byte[] {(byte) 0xFF, 0});
    assertThat(boot("a").cause(false)).isEqualTo(StartCause.FIRST);
  }

  @Test
  void theKernelNamesItsBoot() throws IOException {
    RunMarker.in(folder).set(Mark.RUNNING);

    assertThat(Files.readString(folder.resolve("run-marker"))).matches("RUNNING [0-9a-f-]{36}\n");
    assertThat(RunMarker.in(folder).cause(false)).isEqualTo(StartCause.CRASH);
  }

  @Test
  void aPowerCutWhileItIsWrittenLeavesOneOfTheTwoTruths(@TempDir Path room) throws Exception {
    boot("a").set(Mark.RUNNING);
    var cuts = new PowerCuts(folder);
    new RunMarker(folder, "a", new DurableFiles(cuts)).set(Mark.STOPPED);

    cuts.show(room, (left, done, what) -> assertThat(
        new RunMarker(left, "b", DurableFiles.ON_DISK).cause(false)).as(what)
        .isIn(done < cuts.steps() ? new Object[] {StartCause.POWER, StartCause.ORDERLY}
            : new Object[] {StartCause.ORDERLY}));
  }

  private RunMarker boot(String boot) {
    return new RunMarker(folder, boot, DurableFiles.ON_DISK);
  }
}

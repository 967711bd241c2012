package dev.counterfoil.sim.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapLogTest {

  @Test
  void aTapComesBackAsItWasWritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("taps.tsv");
    var tap = new Tap(1, "till-1", "alice", Tap.Kind.SALE, 450, Tap.Glass.APPROVED, "APPROVED|95.50");
    try (var log = new TapLog(file)) {
      log.add(tap);
    }
    assertThat(TapLog.read(file)).containsExactly(tap);
  }

  @Test
  void aDamagedLineIsNamed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("taps.tsv");
    Files.writeString(file, "1\ttill-1\n");
    assertThatThrownBy(() -> TapLog.read(file)).isInstanceOf(IOException.class)
        .hasMessageContaining("line 1");
  }
}

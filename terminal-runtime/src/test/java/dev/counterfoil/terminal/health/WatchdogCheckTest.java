package dev.counterfoil.terminal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogCheckTest {

  @TempDir
  Path folder;

  @Test
  void theDoctorLooksAtTheWatchdogWithoutOpeningIt() throws IOException {
    var device = folder.resolve("watchdog");
    assertThat(WatchdogCheck.find(device, 15).line()).startsWith("FAIL WATCHDOG_MISSING")
        .contains("dtparam=watchdog=on");

    Files.createFile(device);
    assertThat(WatchdogCheck.find(device, 15).line()).startsWith("PASS").endsWith("15 s by the terminal");
  }
}

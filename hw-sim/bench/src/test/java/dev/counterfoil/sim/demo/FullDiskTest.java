package dev.counterfoil.sim.demo;

import static dev.counterfoil.sim.demo.ProgramRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.TinyMedium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The real server on disks that are really full: it says so, ends nothing, loses nothing, and goes on by itself.
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FullDiskTest {

  @TempDir
  Path folder;

  private ProgramRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new ProgramRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aFullDiskUnderTheDatabaseIsToldUntilThereIsRoom() throws Exception {
    try (var disk = TinyMedium.mounted(rig.serverData(), "16m")) {
      ProgramRig.Server server = server("");
      assertThat(rig.admin("account", "open", "--holder", "Li").exitCode(SOON)).isZero();

      disk.fill();

      Child refused = rig.admin("account", "open", "--holder", "Wang");
      assertThat(refused.exitCode(SOON)).isNotZero();
      assertThat(refused.output()).anyMatch(line -> line.contains("STORE_FULL"));
      assertThat(readiness(server.http())).startsWith("NOT READY").contains("STORE_FULL");

      disk.makeRoom();

      server.program().await(Pattern.compile("event=store_recovered"), SOON);
      assertThat(readiness(server.http())).startsWith("READY");
      assertThat(rig.admin("account", "open", "--holder", "Wang").exitCode(SOON)).isZero();
      server.stop();
    }
  }

  @Test
  void aFullDiskUnderTheCopyStopsSafeAndNothingElse() throws Exception {
    try (var disk = TinyMedium.mounted(folder.resolve("safe"), "1m")) {
      disk.fill();
      ProgramRig.Server server = server("[safe]\npath = \"" + disk.folder() + "\"\n");
      rig.enrolled(server);
      Child terminal = rig.terminal("terminal");
      terminal.await(Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 safe=0"), SOON);
      server.program().await(Pattern.compile("event=copy_failed detail=\"COPY_IO: "), SOON);
      assertThat(readiness(server.http())).startsWith("READY").contains("copy=up COPY_IO");

      disk.makeRoom();

      terminal.await(Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 safe=\\1$"), SOON);
      terminal.stop();
      server.stop();
    }
  }

  private ProgramRig.Server server(String more) throws Exception {
    Path config = Files.writeString(folder.resolve("server.toml"),
        "purchase.hours = \"00:00-24:00\"\n[enrolment]\nconfirm = false\n" + more);
    return rig.server("--config", config.toString());
  }

  private static String readiness(String http) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://" + http + "/readyz")).timeout(SOON).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}

package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.TinyMedium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real server on disks that are really full: it says so, ends nothing, loses nothing, and goes on by itself.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FullDiskTest {

  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath()
      .normalize();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern READY = Pattern.compile("^READY link=[0-9.]+:(\\d+) http=(\\S+)");

  @TempDir
  Path folder;

  private Programs programs;
  private int commands;

  @BeforeEach
  void open() throws Exception {
    programs = new Programs(ROOT, folder.resolve("logs"));
  }

  @AfterEach
  void close() {
    programs.close();
  }

  @Test
  void aFullDiskUnderTheDatabaseIsToldUntilThereIsRoom() throws Exception {
    try (var disk = TinyMedium.mounted(folder.resolve("server"), "16m")) {
      Child server = server("");
      String http = server.await(READY, SOON).group(2);
      assertThat(admin("account", "open", "--holder", "Li").exitCode(SOON)).isZero();

      disk.fill();

      Child refused = admin("account", "open", "--holder", "Wang");
      assertThat(refused.exitCode(SOON)).isNotZero();
      assertThat(refused.output()).anyMatch(line -> line.contains("STORE_FULL"));
      assertThat(readiness(http)).startsWith("NOT READY").contains("STORE_FULL");

      disk.makeRoom();

      awaitReady(http);
      assertThat(admin("account", "open", "--holder", "Wang").exitCode(SOON)).isZero();
      server.stop();
      assertThat(server.exitCode(SOON)).isZero();
    }
  }

  @Test
  void aFullDiskUnderTheCopyStopsSafeAndNothingElse() throws Exception {
    try (var disk = TinyMedium.mounted(folder.resolve("safe"), "1m")) {
      disk.fill();
      Child server = server("[safe]\npath = \"" + disk.folder() + "\"\n");
      var ready = server.await(READY, SOON);
      Child terminal = enrolled(ready.group(1));
      terminal.await(Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 safe=0"), SOON);
      server.await(Pattern.compile("event=copy_failed detail=\"COPY_IO: "), SOON);
      assertThat(readiness(ready.group(2))).startsWith("READY").contains("copy=up COPY_IO");

      disk.makeRoom();

      terminal.await(Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 safe=\\1$"), SOON);
      terminal.stop();
      server.stop();
      assertThat(server.exitCode(SOON)).isZero();
    }
  }

  private Child server(String more) throws Exception {
    Path config = Files.writeString(folder.resolve("server.toml"),
        "[enrolment]\nconfirm = false\n" + more);
    return programs.start("server", Map.of(), List.of("server", "--config", config.toString(), "--data",
        data(), "--port", "0", "--http-port", "0"));
  }

  private Child enrolled(String port) throws Exception {
    String code = admin("code", "create", "--name", "Till-1").await(Pattern.compile("^(CF1-\\S+)"), SOON)
        .group(1);
    String data = folder.resolve("terminal").toString();
    assertThat(programs.start("enrol", Map.of(), List.of("enrol", "--data", data, "--board-serial", "S1",
        "--server", "127.0.0.1:" + port, "--code", code)).exitCode(SOON)).isZero();
    return programs.start("terminal", Map.of(),
        List.of("terminal", "--data", data, "--board-serial", "S1"));
  }

  private Child admin(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("admin"));
    Stream.of(words).forEach(all::add);
    all.addAll(List.of("--data", data()));
    commands++;
    return programs.start("admin-" + commands, Map.of(), all);
  }

  private static void awaitReady(String http) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!readiness(http).startsWith("READY")) {
      assertThat(System.nanoTime()).as("ready before").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static String readiness(String http) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://" + http + "/readyz")).timeout(SOON).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private String data() {
    return folder.resolve("server").toString();
  }
}

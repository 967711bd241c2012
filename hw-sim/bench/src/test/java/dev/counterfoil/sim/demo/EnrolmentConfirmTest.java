package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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

/// An enrolment that a second operator must confirm, with the real programs: what the terminal prints is what the
/// operator types; before it sells nothing, not for cash either, and from then on it sells without being started again.
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class EnrolmentConfirmTest {

  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath()
      .normalize();
  private static final String TILL_ONLY = """
      reader.enabled = false
      display.enabled = false
      keypad.enabled = false
      leds.enabled = false
      till.socket = "till.sock"
      """;
  private static final Duration SOON = Duration.ofSeconds(60);

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
  @Requirement({"SEC-01"})
  void aTerminalIsHeardOnceASecondOperatorHasConfirmedIt() throws Exception {
    Child server = programs.start("server", Map.of(),
        List.of("server", "--data", data(), "--port", "0", "--http-port", "0"));
    String port = server.await(Pattern.compile("^READY link=[0-9.]+:(\\d+) "), SOON).group(1);
    String code = admin("code", "create", "--name", "Till-1").await(Pattern.compile("^(CF1-\\S+)"), SOON)
        .group(1);
    Child enrol = programs.start("enrol", Map.of(),
        List.of("enrol", "--data", terminalData(), "--board-serial", "S1",
            "--server", "127.0.0.1:" + port, "--code", code));
    assertThat(enrol.exitCode(SOON)).isZero();
    String told = enrol.await(Pattern.compile("^PENDING .*: counterfoil admin (.+)$"), SOON).group(1);
    Files.writeString(Path.of(terminalData(), "terminal.toml"), TILL_ONLY);

    terminal("terminal").stop();
    Child terminal = terminal("terminal-again");
    admin("terminal", "list").await(Pattern.compile("Till-1 +PENDING +0 +0"), SOON);

    assertThat(admin(told.split(" ")).exitCode(SOON)).isZero();

    terminal.await(Pattern.compile("event=link_up channel=CHANNEL_JOURNAL verdict=VERDICT_RESUME"), SOON);
    terminal.await(Pattern.compile("^READY terminal=Till-1 "), SOON);
    assertThat(till("cash R1 5.00")).startsWith("paid R1 ");
    terminal.await(Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 "), SOON);
    admin("terminal", "list").await(Pattern.compile("Till-1 +ACTIVE +[1-9]"), SOON);
    assertThat(admin("verify", "chain", "1").exitCode(SOON)).isZero();
    terminal.stop();
    server.stop();
    assertThat(server.exitCode(SOON)).isZero();
  }

  /// Runs until the server has refused it, and refuses cash meanwhile.
  private Child terminal(String name) throws Exception {
    Child terminal = programs.start(name, Map.of(),
        List.of("terminal", "--data", terminalData(), "--board-serial", "S1"));
    terminal.await(Pattern.compile("event=link_down .*NOT_ENROLLED"), SOON);
    terminal.await(Pattern.compile("event=state state=NOT_CONFIRMED"), SOON);
    assertThat(till("cash R1 5.00")).isEqualTo("refused R1 PAYMENT_FAILED");
    assertThat(terminal.output()).noneMatch(line -> line.startsWith("READY"));
    return terminal;
  }

  /// What the terminal answers to a line of its till.
  private String till(String line) throws IOException {
    try (var till = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(terminalData(), "till.sock")))) {
      till.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      var answers = new BufferedReader(
          new InputStreamReader(Channels.newInputStream(till), StandardCharsets.UTF_8));
      return answers.readLine();
    }
  }

  private Child admin(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("admin"));
    Stream.of(words).forEach(all::add);
    all.addAll(List.of("--data", data()));
    commands++;
    return programs.start("admin-" + commands, Map.of(), all);
  }

  private String data() {
    return folder.resolve("server").toString();
  }

  private String terminalData() {
    return folder.resolve("terminal").toString();
  }
}

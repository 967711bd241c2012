package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An operator's commands to a terminal, with the real programs and over a restart: what is rotated and locked in one
/// run holds in the next.
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TerminalCommandsTest {

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
  private static final Pattern LINKED = Pattern.compile("event=link_up channel=CHANNEL_DESK");
  private static final Pattern SYNCED = Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 ");

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
  void rotationAndLockHoldInTheNextRunAndTheChainVerifies() throws Exception {
    Files.writeString(folder.resolve("server.toml"), "[enrolment]\nconfirm = false\n");
    Child server = programs.start("server", Map.of(), List.of("server", "--config",
        folder.resolve("server.toml").toString(), "--data", data(), "--port", "0", "--http-port", "0"));
    String port = server.await(Pattern.compile("^READY link=[0-9.]+:(\\d+) "), SOON).group(1);
    enrol(port);
    refused("NOT_CONNECTED", "rotate");

    Child first = terminal("first");
    first.await(Pattern.compile("^READY "), SOON);
    assertThat(till("cash R1 5.00")).startsWith("paid R1 ");
    ordered("rotate", "seq=\\d+");
    assertThat(till("cash R2 5.00")).startsWith("paid R2 ");
    ordered("lock", "state=LOCKED");
    assertThat(till("cash R3 5.00")).startsWith("refused R3 ");
    first.stop();

    Child second = terminal("second");
    second.await(Pattern.compile("event=state state=LOCKED"), SOON);
    assertThat(till("cash R4 5.00")).startsWith("refused R4 ");
    ordered("diagnose", "state=LOCKED head=\\d+ unsent=\\d+ .* mirror=WELL .* devices=WELL");
    ordered("unlock", "state=READY");
    assertThat(till("cash R5 5.00")).startsWith("paid R5 ");
    second.await(SYNCED, SOON);

    admin("terminal", "keys", "1").await(Pattern.compile("^ +\\d+ +now +false"), SOON);
    assertThat(admin("verify", "chain", "1").exitCode(SOON)).isZero();
    second.stop();
    server.stop();
  }

  private void enrol(String port) throws Exception {
    String code = admin("code", "create", "--name", "Till-1").await(Pattern.compile("^(CF1-\\S+)"), SOON)
        .group(1);
    Child enrol = programs.start("enrol", Map.of(), List.of("enrol", "--data", terminalData(),
        "--board-serial", "S1", "--server", "127.0.0.1:" + port, "--code", code));
    assertThat(enrol.exitCode(SOON)).isZero();
    Files.writeString(Path.of(terminalData(), "terminal.toml"), TILL_ONLY);
  }

  private Child terminal(String name) throws Exception {
    Child terminal = programs.start(name, Map.of(),
        List.of("terminal", "--data", terminalData(), "--board-serial", "S1"));
    terminal.await(LINKED, SOON);
    return terminal;
  }

  private void ordered(String command, String result) throws Exception {
    Child order = admin("terminal", command, "Till-1");
    order.await(Pattern.compile("Till-1 +" + command + " +" + result), SOON);
    assertThat(order.exitCode(SOON)).isZero();
  }

  private void refused(String code, String command) throws Exception {
    admin("terminal", command, "Till-1").await(Pattern.compile("^ERROR code=" + code), SOON);
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
    all.addAll(List.of(words));
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

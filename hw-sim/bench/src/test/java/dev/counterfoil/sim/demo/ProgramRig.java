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
import java.util.regex.Pattern;

/// One server and one terminal as the real programs, in folders of one test and on ports that the system chooses, so
/// that several tests can run beside each other. Closing it ends every program.
final class ProgramRig implements AutoCloseable {

  /// The project's root, where the launcher stands.
  static final Path ROOT = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath()
      .normalize();
  /// Long enough for any of these programs on a machine that is busy with other things; nothing is measured by it.
  static final Duration SOON = Duration.ofSeconds(60);
  /// The server's own flags are for a long life; these programs live for seconds.
  private static final Map<String, String> SHORT_LIFE = Map.of("COUNTERFOIL_JAVA_OPTS",
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
  private static final Pattern READY = Pattern.compile("^READY link=[0-9.]+:(\\d+) http=(\\S+)");
  private static final Pattern CODE = Pattern.compile("^(CF1-\\S+)");

  /// A server that is ready.
  ///
  /// @param link its port for terminals
  /// @param http where it answers operators, `host:port`
  record Server(Child program, String link, String http) {

    /// Asks it to end and sees that it ends in order.
    void stop() throws InterruptedException {
      program.stop();
      assertThat(program.exitCode(SOON)).isZero();
    }
  }

  private static final String TILL_ONLY = """
      reader.enabled = false
      display.enabled = false
      keypad.enabled = false
      leds.enabled = false
      till.socket = "till.sock"
      """;

  private final Path folder;
  private final Programs programs;
  private int commands;

  /// @param folder for the data of both and for what the programs print
  ProgramRig(Path folder) throws IOException {
    this.folder = folder;
    this.programs = new Programs(ROOT, folder.resolve("logs"));
  }

  /// Starts the server and waits until it is ready.
  ///
  /// @param options beside the folder and the ports
  Server server(String... options) throws Exception {
    var words = new ArrayList<>(
        List.of("server", "--data", serverData().toString(), "--port", "0", "--http-port",
            "0"));
    words.addAll(List.of(options));
    Child program = programs.start("server", SHORT_LIFE, words);
    var ready = program.await(READY, SOON);
    return new Server(program, ready.group(1), ready.group(2));
  }

  /// Starts an operator's command on the server's folder.
  Child admin(String... words) throws IOException {
    var all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", serverData().toString()));
    commands++;
    return programs.start("admin-" + commands, Map.of(), all);
  }

  /// Enrols the terminal as "Till-1" with a one-time code.
  ///
  /// @return the enrolment, ended well
  Child enrolled(Server server) throws Exception {
    String code = admin("code", "create", "--name", "Till-1").await(CODE, SOON).group(1);
    Child enrol = programs.start("enrol", Map.of(), List.of("enrol", "--data", terminalData().toString(),
        "--board-serial", "S1", "--server", "127.0.0.1:" + server.link(), "--code", code));
    assertThat(enrol.exitCode(SOON)).isZero();
    return enrol;
  }

  /// A server that takes a new terminal's word without a second operator, ready.
  Server trustingServer() throws Exception {
    Path config = Files.writeString(folder.resolve("server.toml"),
        "purchase.hours = \"00:00-24:00\"\n[enrolment]\nconfirm = false\n");
    return server("--config", config.toString());
  }

  /// Leaves the enrolled terminal nothing but a till.
  void tillOnly() throws IOException {
    Files.writeString(terminalData().resolve("terminal.toml"), TILL_ONLY);
  }

  /// What the terminal answers to a line of its till.
  String till(String line) throws IOException {
    try (var till = SocketChannel.open(UnixDomainSocketAddress.of(terminalData().resolve("till.sock")))) {
      till.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return new BufferedReader(new InputStreamReader(Channels.newInputStream(till), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  /// Starts the enrolled terminal.
  ///
  /// @param name names its log file
  Child terminal(String name) throws IOException {
    return programs.start(name, Map.of(),
        List.of("terminal", "--data", terminalData().toString(), "--board-serial", "S1"));
  }

  Path serverData() {
    return folder.resolve("server");
  }

  Path terminalData() {
    return folder.resolve("terminal");
  }

  @Override
  public void close() {
    programs.close();
  }
}

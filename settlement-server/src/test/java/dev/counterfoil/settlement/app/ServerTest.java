package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.admin.AdminAnswer;
import dev.counterfoil.trace.TinyMedium;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {

  private static final long START_SECONDS = 15;

  @TempDir
  Path folder;

  private final StringWriter errors = new StringWriter();

  @Test
  void anOccupiedPortEndsWithOneLineAndExitCodeTwo() throws Exception {
    try (var occupied = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Path config = folder.resolve("server.toml");
      Files.writeString(config, "[link]\naddress = \"127.0.0.1\"\n");
      int exit = run("--config", config.toString(), "--data", folder.resolve("data").toString(), "--port",
          String.valueOf(occupied.getLocalPort()), "--http-port", "0");
      assertThat(exit).isEqualTo(2);
      assertThat(errors.toString().lines()).containsExactly("ERROR code=PORT_IN_USE link=127.0.0.1:"
          + occupied.getLocalPort() + " meaning=\"another program listens there; set link.port\"");
    }
  }

  @Test
  void aBrokenConfigEndsWithOneLineAndExitCodeTwo() throws Exception {
    Path config = folder.resolve("server.toml");
    Files.writeString(config, "[limits]\nidle = \"soon\"\n");
    assertThat(run("--config", config.toString())).isEqualTo(2);
    assertThat(errors.toString().lines()).hasSize(1).first().asString()
        .startsWith("ERROR code=CONFIG_VALUE file=" + config + " line=2 key=limits.idle found=soon allowed=");
  }

  @Test
  void aBadOptionEndsWithOneLineAndExitCodeTwo() throws Exception {
    assertThat(run("--port", "x")).isEqualTo(2);
    assertThat(errors.toString().lines()).hasSize(1).first().asString().startsWith("ERROR code=BAD_INPUT");
  }

  @Test
  void aDatabaseThatIsNoneIsToldAndLeftAlone() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("counterfoil.db"), "This is a diary, not a database. ".repeat(100));
    assertThat(run("--data", data.toString(), "--port", "0", "--http-port", "0")).isEqualTo(2);
    assertThat(errors.toString()).startsWith("ERROR code=STORE_CORRUPT");
    assertThat(Files.readString(data.resolve("counterfoil.db"))).startsWith("This is a diary");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "--port|70000|ERROR code=BAD_INPUT option=--port found=70000 allowed=a whole number 0 .. 65535",
      "--http-port|-1|ERROR code=BAD_INPUT option=--http-port found=-1 allowed=a whole number 0 .. 65535",
      "--data|''|ERROR code=BAD_INPUT option=--data found=nothing allowed=the path of a folder"})
  void anOptionOutOfItsRangeEndsWithOneLineAndExitCodeTwo(String option, String value, String line)
      throws Exception {
    assertThat(run(option + "=" + value)).isEqualTo(2);
    assertThat(errors.toString().lines()).containsExactly(line);
  }

  @Test
  void anAddressOfAnotherMachineIsNotTakenForAnOccupiedPort() throws Exception {
    // 192.0.2.0/24 is for documentation: no machine has it.
    Path config = folder.resolve("server.toml");
    Files.writeString(config, "[link]\naddress = \"192.0.2.1\"\n");
    assertThat(run("--config", config.toString(), "--data", data(), "--port", "0", "--http-port", "0"))
        .isEqualTo(2);
    assertThat(errors.toString().lines()).hasSize(1).first().asString()
        .startsWith("ERROR code=ADDRESS_UNUSABLE link=192.0.2.1:0 reason=");
  }

  @Test
  void anOccupiedHttpPortIsNamedToo() throws Exception {
    try (var occupied = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(occupied.getLocalPort());
      assertThat(run("--data", data(), "--port", "0", "--http-port", port)).isEqualTo(2);
      assertThat(errors.toString().lines()).containsExactly("ERROR code=PORT_IN_USE http=127.0.0.1:" + port
          + " meaning=\"another program listens there; set http.port\"");
    }
  }

  /// Whoever put the database back without its keys would otherwise find all terminals locked out for good.
  @ParameterizedTest
  @ValueSource(strings = {"root.key", "root.crt", "ack.key", "ack.pub", "card.key"})
  void keysThatTerminalsKnowAreNeverMadeAnewUnasked(String file) throws Exception {
    serveOnce();
    byte[] root = Files
        .readAllBytes(Path.of(data(), "ca", file.equals("root.crt") ? "root.key" : "root.crt"));
    Files.delete(Path.of(data(), "ca", file));
    assertThat(run("--data", data(), "--port", "0", "--http-port", "0")).isEqualTo(2);
    assertThat(errors.toString().lines()).hasSize(1).first().asString()
        .startsWith("ERROR code=KEYS_MISSING folder=" + data() + "/ca missing=" + file + " meaning=");
    assertThat(Path.of(data(), "ca", file)).doesNotExist();
    assertThat(Files.readAllBytes(Path.of(data(), "ca", file.equals("root.crt") ? "root.key" : "root.crt")))
        .isEqualTo(root);
    AdminAnswer answer = Admin.run(List.of("code", "create", "--name", "Till", "--data=" + data()));
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text()).startsWith("ERROR code=KEYS_MISSING");
  }

  @Test
  void missingKeysAreMadeOnRequest() throws Exception {
    serveOnce();
    try (var files = Files.list(Path.of(data(), "ca"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    new SettlementServer(settings(), true).close();
    assertThat(Path.of(data(), "ca", "root.key")).exists();
  }

  @Test
  void aKeyThatCannotBeReadIsToldAndLeftAlone() throws Exception {
    serveOnce();
    Path key = Path.of(data(), "ca", "ack.key");
    Files.writeString(key, "no key at all");
    assertThat(run("--data", data(), "--port", "0", "--http-port", "0")).isEqualTo(2);
    assertThat(errors.toString().lines()).hasSize(1).first().asString()
        .startsWith("ERROR code=KEYS_UNUSABLE folder=" + data() + "/ca reason=");
    assertThat(key).hasContent("no key at all");
  }

  @Test
  void aFullDiskIsToldAsSuchAndServesAgainOnceThereIsRoom() throws Exception {
    try (var disk = TinyMedium.mounted(Path.of(data()), "4m")) {
      serveOnce();
      disk.fill();
      assertThat(run("--data", data(), "--port", "0", "--http-port", "0")).isEqualTo(2);
      assertThat(errors.toString().lines()).hasSize(1).first().asString()
          .startsWith("ERROR code=STORE_FULL database=" + data() + "/counterfoil.db meaning=");
      disk.makeRoom();
      serveOnce();
    }
  }

  private void serveOnce() {
    new SettlementServer(settings()).close();
  }

  private ServerConfig settings() {
    return ServerConfigReader.parse("test", "[link]\naddress = \"127.0.0.1\"\nport = 0\n[http]\nport = 0\n")
        .withData(Path.of(data()));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /// On a thread of its own: a server that starts though it must not would otherwise serve for ever.
  private int run(String... arguments) throws Exception {
    var exit = new CompletableFuture<Integer>();
    Thread.ofPlatform().daemon().name("server-under-test")
        .start(() -> exit
            .complete(Server.commandLine().setErr(new PrintWriter(errors)).execute(arguments)));
    return exit.get(START_SECONDS, TimeUnit.SECONDS);
  }
}

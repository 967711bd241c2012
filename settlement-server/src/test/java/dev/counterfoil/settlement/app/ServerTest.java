package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {

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
  void aBadOptionEndsWithOneLineAndExitCodeTwo() {
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

  private int run(String... arguments) {
    return Server.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
  }
}

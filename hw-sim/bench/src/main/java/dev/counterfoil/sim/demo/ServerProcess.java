package dev.counterfoil.sim.demo;

import dev.counterfoil.sim.verify.RunFolder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settlement server of a run, as a process that may be killed and started again on the same ports and data.
public final class ServerProcess {

  private static final Pattern READY = Pattern.compile("^READY link=");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS_END = 32_768;
  private static final int MOST_TRIES = 100;
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

  private final Programs programs;
  private final Path config;
  private final int linkPort;
  private final int httpPort;
  private @Nullable Child process;
  private int starts;

  /// Writes `server.toml` with ports that are free now.
  ///
  /// @param currency of the site, ISO 4217
  ServerProcess(Programs programs, RunFolder folder, String currency) throws IOException {
    this.programs = programs;
    this.linkPort = freePort();
    this.httpPort = freePort();
    this.config = folder.root().resolve("server").resolve("server.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(config,
        """
        # Written by the demo. One disk for both copies is good enough for a demo and for nothing else.
        data = "%s"

        [link]
        address = "127.0.0.1"
        port = %d

        [http]
        address = "127.0.0.1"
        port = %d

        [site]
        name = "Demo canteen"
        currency = "%s"
        day-offset-minutes = %d

        [safe]
        path = "%s"
        allow-same-device = true

        [enrolment]
        confirm = false
        attempts-per-minute = 1000
        """.formatted(folder.serverData(), linkPort, httpPort, currency,
            minutesToNoon(LocalTime.now(ZoneOffset.UTC)),
            folder.root().resolve("server").resolve("safe")));
  }

  /// The canteen stands where it is noon now: it sells from eight to ten like any other, and a run may start at any hour
  /// without switching a limit off.
  static int minutesToNoon(LocalTime now) {
    return (int) Duration.between(now, LocalTime.NOON).toMinutes();
  }

  /// A port that is free now and stays so while the server is down: it lies below those that the system gives to
  /// outgoing connections and to whoever asks for any port.
  private static int freePort() throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, PORTS_END);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (BindException e) {
        LOG.debug("event=port_taken port={} reason={}", port, e.getMessage());
      }
    }
    throw new BindException("no free port from " + FIRST_PORT + " to " + (PORTS_END - 1));
  }

  InetSocketAddress link() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), linkPort);
  }

  String http() {
    return "http://127.0.0.1:" + httpPort;
  }

  /// Blocks until it is ready.
  void start() throws IOException, InterruptedException {
    starts++;
    Child started = programs.start(starts == 1 ? "server" : "server-" + starts, Map.of(),
        List.of("server", "--config", config.toString()));
    started.await(READY, PATIENCE);
    process = started;
  }

  void kill() throws InterruptedException {
    Child running = process;
    if (running != null) {
      running.kill();
    }
  }

  void stop() throws InterruptedException {
    Child running = process;
    if (running != null) {
      running.stop();
    }
  }

  long pid() {
    Child running = process;
    return running == null ? 0 : running.pid();
  }
}

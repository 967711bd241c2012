package dev.counterfoil.settlement.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `counterfoil server`: starts a server, prints one line when it is ready, runs until it is told to stop.
///
/// Exit codes: 0 stopped in order, 2 could not start (one line says why), 3 the storage failed, 70 a mistake in the
/// program.
@Command(name = "counterfoil server", mixinStandardHelpOptions = true, sortOptions = false, description = "Starts the settlement server.")
public final class Server implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int CANNOT_START = 2;
  private static final int STORE_FAILED = 3;
  private static final int DEFECT = 70;
  private static final int MOST_PORTS = 65_535;

  @Option(names = "--config", paramLabel = "FILE", description = "server.toml; without it all defaults hold.")
  private @Nullable Path config;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of database, keys and admin socket (default: counterfoil-data).")
  private @Nullable Path data;

  @Option(names = "--port", paramLabel = "N", description = "Port for terminals (default: 7443, 0 = any).")
  private @Nullable Integer port;

  @Option(names = "--http-port", paramLabel = "N", description = "Port of the API and of /healthz, /readyz, /metrics (default: 7480, 0 = any).")
  private @Nullable Integer httpPort;

  @Option(names = "--db", paramLabel = "URL", description = "postgresql://USER@HOST/DATABASE instead of the file in the data folder; the password is taken from PGPASSWORD.")
  private @Nullable String db;

  @Option(names = "--behind-proxy", description = "A proxy does TLS for the HTTP port and nothing else reaches it.")
  private boolean behindProxy;

  @Option(names = "--new-keys", description = "Make keys that are missing for a database that was used with others; every terminal must then enrol again.")
  private boolean newKeys;

  @Spec
  private @Nullable CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Server()).setParameterExceptionHandler(Server::badInput)
        .setExecutionExceptionHandler(Server::defect);
  }

  @Override
  public Integer call() {
    PrintWriter out = writer(true);
    try (var server = new SettlementServer(settings(), newKeys)) {
      out.println("READY link=" + server.link() + " http=" + server.http());
      out.flush();
      LOG.info("event=ready link={} http={}", server.link(), server.http());
      return untilStopped(server);
    } catch (StartupException e) {
      PrintWriter error = writer(false);
      error.println(e.line());
      error.flush();
      return CANNOT_START;
    }
  }

  /// The signal's thread waits until the server is closed; the JVM would otherwise end in the middle of it.
  private static int untilStopped(SettlementServer server) {
    var stop = new CompletableFuture<Integer>();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
      boolean asked = stop.complete(0);
      server.close();
      if (asked) {
        // Ended as it was asked to, not killed by the signal.
        Runtime.getRuntime().halt(0);
      }
    }));
    server.broken().thenAccept(problem -> stop.complete(STORE_FAILED));
    int code = stop.join();
    LOG.info("event=stopping exit={}", code);
    return code;
  }

  private ServerConfig settings() {
    ServerConfig settings = config == null ? ServerConfigReader.defaults() : ServerConfigReader.read(config);
    settings = data == null ? settings : settings.withData(folder(data));
    settings = db == null ? settings : settings.withDatabase(ServerConfigReader.address("option=--db", db));
    settings = port == null ? settings : settings.withLinkPort(port("--port", port));
    settings = behindProxy ? settings.behindProxy() : settings;
    return httpPort == null ? settings : settings.withHttpPort(port("--http-port", httpPort));
  }

  private static Path folder(Path data) {
    if (data.toString().isBlank()) {
      throw new StartupException("BAD_INPUT", "option=--data found=nothing allowed=the path of a folder");
    }
    return data;
  }

  private static int port(String option, int port) {
    if (port < 0 || port > MOST_PORTS) {
      throw new StartupException("BAD_INPUT",
          "option=" + option + " found=" + port + " allowed=a whole number 0 .. " + MOST_PORTS);
    }
    return port;
  }

  private PrintWriter writer(boolean out) {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("run by picocli only");
    }
    return out ? known.commandLine().getOut() : known.commandLine().getErr();
  }

  /// The trace is for who mends the program; an operator gets the line.
  private static int defect(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
    LOG.debug("event=defect", problem);
    command.getErr().println("ERROR code=DEFECT problem=\""
        + String.valueOf(problem).replaceAll("[\\p{Cntrl}\"]+", " ")
        + "\" meaning=\"a mistake in this program; COUNTERFOIL_JAVA_OPTS=-DCOUNTERFOIL_LOG=DEBUG shows more\"");
    command.getErr().flush();
    return DEFECT;
  }

  private static int badInput(CommandLine.ParameterException problem, String[] arguments) {
    PrintWriter error = problem.getCommandLine().getErr();
    error.println("ERROR code=BAD_INPUT " + problem.getMessage() + " (see --help)");
    error.flush();
    return CANNOT_START;
  }
}

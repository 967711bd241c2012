package dev.counterfoil.settlement.app;

import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.settlement.admin.AdminAnswer;
import dev.counterfoil.settlement.admin.AdminLine;
import dev.counterfoil.settlement.admin.CoreAdminDesk;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.gateway.BillAnswer;
import dev.counterfoil.settlement.gateway.GatewayHttp;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// `counterfoil admin`: asks the running server over its socket, or opens the database itself when none runs.
public final class Admin {

  private static final int REFUSED = 2;

  private Admin() {}

  public static void main(String[] arguments) {
    // An operator reads answers here, not the log of a database that was opened for one command.
    if (System.getProperty("COUNTERFOIL_LOG") == null) {
      System.setProperty("COUNTERFOIL_LOG", "WARN");
    }
    AdminAnswer outcome = run(List.of(arguments), System.err::println);
    (outcome.exitCode() == REFUSED ? System.err : System.out).print(outcome.text());
    System.exit(outcome.exitCode());
  }

  static AdminAnswer run(List<String> arguments) {
    return run(arguments, _ -> {
    });
  }

  /// @param words hears how far a command is
  static AdminAnswer run(List<String> arguments, Consumer<String> words) {
    try {
      ServerConfig config = option(arguments, "--config").map(Path::of).map(ServerConfigReader::read)
          .orElseGet(ServerConfigReader::defaults);
      ServerConfig placed = option(arguments, "--data").map(Path::of).map(config::withData).orElse(config);
      ServerConfig chosen = option(arguments, "--db")
          .map(url -> placed.withDatabase(ServerConfigReader.address("option=--db", url))).orElse(placed);
      return AdminLine.run(chosen.data(), arguments, command -> offline(chosen, command, words), words);
    } catch (StartupException e) {
      return new AdminAnswer(REFUSED, e.line() + "\n");
    }
  }

  private static AdminAnswer offline(ServerConfig config, List<String> arguments, Consumer<String> words) {
    if (arguments.isEmpty() || arguments.stream().anyMatch(argument -> argument.matches("-h|--help|-V"))) {
      return AdminLine.help(arguments);
    }
    if (config.db().address().isEmpty() && !Files.exists(config.database())) {
      throw new StartupException("NO_DATABASE", "database=" + config.database()
          + " meaning=\"no server ever ran on this data folder; name it with --data\"");
    }
    try (var store = StoreOpening.open(config); var reader = store.openReader()) {
      InstantSource clock = InstantSource.system();
      var random = new SecureRandom();
      var signatures = new StrictVerifier();
      ServerKeys keys = SettlementServer.openKeys(config, store, false, clock, random);
      var core = new SettlementCore(store, SiteDay.of(config.site(), store).in(config.core()),
          new Ed25519Signer(keys.ackSeed()), signatures,
          random);
      var secrets = Secrets.open(config, store, random);
      var tools = new CoreAdminDesk.Tools(keys, signatures, clock, random, config.enrolment().codeLife(),
          secrets.recruitment(), secrets.holders(config.core().passwords()), config.imports());
      return AdminLine.run(arguments, new CoreAdminDesk(direct(core), reader, tools, TerminalLine.NOBODY,
          (site, gateway, day) -> bill(config, site, gateway, day)), words);
    }
  }

  /// Opens the gateways for this one question.
  private static Optional<BillAnswer> bill(ServerConfig config, int site, GatewayName name, LocalDate day) {
    if (site != config.site().number()) {
      return Optional.empty();
    }
    try (var http = new GatewayHttp(config.gateways().timeout())) {
      return new GatewayOpening(http, InstantSource.system(), new SecureRandom()).lines(config.gateways())
          .stream().filter(line -> line.name() == name).findFirst().map(line -> line.gateway().bill(day));
    }
  }

  /// This thread is the core's thread.
  private static CoreAccess direct(SettlementCore core) {
    return new CoreAccess() {
      @Override
      public <T> T call(Function<SettlementCore, T> work) {
        return core.inTurn(work);
      }
    };
  }

  private static Optional<String> option(List<String> arguments, String name) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).startsWith(name + "=")) {
        return Optional.of(arguments.get(i).substring(name.length() + 1));
      }
      if (arguments.get(i).equals(name) && i + 1 < arguments.size()) {
        return Optional.of(arguments.get(i + 1));
      }
    }
    return Optional.empty();
  }
}

package dev.counterfoil.settlement.app;

import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.settlement.engine.EngineSettings;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.PostgresAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// All settings of a server. The defaults are those of [ServerConfigReader]; every value can be set in `server.toml`,
/// and the handful that people change between two starts on the command line too.
///
/// @param names host names and addresses for the server certificate
/// @param data folder of the database, the authority's keys and the admin socket; created when missing
public record ServerConfig(Path data, Listen link, Http http, Safe safe, LinkSettings limits,
    CoreSettings core,
    Site site, Enrolment enrolment, EngineSettings engine,
    List<String> names, Database db, GatewayConfig gateways, ImportLimits imports) {

  /// An address to listen at.
  ///
  /// @param port 0 lets the system choose one, which the ready line then tells
  public record Listen(String address, int port) {

    @Override
    public String toString() {
      return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
  }

  /// The port of the API and of operation.
  ///
  /// @param behindProxy a proxy on the way does TLS; it must be the only one that reaches the port
  public record Http(Listen listen, Tls tls, boolean behindProxy) {}

  /// Who answers at the HTTP port.
  public sealed interface Tls {

    /// In clear: on this machine only, or behind a proxy.
    record None() implements Tls {}

    /// With the certificate that terminals see, issued by this installation's own authority.
    record OwnAuthority() implements Tls {}

    /// With somebody else's.
    ///
    /// @param certificate PEM, the server's first, then what leads to its authority
    /// @param key         PEM, PKCS#8
    record Files(Path certificate, Path key) implements Tls {}
  }

  /// The second copy of the records.
  ///
  /// @param path            empty: SAFE stays 0 and terminals keep everything
  /// @param allowSameDevice accept a copy on the disk of the database; every screen then says so
  public record Safe(Optional<Path> path, boolean allowSameDevice) {}

  /// What a connection may cost before it is closed.
  ///
  /// @param protocol                  the limits that both ends know
  /// @param unauthenticatedTotal      open connections of all addresses that showed no certificate of ours yet
  /// @param connectionsPerCertificate one desk and one journal
  /// @param outboundBytes             written but unsent bytes after which a peer counts as not reading
  public record LinkSettings(LinkLimits protocol, int unauthenticatedTotal, int connectionsPerCertificate,
      int outboundBytes) {}

  /// A database that is not the file in the data folder.
  ///
  /// @param address empty: the file
  /// @param passwordFile its first line; without it `PGPASSWORD` counts
  public record Database(Optional<PostgresAddress> address, Optional<Path> passwordFile) {}

  /// The site that a new database starts with.
  ///
  /// @param dayOffset what is added to UTC to find its day; empty: as the database says, see {@link SiteDay}
  public record Site(int number, String name, String currency, Optional<Duration> dayOffset) {}

  /// @param attemptsPerMinute enrolment attempts of one address; more are refused unread
  public record Enrolment(Duration codeLife, int attemptsPerMinute) {}

  public ServerConfig withData(Path next) {
    return new ServerConfig(next, link, http, safe, limits, core, site, enrolment, engine, names, db,
        gateways, imports);
  }

  public ServerConfig withLinkPort(int next) {
    return new ServerConfig(data, new Listen(link.address(), next), http, safe, limits, core, site, enrolment,
        engine,
        names, db, gateways, imports);
  }

  public ServerConfig withHttpPort(int next) {
    var listen = new Listen(http.listen().address(), next);
    return new ServerConfig(data, link, new Http(listen, http.tls(), http.behindProxy()), safe, limits, core,
        site, enrolment,
        engine,
        names, db, gateways, imports);
  }

  public ServerConfig withDatabase(PostgresAddress address) {
    return new ServerConfig(data, link, http, safe, limits, core, site, enrolment, engine, names,
        new Database(Optional.of(address), db.passwordFile()), gateways, imports);
  }

  /// The database file, where no other database is named.
  public Path database() {
    return data.resolve("counterfoil.db");
  }

  public ServerConfig behindProxy() {
    return new ServerConfig(data, link, new Http(http.listen(), http.tls(), true), safe, limits, core, site,
        enrolment, engine, names, db, gateways, imports);
  }

  /// The keys of sealed columns, unless the environment holds them.
  public Path sealKeys() {
    return authority().resolve("seal.keys");
  }

  /// The authority's folder.
  public Path authority() {
    return data.resolve("ca");
  }
}

package dev.counterfoil.settlement.app;

import dev.counterfoil.protocol.link.LinkLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// All settings of a server. The defaults are those of [ServerConfigReader]; every value can be set in `server.toml`,
/// and the handful that people change between two starts on the command line too.
///
/// @param data folder of the database, the authority's keys and the admin socket; created when missing
public record ServerConfig(Path data, Listen link, Listen http, Safe safe, LinkSettings limits, Holds holds,
    OfflineAllowance allowance, Site site, Enrolment enrolment, Engine engine) {

  /// An address to listen at.
  ///
  /// @param port 0 lets the system choose one, which the ready line then tells
  public record Listen(String address, int port) {}

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

  /// How long a reserved amount stays reserved.
  public record Holds(Duration counter, Duration cabinet) {}

  /// What a terminal may approve on its own between two contacts. Amounts in minor units of the site's currency.
  public record OfflineAllowance(int count, long amountMinor, Duration elapsed, long perTapMinor,
      long perCardMinor,
      long perCardDayMinor, Duration snapshotAge, int blindReboots) {}

  /// The site that a new database starts with.
  public record Site(int number, String name, String currency) {}

  /// @param confirm          a second operator confirms each new terminal before it may sell
  /// @param attemptsPerMinute enrolment attempts of one address; more are refused unread
  public record Enrolment(boolean confirm, Duration codeLife, int attemptsPerMinute) {}

  /// Sizes of the queues between the threads.
  ///
  /// @param ingestBatches batches waiting for the verifier pool or the ledger writer; more stop the reading
  /// @param deskRequests  authorisation requests waiting for the ledger writer
  /// @param commitBatches most batches in one commit unit
  /// @param verifiers     threads that check signatures; 0 = one a core
  public record Engine(int ingestBatches, int deskRequests, int commitBatches, int verifiers) {}
}

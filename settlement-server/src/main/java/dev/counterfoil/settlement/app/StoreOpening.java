package dev.counterfoil.settlement.app;

import dev.counterfoil.settlement.store.PostgresAddress;
import dev.counterfoil.settlement.store.PostgresSettlementStore;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.StoreException;
import dev.counterfoil.settlement.store.StoreFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the database that the settings name, and says in one line why it cannot be opened.
final class StoreOpening {

  private static final Logger LOG = LoggerFactory.getLogger(StoreOpening.class);

  /// Less than a page of the database and a frame of its log: nothing can be written.
  private static final long LEAST_SPACE_BYTES = 64 * 1024;

  private StoreOpening() {}

  /// @throws StartupException with the fault's code
  static SettlementStore open(ServerConfig config) {
    try {
      Optional<PostgresAddress> address = config.db().address();
      return address.isPresent()
          ? PostgresSettlementStore.open(address.get(), password(config))
          : SqliteSettlementStore.open(config.database());
    } catch (StoreException e) {
      throw refused(config, e);
    }
  }

  private static String password(ServerConfig config) {
    Optional<Path> file = config.db().passwordFile();
    if (file.isEmpty()) {
      return Optional.ofNullable(System.getenv("PGPASSWORD")).orElse("");
    }
    try {
      return Files.readString(file.get()).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new StartupException("CONFIG_UNREADABLE",
          "key=db.password-file file=" + file.get() + " reason=" + e.getMessage(), e);
    }
  }

  /// For people, without anything secret.
  static String name(ServerConfig config) {
    return config.db().address().map(PostgresAddress::toString).orElse("sqlite");
  }

  /// What SQLite says on a full disk depends on which of its files could not grow, so the disk itself is asked too.
  static StartupException refused(ServerConfig config, StoreException e) {
    boolean here = config.db().address().isEmpty();
    StoreFault fault = e.fault() == StoreFault.STORE_IO && here && isFull(config.database())
        ? StoreFault.STORE_FULL
        : e.fault();
    return new StartupException(fault.name(), "database=" + (here ? config.database() : name(config))
        + " meaning=\"" + fault.meaning() + "\" reason=\"" + oneLine(e.facts()) + "\"", e);
  }

  private static boolean isFull(Path database) {
    try {
      return Files.getFileStore(database.toAbsolutePath().getParent()).getUsableSpace() < LEAST_SPACE_BYTES;
    } catch (IOException e) {
      LOG.debug("event=space_unknown", e);
      return false;
    }
  }

  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\"]+", " ");
  }
}

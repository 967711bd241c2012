package dev.counterfoil.settlement.core;

import dev.counterfoil.settlement.store.AccountRow;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What most tests of the core begin with, anew for each: a server on a database of its own, one till that has sent its
/// GENESIS, and the holder of card 1.
public abstract class TilledServer {

  @TempDir
  protected Path folder;
  protected TestServer server;
  protected TestTerminal till;
  protected AccountRow holder;
  private final long openingMinor;

  /// @param openingMinor what the holder has
  protected TilledServer(long openingMinor) {
    this.openingMinor = openingMinor;
  }

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
    till = server.terminal();
    holder = server.holder(1, openingMinor);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /// Lets the till write, then hands in what it wrote as one batch that must be acknowledged.
  protected final void push(Runnable write) {
    long from = till.head.seq() + 1;
    write.run();
    server.acknowledged(till.push(from));
  }
}

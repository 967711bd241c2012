package dev.counterfoil.sim.bench;

import java.io.IOException;
import java.nio.file.Path;

/// Which database the ledger is measured on, and what is expected there.
public enum LedgerDatabase {
  sqlite(LedgerBench.Scale.SQLITE, 0.6) {
    @Override
    public SqlDatabases databases(Path folder) {
      return SqlDatabases.sqlite(folder);
    }
  },
  postgresql(LedgerBench.Scale.POSTGRESQL, 0.7) {
    @Override
    public SqlDatabases databases(Path folder) throws IOException {
      return SqlDatabases.postgres(folder, System.getenv());
    }
  };

  private final LedgerBench.Scale scale;
  private final double target;

  LedgerDatabase(LedgerBench.Scale scale, double target) {
    this.scale = scale;
    this.target = target;
  }

  /// @param folder on the disk that is to be measured
  /// @throws IOException if no database server can be started here
  public abstract SqlDatabases databases(Path folder) throws IOException;

  public LedgerBench.Scale scale() {
    return scale;
  }

  /// Least part of the bare rate.
  public double target() {
    return target;
  }
}

package dev.counterfoil.sim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.store.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The benches do what they claim to measure: few rows, no time is looked at. Each one compares the rows of both sides
/// and verifies the books by itself, and throws otherwise.
class LedgerBenchTest {

  @TempDir
  Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

  private PrintStream out() {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private static Map<String, String> environment() {
    return Map.of(SqlDatabases.URL, TestPostgres.server().toString(), "PGPASSWORD",
        TestPostgres.password());
  }

  private void settlesWhatTheBareLoopWrites(SqlDatabases databases, int connections) throws Exception {
    var scale = new LedgerBench.Scale(connections, 20, 2, 25, 4, 1, 2);

    LedgerBench.Result result = new LedgerBench(databases.empty("ours"), databases.empty("bare"), scale, 0,
        random,
        out()).run();

    assertThat(result.records()).isEqualTo(2L * connections * 4 * 25);
    assertThat(result.settled()).isPositive();
    assertThat(result.bare()).isPositive();
    assertThat(result.met()).isTrue();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("SETTLED / bare", "ledger balanced");
  }

  @Test
  void theLedgerAndTheBareLoopWriteTheSameOnSqlite() throws Exception {
    try (var databases = SqlDatabases.sqlite(folder)) {
      settlesWhatTheBareLoopWrites(databases, 1);
    }
  }

  @Test
  void fourServersAndFourBareLoopsWriteTheSameOnPostgresql() throws Exception {
    try (var databases = SqlDatabases.postgres(folder, environment())) {
      settlesWhatTheBareLoopWrites(databases, 4);
    }
  }

  @Test
  void aBareLoopThatWritesSomethingElseIsFound() throws Exception {
    try (var databases = SqlDatabases.sqlite(folder);
        var site = new LedgerSite(databases.empty("ours"), 1, random);
        var loop = new SqlBareLoop(databases.empty("bare"), 1)) {
      site.openAccounts(3);
      site.enrol(1);
      loop.copyRegistry(site.database());
      SqlBareLoop.Mark mark = loop.capture(site.database(), SqlBareLoop.Mark.START).mark();
      site.settle(site.prepare(1, 5));
      loop.write(loop.capture(site.database(), mark).units());
      loop.requireSameAs(site.database());
      try (Connection connection = site.database().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE ledger_account SET posted_debits = posted_debits + 1 WHERE owner = 1");
      }

      assertThatThrownBy(() -> loop.requireSameAs(site.database())).hasMessageContaining("ledger_account");
      assertThat(site.verify().isBalanced()).isFalse();
    }
  }

  private void growsAndBalances(SqlDatabases databases) throws Exception {
    var scale = new GrowBench.Scale(40, 400, 20, 2, 10, 2, 1, 2);

    GrowBench.Result result = new GrowBench(databases.empty("small"), databases.empty("big"), scale, random,
        out())
        .run();

    assertThat(result.small()).isPositive();
    assertThat(result.big()).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("filled 400 of 400",
        "ledger of 120 transfers balanced",
        "ledger of 480 transfers balanced");
  }

  @Test
  void aPastIsPartOfTheBooksOnSqlite() throws Exception {
    try (var databases = SqlDatabases.sqlite(folder)) {
      growsAndBalances(databases);
    }
  }

  @Test
  void aPastIsPartOfTheBooksOnPostgresql() throws Exception {
    try (var databases = SqlDatabases.postgres(folder, environment())) {
      growsAndBalances(databases);
    }
  }

  @Test
  void everyPaymentThroughTheApiIsBookedOnce() throws Exception {
    ApiBench.Result result = new ApiBench(folder, new ApiBench.Scale(4, 3, 30, 1, 1, 0.8), random, out())
        .run();

    assertThat(result.payments()).isEqualTo(2L * 2 * 30);
    assertThat(result.rateRatio()).isPositive();
    assertThat(result.p99Ratio()).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("booked once: 120");
  }
}

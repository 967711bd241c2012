package dev.counterfoil.sim.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.imports.FileReader;
import dev.counterfoil.settlement.imports.ImportDesk;
import dev.counterfoil.settlement.imports.ImportFile;
import dev.counterfoil.settlement.imports.ImportKind;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.imports.Planned;
import dev.counterfoil.settlement.imports.Surroundings;
import dev.counterfoil.settlement.imports.Terms;
import dev.counterfoil.settlement.secret.SealKeys;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.store.PostgresAddress;
import dev.counterfoil.settlement.store.PostgresSettlementStore;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.TestPostgres;
import dev.counterfoil.protocol.card.CardToken;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of 100,000 rows (`-Dimport.rows`), each one commit, on both databases. Prints how long the writer is held, which is
/// how long taps wait.
@Tag("nightly")
class ImportAtScaleTest {

  private static final int ROWS = Integer.getInteger("import.rows", 100_000);
  private static final int SITE = TestServer.SITE;

  @TempDir
  Path folder;

  @Test
  void manyRowsAreOneCommitOnSqlite() throws Exception {
    run("sqlite", SqliteSettlementStore.open(folder.resolve("server.db")));
  }

  @Test
  void manyRowsAreOneCommitOnPostgres() throws Exception {
    PostgresAddress address = TestPostgres.empty();
    try {
      run("postgresql", PostgresSettlementStore.open(address, TestPostgres.password()));
    } finally {
      TestPostgres.drop(address);
    }
  }

  private void run(String name, SettlementStore store) throws Exception {
    try (var server = new TestServer(store, TestServer.SETTINGS)) {
      take(name, server, ImportKind.ACCOUNTS, accounts());
      Planned sales = take(name, server, ImportKind.RECORDS, sales());

      assertThat(sales.count()).isEqualTo(ROWS);
      assertThat(server.ledger().problems()).isEmpty();
      assertThat(server.ledger().transfers()).isEqualTo(2L * ROWS);
      Planned again = check(server, file(server, ImportKind.RECORDS, sales()), terms());
      assertThat(again.present()).isEqualTo(ROWS);
      assertThat(again.count()).isZero();
    }
  }

  private Planned take(String name, TestServer server, ImportKind kind, String text) throws Exception {
    long start = System.nanoTime();
    ImportFile file = file(server, kind, text);
    Planned planned = check(server, file, terms());
    long checked = System.nanoTime();
    server.core.inTurn(core -> core.imports().book(planned, SITE, terms(), file.faults(), server.now));
    assertThat(file.faults().kept()).isEmpty();
    System.out.printf(Locale.ROOT, "IMPORT store=%s kind=%s rows=%d checked_ms=%d writer_held_ms=%d%n", name,
        kind, ROWS, (checked - start) / 1_000_000, (System.nanoTime() - checked) / 1_000_000);
    return planned;
  }

  private static ImportFile file(TestServer server, ImportKind kind, String text) throws Exception {
    var limits = new ImportLimits(1L << 30, 1, ROWS, 500, 20, 1);
    return new FileReader(limits, new Surroundings(SITE, Optional.empty(), server.now,
        uid -> CardToken.derive(1, new byte[32], uid)), (_, _, _) -> {
        }).read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), kind,
            StandardCharsets.UTF_8);
  }

  /// Through a view of its own, as beside a server at work.
  private static Planned check(TestServer server, ImportFile file, Terms terms) {
    try (var reader = server.store.openReader()) {
      return ImportDesk.check(file, reader, reader.site(SITE).orElseThrow(), terms, server.now,
          (_, _, _) -> {
          });
    }
  }

  private static Terms terms() {
    var random = new SplittableRandom(1);
    return new Terms("oldpos", "li", TestServer.SETTINGS,
        new ContactSeal(new SealedColumn(SealKeys.parse("test", "1 " + "ab".repeat(32)), random)));
  }

  private static String accounts() {
    var text = new StringBuilder("reference,holder_name,owner,phone,card,opening_balance\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(String.format(Locale.ROOT, "K-%1$d,持有人 %1$d,E%1$d,138%1$08d,04%1$08x,60.00%n", i));
    }
    return text.toString();
  }

  private static String sales() {
    var random = new SplittableRandom(2);
    var text = new StringBuilder("reference,account_reference,amount,time,product_name\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(String.format(Locale.ROOT, "A-%d,K-%d,0.%02d,2025-10-%02dT12:%02d:00+08:00,盖饭%n", i,
          random.nextInt(ROWS), 1 + i % 99, 1 + i % 28, i % 60));
    }
    return text.toString();
  }
}

package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a site's day begins, and who says so.
class SiteDayTest {

  private static final ServerConfig.Site SILENT = ServerConfigReader.defaults().site();
  private static final ServerConfig.Site MINUS_TWO = ServerConfigReader
      .parse("f", "[site]\nday-offset-minutes = -120\n").site();
  private static final ServerConfig.Site UTC = ServerConfigReader
      .parse("f", "[site]\nday-offset-minutes = 0\n").site();

  @TempDir
  Path folder;
  private SettlementStore store;

  @BeforeEach
  void open() {
    store = SqliteSettlementStore.open(folder.resolve("s.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void begin(SiteDay day) {
    store.commit(new CommitUnit().putSite(new SiteRow(1, "canteen", "CNY")).putSetting(day.row(1)));
  }

  @Test
  void aNewDatabaseBeginsWithChineseTimeAndKeepsIt() {
    SiteDay first = SiteDay.of(SILENT, store);
    assertThat(first).isEqualTo(new SiteDay(Duration.ofMinutes(480), "new database"));
    begin(first);
    assertThat(SiteDay.of(SILENT, store)).isEqualTo(new SiteDay(Duration.ofMinutes(480), "database"));
  }

  @Test
  void theFilesWordCountsAndIsKeptByANewDatabase() {
    SiteDay first = SiteDay.of(MINUS_TWO, store);
    assertThat(first.offset()).isEqualTo(Duration.ofMinutes(-120));
    begin(first);
    assertThat(SiteDay.of(SILENT, store).offset()).isEqualTo(Duration.ofMinutes(-120));
    assertThat(SiteDay.of(UTC, store)).isEqualTo(new SiteDay(Duration.ZERO, "file"));
    assertThat(first.in(ServerConfigReader.defaults().core()).dayOffset())
        .isEqualTo(Duration.ofMinutes(-120));
  }

  @Test
  void aDatabaseFromBeforeThisRuleKeepsUtc() {
    store.commit(new CommitUnit().putSite(new SiteRow(1, "canteen", "CNY")));
    assertThat(SiteDay.of(SILENT, store)).isEqualTo(new SiteDay(Duration.ZERO, "old database"));
  }
}

package dev.counterfoil.settlement.app;

import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.SettingRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.Duration;
import java.util.Optional;

/// Where a site's day begins. A file's word counts; else what its database began with, so that a file that is lost moves no
/// day; a database that is older than this rule keeps UTC. A new one begins with Chinese time, which has one offset all year.
///
/// @param offset what is added to UTC
/// @param from who said so, for the log
record SiteDay(Duration offset, String from) {

  static final Duration OF_A_NEW_SITE = Duration.ofHours(8);

  /// @param reads of the database before anything was written to it
  static SiteDay of(ServerConfig.Site site, SettlementReads reads) {
    Optional<SiteDay> told = site.dayOffset().map(offset -> new SiteDay(offset, "file"));
    return told.or(() -> stored(site.number(), reads)).orElseGet(() -> reads.sites().isEmpty()
        ? new SiteDay(OF_A_NEW_SITE, "new database")
        : new SiteDay(Duration.ZERO, "old database"));
  }

  private static Optional<SiteDay> stored(int site, SettlementReads reads) {
    return reads.setting(site, SettingRow.DAY_OFFSET_MINUTES)
        .map(minutes -> new SiteDay(Duration.ofMinutes(Long.parseLong(minutes)), "database"));
  }

  /// What a new database keeps of it.
  SettingRow row(int site) {
    return new SettingRow(site, SettingRow.DAY_OFFSET_MINUTES, Long.toString(offset.toMinutes()));
  }

  CoreSettings in(CoreSettings settings) {
    return settings.withDayOffset(offset);
  }
}

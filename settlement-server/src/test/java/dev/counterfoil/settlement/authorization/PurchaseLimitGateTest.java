package dev.counterfoil.settlement.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.password.PasswordRules;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Counts, hours, weekends and holidays at a tap; the rules themselves are in `limit`.
class PurchaseLimitGateTest {

  private static final long MINUTE = 60_000;
  /// No purchase here is large enough to need a password.
  private static final PasswordRules NONE = new PasswordRules(false, Long.MAX_VALUE, 6, 5, Duration.ZERO);

  @TempDir
  Path folder;
  private TestServer server;
  private TestTerminal till;

  @BeforeEach
  void open() {
    begin("first", PurchaseLimits.DEFAULT, Duration.ZERO);
  }

  private void begin(String name, PurchaseLimits limits) {
    begin(name, limits, Duration.ZERO);
  }

  private void begin(String name, PurchaseLimits limits, Duration ahead) {
    Path own = folder.resolve(name);
    assertThat(own.toFile().mkdir()).isTrue();
    server = TestServer.at(own, aheadOfUtc(ahead).withConfirmTerminals(false).withPurchases(limits)
        .withPasswords(NONE));
    till = server.terminal();
    server.holder(1, 10_000_000);
    at("2026-03-05T12:00:00Z");
  }

  private static CoreSettings aheadOfUtc(Duration ahead) {
    CoreSettings all = CoreSettings.DEFAULT;
    return new CoreSettings(all.holdAtCounter(), all.holdAtCabinet(), all.perTapMinor(), all.perDayMinor(),
        all.recharges(), all.epochLife(), all.allowance(), all.windowBatches(), all.confirmTerminals(), ahead,
        all.safeSameDisk(), all.moves(), all.accounts(), all.purchases(), all.passwords(), all.refunds(),
        all.predebits(), all.mostOrders(), all.signIn());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void at(String time) {
    server.now = Instant.parse(time).toEpochMilli();
  }

  /// @return the reason, empty when approved
  private String tap(long amount) {
    return server.authorize(till, server.transaction(), 1, amount).getReason();
  }

  @Test
  @Requirement({"LIM-04"})
  void theEleventhPurchaseInSixtyMinutesIsRefused() {
    for (int i = 0; i < 10; i++) {
      assertThat(tap(100)).isEmpty();
      server.now += MINUTE;
    }

    assertThat(tap(100)).isEqualTo("LIMIT_HOUR_COUNT");
    at("2026-03-05T12:59:59.999Z");
    assertThat(tap(100)).isEqualTo("LIMIT_HOUR_COUNT");
    at("2026-03-05T13:00:00Z");
    assertThat(tap(100)).isEmpty();
    assertThat(tap(100)).isEqualTo("LIMIT_HOUR_COUNT");
  }

  @Test
  @Requirement({"LIM-04"})
  void aRefusalIsNotCountedAndARestartForgetsNothing() {
    for (int i = 0; i < 20; i++) {
      assertThat(tap(100_001)).isEqualTo("LIMIT_PER_TRANSACTION");
    }
    for (int i = 0; i < 10; i++) {
      assertThat(tap(100)).isEmpty();
    }

    server.restart();

    assertThat(tap(100)).isEqualTo("LIMIT_HOUR_COUNT");
  }

  @Test
  @Requirement({"LIM-04"})
  void theFiftyFirstPurchaseOfADayIsRefused() {
    at("2026-03-05T08:00:00Z");
    for (int i = 0; i < 50; i++) {
      assertThat(tap(100)).isEmpty();
      server.now += 7 * MINUTE;
    }

    assertThat(tap(100)).isEqualTo("LIMIT_DAY_COUNT");
    at("2026-03-06T08:00:00Z");
    assertThat(tap(100)).isEmpty();
  }

  @Test
  @Requirement({"LIM-05"})
  void nothingIsSoldOnlineOutsideTheHours() {
    at("2026-03-05T07:59:59Z");
    assertThat(tap(100)).isEqualTo("OUTSIDE_HOURS");
    at("2026-03-05T08:00:00Z");
    assertThat(tap(100)).isEmpty();
    at("2026-03-05T21:59:59Z");
    assertThat(tap(100)).isEmpty();
    at("2026-03-05T22:00:00Z");
    assertThat(tap(100)).isEqualTo("OUTSIDE_HOURS");
  }

  @Test
  @Requirement({"LIM-05"})
  void hoursAndDaysAreThoseOfTheSiteAndATillMayBeOpenAlways() {
    server.close();
    PurchaseLimits known = PurchaseLimits.DEFAULT;
    begin("beijing", new PurchaseLimits(0, 0, known.hours(), List.of(2), 20_000, 0, List.of(), 0),
        Duration.ofHours(8));
    TestTerminal second = server.terminal();

    // Friday, 22:00 at the site.
    at("2026-03-06T14:00:00Z");
    assertThat(tap(100)).isEqualTo("OUTSIDE_HOURS");
    assertThat(server.authorize(second, server.transaction(), 1, 20_001).getReason()).isEmpty();
    // Saturday, 8:00.
    at("2026-03-07T00:00:00Z");
    server.core.tick(server.now);
    assertThat(tap(20_001)).isEqualTo("LIMIT_WEEKEND");
    assertThat(tap(20_000)).isEmpty();
  }

  @Test
  @Requirement({"LIM-05", "LIM-21"})
  void weekendsAndHolidaysHaveSumsOfTheirOwn() {
    server.close();
    PurchaseLimits known = PurchaseLimits.DEFAULT;
    begin("holidays", new PurchaseLimits(10, 50, known.hours(), List.of(), 20_000, 10_000,
        List.of(LocalDate.of(2026, 3, 6)), 0));

    at("2026-03-06T12:00:00Z");
    assertThat(tap(10_000)).isEmpty();
    assertThat(tap(1)).isEqualTo("LIMIT_HOLIDAY");
    at("2026-03-07T12:00:00Z");
    assertThat(tap(20_001)).isEqualTo("LIMIT_WEEKEND");
    at("2026-03-09T12:00:00Z");
    assertThat(tap(20_001)).isEmpty();
  }

  @Test
  @Requirement({"LIM-02"})
  void whatIsApprovedAndNotYetSoldCountsForTheDay() {
    for (int i = 0; i < 5; i++) {
      assertThat(tap(100_000)).isEmpty();
    }

    assertThat(tap(1)).isEqualTo("LIMIT_PER_PERIOD");
  }

  @Test
  void whatWasGivenUpCountsForTheDayNoMore() {
    var given = server.transaction();
    server.authorize(till, given, 1, 100_000);
    for (int i = 0; i < 4; i++) {
      assertThat(tap(100_000)).isEmpty();
    }
    server.core.cancel(till.id, given, server.now);

    assertThat(tap(100_000)).isEmpty();
    assertThat(tap(1)).isEqualTo("LIMIT_PER_PERIOD");
  }

  @Test
  @Requirement({"LIM-06"})
  void whatMustBeLeftIsLeft() {
    server.close();
    begin("balance",
        new PurchaseLimits(0, 0, PurchaseLimits.DEFAULT.hours(), List.of(), 0, 0, List.of(), 300));
    server.holder(2, 1_000);

    assertThat(server.authorize(till, server.transaction(), 2, 701).getReason())
        .isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(server.authorize(till, server.transaction(), 2, 700).getReason()).isEmpty();
  }

  @Test
  @Requirement({"LIM-02"})
  void whatWasSoldWithoutTheServerIsBookedOverEveryLimit() {
    at("2026-03-07T23:00:00Z");
    for (int i = 0; i < 12; i++) {
      long from = till.head.seq() + 1;
      till.cardSale(server.transaction(), TestServer.token(1), 100_000, true);
      server.acknowledged(till.push(from));
    }

    assertThat(server.exceptions()).isEmpty();
    assertThat(server.ledger().problems()).isEmpty();
    at("2026-03-07T12:00:00Z");
    assertThat(tap(1)).isEqualTo("LIMIT_PER_PERIOD");
  }
}

package dev.counterfoil.protocol.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.policy.OfflinePolicy.Purchase;
import dev.counterfoil.protocol.policy.OfflineUsage.SinceContact;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflinePolicyTest {

  private static final OfflineCaps CAPS = new OfflineCaps(10, 5_000, 60_000, 1_000, 2_000, 1_500, 30_000, 5);
  private static final OfflineAccount ACCOUNT = new OfflineAccount(7, AccountStatus.NORMAL, true, 1_200, 0,
      0);
  private static final SinceContact CLOCK = new SinceContact(true, 1_000, 1_000, 0);
  private static final OfflineUsage FRESH = new OfflineUsage(0, 0, 0, 0, 0, 0, CLOCK);

  @Test
  void afterAGapOnlyATenthOfCountAndSumsIsLeft() {
    OfflineCaps left = OfflineCaps.DEFAULT.afterGap(OfflineCaps.DEFAULT_AFTER_GAP_PERCENT);

    assertThat(left.maxCount()).isEqualTo(100);
    assertThat(left.maxAmountMinor()).isEqualTo(200_000);
    assertThat(left.perCardMinor()).isEqualTo(2_000);
    assertThat(left.perTapMinor()).isEqualTo(OfflineCaps.DEFAULT.perTapMinor());
    assertThat(OfflineCaps.DEFAULT.afterGap(100)).isEqualTo(OfflineCaps.DEFAULT);
    assertThat(OfflineCaps.DEFAULT.afterGap(0).maxCount()).isZero();
    assertThat(OfflineCaps.DEFAULT.afterGap(25).maxAmountMinor()).isEqualTo(500_000);
    assertThat(OfflineCaps.UNLIMITED.afterGap(OfflineCaps.DEFAULT_AFTER_GAP_PERCENT).maxAmountMinor())
        .as("no overflow")
        .isBetween(Long.MAX_VALUE / 10 - 1, Long.MAX_VALUE / 10);
  }

  @Test
  void aCoveredPurchaseIsAllowedAndTellsBothBalances() {
    assertThat(OfflinePolicy.decide(tap(450), FRESH, CAPS))
        .isEqualTo(new OfflineVerdict.Allowed(7, 1_200, 750));
  }

  /// Each line sits exactly on a cap, then one beyond it.
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      1000 | 0  | 0    | 0    | 0    | 0   | 0     | 0     | -
      1001 | 0  | 0    | 0    | 0    | 0   | 0     | 0     | OFFLINE_LIMIT_PER_TAP
      1000 | 0  | 0    | 0    | 0    | 200 | 0     | 0     | -
      1000 | 0  | 0    | 0    | 0    | 201 | 0     | 0     | INSUFFICIENT_BALANCE
      100  | 0  | 0    | 1900 | 0    | 0   | 0     | 0     | -
      101  | 0  | 0    | 1900 | 0    | 0   | 0     | 0     | OFFLINE_LIMIT_PER_CARD
      100  | 0  | 0    | 0    | 1400 | 0   | 0     | 0     | -
      101  | 0  | 0    | 0    | 1400 | 0   | 0     | 0     | OFFLINE_LIMIT_PER_CARD
      100  | 9  | 0    | 0    | 0    | 0   | 0     | 0     | -
      100  | 10 | 0    | 0    | 0    | 0   | 0     | 0     | OFFLINE_ALLOWANCE_USED
      100  | 0  | 4900 | 0    | 0    | 0   | 0     | 0     | -
      101  | 0  | 4900 | 0    | 0    | 0   | 0     | 0     | OFFLINE_ALLOWANCE_USED
      100  | 0  | 0    | 0    | 0    | 0   | 30000 | 0     | -
      100  | 0  | 0    | 0    | 0    | 0   | 30001 | 0     | OFFLINE_DATA_TOO_OLD
      100  | 0  | 0    | 0    | 0    | 0   | 0     | 60000 | -
      100  | 0  | 0    | 0    | 0    | 0   | 0     | 60001 | OFFLINE_ALLOWANCE_USED
      0    | 0  | 0    | 0    | 0    | 0   | 0     | 0     | PARAMETER_ERROR
      -5   | 0  | 0    | 0    | 0    | 0   | 0     | 0     | PARAMETER_ERROR
      """)
  void everyCapHoldsToTheLastFen(long amount, long count, long sum, long card, long cardDay, long unsettled,
      long age, long elapsed, String expected) {
    var usage = new OfflineUsage(count, sum, card, cardDay, unsettled, age,
        new SinceContact(true, elapsed, 0, 0));

    assertThat(reason(OfflinePolicy.decide(tap(amount), usage, CAPS))).isEqualTo(expected);
  }

  @Test
  void aClockSteppedBackDoesNotProlongTheTimeWithoutTheServer() {
    var steppedBack = new SinceContact(true, -400L * 86_400_000, 60_001, 0);

    assertThat(reason(OfflinePolicy.decide(tap(100), with(steppedBack), CAPS)))
        .isEqualTo("OFFLINE_ALLOWANCE_USED");
  }

  @Test
  void anUntrustedWallClockSaysNothingAboutElapsedTime() {
    var stepped = new SinceContact(false, 400L * 86_400_000, 1_000, 0);

    assertThat(reason(OfflinePolicy.decide(tap(100), with(stepped), CAPS))).isEqualTo("-");
  }

  @Test
  void blindRebootsBeyondTheCapStopSellingUntilTheClockIsKnown() {
    assertThat(reason(OfflinePolicy.decide(tap(100), with(new SinceContact(false, 0, 0, 5)), CAPS)))
        .isEqualTo("-");
    assertThat(reason(OfflinePolicy.decide(tap(100), with(new SinceContact(false, 0, 0, 6)), CAPS)))
        .isEqualTo("CLOCK_UNKNOWN");
    assertThat(reason(OfflinePolicy.decide(tap(100), with(new SinceContact(true, 0, 0, 6)), CAPS)))
        .isEqualTo("-");
  }

  @Test
  void anAccountWithoutOfflinePermissionIsRefused() {
    var account = new OfflineAccount(7, AccountStatus.NORMAL, false, 1_200, 0, 0);

    assertThat(reason(OfflinePolicy.decide(tapOf(account, 100), FRESH, CAPS)))
        .isEqualTo("OFFLINE_NOT_ALLOWED");
  }

  @ParameterizedTest
  @CsvSource({"NORMAL,-", "FROZEN,ACCOUNT_FROZEN", "CANCELLED,ACCOUNT_INVALID", "PENDING,ACCOUNT_INVALID",
      "LOST,CARD_LOST"})
  void theAccountsStateIsAskedBeforeItsMoney(AccountStatus status, String expected) {
    var poor = new OfflineAccount(7, status, true, expected.equals("-") ? 1_200 : 0, 0, 0);

    assertThat(reason(OfflinePolicy.decide(tapOf(poor, 100), FRESH, CAPS))).isEqualTo(expected);
  }

  @Test
  void aDeniedCardIsRefusedWhateverItsAccountSays() {
    var denied = new Purchase(100, true, true, Optional.of(ACCOUNT));

    assertThat(reason(OfflinePolicy.decide(denied, FRESH, CAPS))).isEqualTo("CARD_LOST");
  }

  @Test
  void onlyAPresentedCardOfAKnownAccountIsServed() {
    assertThat(reason(OfflinePolicy.decide(new Purchase(100, true, false, Optional.empty()), FRESH, CAPS)))
        .isEqualTo("OFFLINE_NOT_ALLOWED");
    assertThat(
        reason(OfflinePolicy.decide(new Purchase(100, false, false, Optional.of(ACCOUNT)), FRESH, CAPS)))
        .isEqualTo("OFFLINE_NOT_ALLOWED");
  }

  @Test
  void theAccountsOwnLimitsHoldToo() {
    var limited = new OfflineAccount(7, AccountStatus.NORMAL, true, 1_200, 300, 500);
    var spentToday = new OfflineUsage(0, 0, 0, 300, 0, 0, CLOCK);

    assertThat(reason(OfflinePolicy.decide(tapOf(limited, 301), FRESH, CAPS)))
        .isEqualTo("LIMIT_PER_TRANSACTION");
    assertThat(reason(OfflinePolicy.decide(tapOf(limited, 200), spentToday, CAPS))).isEqualTo("-");
    assertThat(reason(OfflinePolicy.decide(tapOf(limited, 201), spentToday, CAPS)))
        .isEqualTo("LIMIT_PER_PERIOD");
  }

  @Test
  void sumsThatWouldWrapAroundRefuse() {
    var huge = new OfflineUsage(0, Long.MAX_VALUE, 0, 0, 0, 0, CLOCK);
    var wrapping = new OfflineUsage(0, 0, 0, 0, Long.MIN_VALUE, 0, CLOCK);

    assertThat(reason(OfflinePolicy.decide(tap(100), huge, OfflineCaps.UNLIMITED)))
        .isEqualTo("OFFLINE_ALLOWANCE_USED");
    assertThat(reason(OfflinePolicy.decide(tap(100), wrapping, OfflineCaps.UNLIMITED)))
        .isEqualTo("INSUFFICIENT_BALANCE");
  }

  @Test
  void aTerminalWithoutAnyAllowanceSellsNothing() {
    assertThat(OfflinePolicy.decide(tap(1), FRESH, OfflineCaps.NOTHING))
        .isInstanceOf(OfflineVerdict.Refused.class);
  }

  @Test
  void aTerminalsOwnCapsOnlyTighten() {
    var own = new OfflineCaps(99, 100, 99_999, 2_000, 1, 9_999, 1, 99);

    assertThat(CAPS.tightenedBy(own)).isEqualTo(new OfflineCaps(10, 100, 60_000, 1_000, 1, 1_500, 1, 5));
    assertThat(CAPS.tightenedBy(OfflineCaps.UNLIMITED)).isEqualTo(CAPS);
  }

  @Test
  void capsSurviveTheWire() {
    assertThat(OfflineCaps.of(OfflineCaps.DEFAULT.toWire())).isEqualTo(OfflineCaps.DEFAULT);
    assertThat(OfflineCaps.of(OfflineCaps.NOTHING.toWire())).isEqualTo(OfflineCaps.NOTHING);
  }

  /// I-30: a random walk of purchases never passes any cap, whatever the order.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noSequenceOfPurchasesPassesACap(long seed) {
    var random = new Random(seed);
    long[] balance = {4_000, 4_000, 4_000, 4_000};
    long[] spent = new long[balance.length];
    long count = 0;
    for (int i = 0; i < 500; i++) {
      int card = random.nextInt(balance.length);
      long amount = random.nextLong(1, 1_300);
      var account = new OfflineAccount(card, AccountStatus.NORMAL, true, balance[card], 0, 0);
      var usage = new OfflineUsage(count, Arrays.stream(spent).sum(), spent[card], spent[card], spent[card],
          0, CLOCK);
      if (OfflinePolicy.decide(tapOf(account, amount), usage, CAPS) instanceof OfflineVerdict.Allowed) {
        spent[card] += amount;
        count++;
        assertThat(amount).as("seed %d", seed).isLessThanOrEqualTo(CAPS.perTapMinor());
      }
      assertThat(spent[card]).as("seed %d", seed).isLessThanOrEqualTo(CAPS.perCardDayMinor());
    }
    assertThat(count).as("seed %d", seed).isBetween(1L, CAPS.maxCount());
    assertThat(Arrays.stream(spent).sum()).as("seed %d", seed).isLessThanOrEqualTo(CAPS.maxAmountMinor());
  }

  @ParameterizedTest
  @EnumSource(DeclineReason.class)
  void everyReasonIsFoundByItsCode(DeclineReason reason) {
    assertThat(DeclineReason.of(reason.name())).contains(reason);
    assertThat(DeclineReason.of("SOMETHING_NEWER")).isEmpty();
  }

  private static Purchase tap(long amount) {
    return tapOf(ACCOUNT, amount);
  }

  private static Purchase tapOf(OfflineAccount account, long amount) {
    return new Purchase(amount, true, false, Optional.of(account));
  }

  private static OfflineUsage with(SinceContact clock) {
    return new OfflineUsage(0, 0, 0, 0, 0, 0, clock);
  }

  private static String reason(OfflineVerdict verdict) {
    return switch (verdict) {
      case OfflineVerdict.Allowed _ -> "-";
      case OfflineVerdict.Refused(var reason) -> reason.name();
    };
  }
}

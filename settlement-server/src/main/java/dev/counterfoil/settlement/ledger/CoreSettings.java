package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.limit.RechargeLimits;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.password.PasswordRules;
import java.time.Duration;
import java.time.LocalDate;

/// Everything that an operator may set about the core's decisions; the defaults are the requirements'.
///
/// @param holdAtCounter life of a hold at a counter
/// @param holdAtCabinet life of a hold at a cabinet
/// @param perTapMinor largest single purchase (LIM-01), minor units
/// @param perDayMinor largest sum of one account's purchases on one day (LIM-02), minor units
/// @param recharges limits of recharges (LIM-07 to LIM-09)
/// @param epochLife age at which a confirmed epoch is replaced
/// @param allowance what a terminal in good standing may approve without the server
/// @param windowBatches batches that a terminal may have in flight
/// @param confirmTerminals a second operator must confirm an enrolled terminal
/// @param dayOffset what is added to UTC to find the site's day
/// @param safeSameDisk the verified copy is on the database's own device, by permission
/// @param moves limits of transfers and withdrawals
/// @param accounts rules of accounts
/// @param purchases further limits of online purchases (LIM-04 to LIM-06)
/// @param passwords when a purchase needs its holder's password (PAY-28)
/// @param refunds when a refund takes a second pair of eyes
/// @param predebits what becomes of provisional charges that nobody settles (PAY-24)
/// @param mostOrders how many meals one account may have ordered at once (docs/adr/0034)
/// @param signIn what operators' passwords and sessions keep to
public record CoreSettings(Duration holdAtCounter, Duration holdAtCabinet, long perTapMinor, long perDayMinor,
    RechargeLimits recharges, Duration epochLife, OfflineCaps allowance, int windowBatches,
    boolean confirmTerminals, Duration dayOffset, boolean safeSameDisk, MoveLimits moves,
    AccountRules accounts, PurchaseLimits purchases, PasswordRules passwords, RefundRules refunds,
    PredebitRules predebits, int mostOrders, SignInRules signIn) {

  public static final CoreSettings DEFAULT = new CoreSettings(Duration.ofMinutes(15), Duration.ofMinutes(60),
      100_000, 500_000, RechargeLimits.DEFAULT, Duration.ofHours(24), OfflineCaps.DEFAULT, 8, true,
      Duration.ZERO, false, MoveLimits.DEFAULT, AccountRules.DEFAULT, PurchaseLimits.DEFAULT,
      PasswordRules.DEFAULT, RefundRules.DEFAULT, PredebitRules.DEFAULT,
      15, SignInRules.DEFAULT);

  /// Number of the site's day at a server time.
  public long dayAt(long nowMs) {
    return Math.floorDiv(nowMs + dayOffset.toMillis(), Duration.ofDays(1).toMillis());
  }

  /// Minute of the site's day at a server time, 0 to 1439.
  public int minuteAt(long nowMs) {
    return (int) ((nowMs - startOf(dayAt(nowMs))) / Duration.ofMinutes(1).toMillis());
  }

  /// Server time, Unix milliseconds, at which the site's month of a moment begins.
  public long startOfMonth(long nowMs) {
    return startOf(LocalDate.ofEpochDay(dayAt(nowMs)).withDayOfMonth(1).toEpochDay());
  }

  /// Server time, Unix milliseconds, at which a day of the site begins.
  public long startOf(long day) {
    return day * Duration.ofDays(1).toMillis() - dayOffset.toMillis();
  }

  public CoreSettings withDayOffset(Duration next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, next,
        safeSameDisk, moves, accounts, purchases, passwords, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withAccounts(AccountRules next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, moves, next, purchases, passwords, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withConfirmTerminals(boolean next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, next, dayOffset,
        safeSameDisk, moves, accounts, purchases, passwords, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withAllowance(OfflineCaps next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, next, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, moves, accounts, purchases, passwords, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withSafeSameDisk(boolean next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        next, moves, accounts, purchases, passwords, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withMoves(MoveLimits next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, next, accounts, purchases, passwords, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withRecharges(RechargeLimits next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, next,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, moves, accounts, purchases, passwords, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withPurchases(PurchaseLimits next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, moves, accounts, next, passwords, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withPasswords(PasswordRules next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, moves, accounts, purchases, next, refunds, predebits, mostOrders, signIn);
  }

  public CoreSettings withRefunds(RefundRules next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, moves, accounts, purchases, passwords, next, predebits, mostOrders, signIn);
  }

  public CoreSettings withPredebits(PredebitRules next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, moves, accounts, purchases, passwords, refunds, next, mostOrders, signIn);
  }

  public CoreSettings withMostOrders(int next) {
    return new CoreSettings(holdAtCounter, holdAtCabinet, perTapMinor, perDayMinor, recharges,
        epochLife, allowance, windowBatches, confirmTerminals, dayOffset,
        safeSameDisk, moves, accounts, purchases, passwords, refunds, predebits, next, signIn);
  }
}

package dev.counterfoil.settlement.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules.Event;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithdrawalDeskTest extends MoneyServer {

  private static final long DAY = 86_400_000;

  private MoneyRequestRow request(long amount, WithdrawalWay way) {
    return request(holder, amount, way, server.transaction());
  }

  private MoneyRequestRow request(AccountRow account, long amount, WithdrawalWay way, TransactionId id) {
    return server.core.withdrawals().request(SITE,
        new WithdrawalDesk.Order(account.account(), amount, way, "leaves school", "Wang"), id, server.now);
  }

  private MoneyRequestRow step(MoneyRequestRow row, Event event) {
    return server.core.withdrawals().step(SITE, row.number(), event, "slip 7", server.now);
  }

  private MoneyRequestRow approved(long amount, WithdrawalWay way) {
    return step(request(amount, way), new Event.Approve("zhao"));
  }

  /// Holder's balance and available, bank clearing, the cashier's drawer.
  private List<Long> money() {
    return List.of(server.balance(LedgerKind.CASH, holder.account()), server.available(holder),
        server.balance(LedgerKind.BANK_CLEARING, 0), server.balance(LedgerKind.CASH_DRAWER, 0));
  }

  @Test
  @Requirement({"WDR-01"})
  void aWithdrawalIsReservedApprovedAndPaidToTheBank() {
    assertThat(money()).containsExactly(10_000L, 10_000L, 0L, 0L);

    MoneyRequestRow row = request(3_000, WithdrawalWay.BANK);
    assertThat(money()).containsExactly(10_000L, 7_000L, 0L, 0L);
    step(row, new Event.Approve("zhao"));
    assertThat(money()).containsExactly(10_000L, 7_000L, 0L, 0L);
    MoneyRequestRow done = step(row, new Event.Paid("li"));

    assertThat(money()).containsExactly(7_000L, 7_000L, 3_000L, 0L);
    assertThat(done.state()).isEqualTo(MoneyRequestState.DONE);
    assertThat(done.approver()).isEqualTo("zhao");
    assertThat(done.outcome()).isEqualTo("slip 7");
    aMissingLegIsFound(holder, 3_000, 0);
  }

  @Test
  void aWithdrawalIsPaidFromTheDrawer() {
    step(approved(3_000, WithdrawalWay.DRAWER), new Event.Paid("li"));

    assertThat(money()).containsExactly(7_000L, 7_000L, 0L, 3_000L);
  }

  @Test
  void aRejectedWithdrawalIsTheHoldersMoneyAgain() {
    step(request(3_000, WithdrawalWay.BANK), new Event.Reject("zhao"));

    assertThat(money()).containsExactly(10_000L, 10_000L, 0L, 0L);
  }

  @Test
  void aPaymentThatFailedGivesTheMoneyBack() {
    MoneyRequestRow row = approved(3_000, WithdrawalWay.BANK);

    assertThat(step(row, new Event.Failed("li")).state()).isEqualTo(MoneyRequestState.FAILED);

    assertThat(money()).containsExactly(10_000L, 10_000L, 0L, 0L);
    refused("REQUEST_STATE", () -> step(row, new Event.Paid("li")));
  }

  @Test
  void nobodyDecidesAboutWhatHeAskedForHimself() {
    MoneyRequestRow row = request(3_000, WithdrawalWay.BANK);

    refused("REQUEST_OWN", () -> step(row, new Event.Approve("wang")));
    refused("REQUEST_OWN", () -> step(row, new Event.Approve(" WANG ")));
    refused("REQUEST_OWN", () -> step(row, new Event.Reject("Wang")));
    refused("OPERATOR_MISSING", () -> step(row, new Event.Approve(" ")));
    refused("REQUEST_STATE", () -> step(row, new Event.Paid("li")));
  }

  @Test
  void aStepThatIsRepeatedChangesNothing() {
    MoneyRequestRow row = request(3_000, WithdrawalWay.BANK);
    MoneyRequestRow approved = step(row, new Event.Approve("zhao"));
    assertThat(step(row, new Event.Approve("zhao"))).isEqualTo(approved);
    MoneyRequestRow paid = step(row, new Event.Paid("li"));

    assertThat(step(row, new Event.Paid("li"))).isEqualTo(paid);

    assertThat(money()).containsExactly(7_000L, 7_000L, 3_000L, 0L);
    refused("REQUEST_STATE", () -> step(row, new Event.Failed("li")));
    refused("REQUEST_STATE", () -> step(row, new Event.Reject("zhao")));
    refused("REQUEST_UNKNOWN", () -> server.core.withdrawals().step(SITE, 99, new Event.Paid("li"), "x",
        server.now));
  }

  @Test
  @Requirement({"PAY-17"})
  void aRequestWithTheSameKeyReservesOnce() {
    TransactionId key = server.transaction();

    MoneyRequestRow first = request(holder, 3_000, WithdrawalWay.BANK, key);
    MoneyRequestRow second = request(holder, 3_000, WithdrawalWay.BANK, key);

    assertThat(second).isEqualTo(first);
    assertThat(money()).containsExactly(10_000L, 7_000L, 0L, 0L);
    refused("KEY_REUSED", () -> request(holder, 2_000, WithdrawalWay.BANK, key));
    refused("KEY_REUSED", () -> request(holder, 3_000, WithdrawalWay.DRAWER, key));
  }

  @Test
  void whatIsTooMuchIsRefused() {
    AccountRow rich = server.holder(4, 2_000_000);

    refused("WITHDRAWAL_LIMIT", () -> request(99, WithdrawalWay.BANK));
    refused("WITHDRAWAL_LIMIT", () -> request(rich, 200_001, WithdrawalWay.BANK, server.transaction()));
    refused("BALANCE_INSUFFICIENT", () -> request(10_001, WithdrawalWay.BANK));
    request(10_000, WithdrawalWay.BANK);
    refused("BALANCE_INSUFFICIENT", () -> request(100, WithdrawalWay.BANK));
  }

  @Test
  void aDaysWithdrawalsHaveALimitThatRefusedOnesDoNotUseUp() {
    AccountRow rich = server.holder(4, 2_000_000);
    MoneyRequestRow first = request(rich, 200_000, WithdrawalWay.BANK, server.transaction());
    request(rich, 200_000, WithdrawalWay.BANK, server.transaction());

    refused("WITHDRAWAL_DAY_LIMIT",
        () -> request(rich, 100_001, WithdrawalWay.BANK, server.transaction()));
    step(first, new Event.Reject("zhao"));
    request(rich, 200_000, WithdrawalWay.BANK, server.transaction());
    request(rich, 100_000, WithdrawalWay.BANK, server.transaction());
    refused("WITHDRAWAL_DAY_LIMIT", () -> request(rich, 100, WithdrawalWay.BANK, server.transaction()));

    server.now += DAY;
    request(rich, 200_000, WithdrawalWay.BANK, server.transaction());
  }

  @Test
  void anAccountThatIsNotNormalIsPaidNothing() {
    MoneyRequestRow row = request(3_000, WithdrawalWay.BANK);
    server.core.accounts().apply(SITE, holder.account(),
        new AccountEvent.Frozen(FreezeKind.SECURITY, "odd taps"), server.now);

    refused("ACCOUNT_NOT_NORMAL", () -> request(100, WithdrawalWay.BANK));
    refused("ACCOUNT_NOT_NORMAL", () -> step(row, new Event.Approve("zhao")));
    step(row, new Event.Reject("zhao"));

    assertThat(money()).containsExactly(10_000L, 10_000L, 0L, 0L);
  }

  private void permit(long daily, long monthly, boolean enabled) {
    server.core.accounts().permissions().grant(new PermissionRow(SITE, holder.account(), 0,
        PermissionType.WITHDRAWAL, false, "", 0, daily, monthly, 0, 0, enabled), server.now);
  }

  @Test
  @Requirement({"WDR-02"})
  void aPermissionsLimitsHoldForADayAndAMonth() {
    permit(1_000, 1_500, true);
    request(1_000, WithdrawalWay.BANK);

    refused("LIMIT_DAILY", () -> request(100, WithdrawalWay.BANK));
    server.now += DAY;
    refused("LIMIT_MONTHLY", () -> request(501, WithdrawalWay.BANK));
    request(500, WithdrawalWay.BANK);
    server.now += 31 * DAY;
    request(1_000, WithdrawalWay.BANK);
  }

  @Test
  @Requirement({"WDR-02"})
  void aPermissionThatIsDisabledRefusesTheWithdrawal() {
    permit(0, 0, false);

    refused("PERMISSION_DISABLED", () -> request(100, WithdrawalWay.BANK));
  }

  @Test
  void withoutAReasonNothingIsAskedForAndNothingIsRejected() {
    MoneyRequestRow row = request(3_000, WithdrawalWay.BANK);

    refused("REASON_MISSING", () -> server.core.withdrawals().request(SITE,
        new WithdrawalDesk.Order(holder.account(), 100, WithdrawalWay.BANK, "", "wang"),
        server.transaction(), server.now));
    refused("REASON_MISSING", () -> server.core.withdrawals().step(SITE, row.number(),
        new Event.Reject("zhao"), " ", server.now));
  }

  @Test
  void withdrawalsAreListedByTheirState() {
    MoneyRequestRow waiting = request(1_000, WithdrawalWay.BANK);
    MoneyRequestRow approved = approved(2_000, WithdrawalWay.DRAWER);

    assertThat(listed(MoneyRequestState.REQUESTED)).containsExactly(waiting);
    assertThat(listed(MoneyRequestState.APPROVED)).containsExactly(approved);
    assertThat(listed(MoneyRequestState.DONE)).isEmpty();
  }

  private List<MoneyRequestRow> listed(MoneyRequestState state) {
    return server.store.money().requests(SITE, MoneyRequestKind.WITHDRAWAL, state, 0, 10);
  }

  @Test
  void aWithdrawalWaitsOverAnyTimeAndARestart() {
    MoneyRequestRow row = request(3_000, WithdrawalWay.BANK);
    server.core.tick(server.now + 400 * DAY);
    server.restart();

    step(row, new Event.Approve("zhao"));
    step(row, new Event.Paid("li"));

    assertThat(money()).containsExactly(7_000L, 7_000L, 3_000L, 0L);
  }
}

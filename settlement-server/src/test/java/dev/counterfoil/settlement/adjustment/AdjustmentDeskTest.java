package dev.counterfoil.settlement.adjustment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdjustmentDeskTest extends MoneyServer {

  private AdjustmentDesk desk() {
    return server.core.adjustments();
  }

  private MoneyRequestRow request(long amount) {
    return desk().request(SITE, holder.account(), amount, "counted twice", "wang", server.transaction(),
        server.now);
  }

  private MoneyRequestRow approve(MoneyRequestRow row) {
    return desk().approve(SITE, row.number(), "zhao", server.now);
  }

  private TransactionRow reverse(TransactionId target) {
    return desk().reverse(SITE, target, "wrong person", "wang", server.transaction(), server.now);
  }

  private TransactionId recharge(AccountRow account, long amount) {
    TransactionId id = server.transaction();
    server.core.accounts().rechargeByCash(SITE, account.account(), amount, id, server.now);
    return id;
  }

  private TransactionId send(AccountRow from, AccountRow to, long amount) {
    return server.core.transfers().send(SITE, new TransferLine(from.account(), to.account(), amount), "wang",
        "", server.transaction(), server.now).transaction();
  }

  private long suspense() {
    return server.balance(LedgerKind.SUSPENSE, 0);
  }

  private long drawer() {
    return server.balance(LedgerKind.CASH_DRAWER, 0);
  }

  @Test
  @Requirement({"BAL-03"})
  void anAdjustmentMovesMoneyBetweenSuspenseAndTheHolderOnceItIsApproved() {
    MoneyRequestRow more = request(700);
    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    assertThat(suspense()).isZero();

    approve(more);
    assertThat(balances()).containsExactly(10_700L, 1_000L, 0L);
    assertThat(suspense()).isEqualTo(-700);
    approve(request(-1_000));

    assertThat(balances()).containsExactly(9_700L, 1_000L, 0L);
    assertThat(suspense()).isEqualTo(300);
    aMissingLegIsFound(holder, 1_000, 0);
  }

  @Test
  void anAdjustmentTakesTwoOperators() {
    MoneyRequestRow row = request(700);

    refused("REQUEST_OWN", () -> desk().approve(SITE, row.number(), "Wang ", server.now));
    refused("REQUEST_OWN", () -> desk().reject(SITE, row.number(), "no", "WANG", server.now));
    refused("OPERATOR_MISSING", () -> desk().approve(SITE, row.number(), "", server.now));

    assertThat(approve(row).approver()).isEqualTo("zhao");
  }

  @Test
  void anApprovalThatIsRepeatedBooksOnce() {
    MoneyRequestRow row = request(700);

    MoneyRequestRow first = approve(row);
    MoneyRequestRow second = approve(row);

    assertThat(second).isEqualTo(first);
    assertThat(balances()).containsExactly(10_700L, 1_000L, 0L);
    refused("REQUEST_STATE", () -> desk().reject(SITE, row.number(), "late", "zhao", server.now));
  }

  @Test
  void aRejectedAdjustmentMovesNothing() {
    MoneyRequestRow row = request(700);

    MoneyRequestRow rejected = desk().reject(SITE, row.number(), "no proof", "zhao", server.now);

    assertThat(rejected.state()).isEqualTo(MoneyRequestState.REJECTED);
    refused("REQUEST_STATE", () -> approve(row));
    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
  }

  @Test
  void whatCannotBeAdjustedIsRefused() {
    refused("PARAMETER_ERROR", () -> request(0));
    refused("REASON_MISSING", () -> desk().request(SITE, holder.account(), 5, " ", "wang",
        server.transaction(), server.now));
    refused("OPERATOR_MISSING", () -> desk().request(SITE, holder.account(), 5, "why", " ",
        server.transaction(), server.now));
    refused("ACCOUNT_UNKNOWN",
        () -> desk().request(SITE, 99, 5, "why", "wang", server.transaction(), server.now));
    refused("BALANCE_INSUFFICIENT", () -> approve(request(-10_001)));
    refused("REQUEST_UNKNOWN", () -> desk().approve(SITE, 99, "zhao", server.now));
    server.core.accounts().apply(SITE, poor.account(), new AccountEvent.Closed(""), server.now);
    refused("ACCOUNT_CLOSED", () -> desk().request(SITE, poor.account(), 5, "why", "wang",
        server.transaction(), server.now));
  }

  @Test
  @Requirement({"PAY-17"})
  void aRequestWithTheSameKeyIsOneRequest() {
    TransactionId key = server.transaction();

    MoneyRequestRow first = desk().request(SITE, holder.account(), 5, "why", "wang", key, server.now);
    MoneyRequestRow second = desk().request(SITE, holder.account(), 5, "why", "wang", key, server.now);

    assertThat(second).isEqualTo(first);
    refused("KEY_REUSED",
        () -> desk().request(SITE, holder.account(), 6, "why", "wang", key, server.now));
  }

  @Test
  @Requirement({"BAL-03"})
  void aWrongRechargeIsTakenBackByItsOppositeLegAndNoRowIsTouched() {
    TransactionId wrong = recharge(poor, 5_000);
    List<TransferRow> before = server.store.transfers(SITE, 0, 1_000);
    assertThat(drawer()).isEqualTo(-5_000);

    reverse(wrong);

    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    assertThat(drawer()).isZero();
    List<TransferRow> after = server.store.transfers(SITE, 0, 1_000);
    assertThat(after.subList(0, before.size())).isEqualTo(before);
    assertThat(after).hasSize(before.size() + 1);
  }

  @Test
  @Requirement({"BAL-03"})
  void aWrongTransferAndAWrongAdjustmentAreTakenBack() {
    reverse(send(holder, friend, 2_500));
    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);

    approve(request(700));
    TransactionRow adjusted = server.store.transactionsOfAccount(SITE, holder.account(), 0, 100).getLast();
    reverse(adjusted.transaction());

    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    assertThat(suspense()).isZero();
    aMissingLegIsFound(holder, 700, 0);
  }

  @Test
  void aReversalHappensOnce() {
    TransactionId wrong = recharge(poor, 5_000);
    TransactionId key = server.transaction();
    TransactionRow first = desk().reverse(SITE, wrong, "wrong", "wang", key, server.now);

    assertThat(desk().reverse(SITE, wrong, "wrong", "wang", key, server.now)).isEqualTo(first);
    refused("REVERSED_ALREADY", () -> reverse(wrong));
    refused("KEY_REUSED",
        () -> desk().reverse(SITE, first.transaction(), "wrong", "wang", key, server.now));
    refused("TRANSACTION_STATUS", () -> reverse(first.transaction()));
    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
  }

  @Test
  void whatIsSpentIsTakenBackOnlyByTwoOperatorsAndIsSeen() {
    TransactionId wrong = recharge(poor, 5_000);
    send(poor, friend, 4_900);
    refused("BALANCE_INSUFFICIENT", () -> reverse(wrong));

    MoneyRequestRow row = desk().requestReversal(SITE, wrong, "wrong person", "wang", server.transaction(),
        server.now);
    refused("REQUEST_OWN", () -> desk().approve(SITE, row.number(), "wang", server.now));
    approve(row);

    assertThat(balances()).containsExactly(10_000L, 5_900L, -4_900L);
    assertThat(drawer()).isZero();
    assertThat(server.account(poor).restricted()).isTrue();
    assertThat(server.exceptions()).containsExactly(ExceptionKind.REVERSAL_OVERDRAFT);
    refused("REVERSED_ALREADY", () -> reverse(wrong));
  }

  @Test
  void aTransferThatWasGivenBackInPartIsNotReversedAndAReversedOneIsNotGivenBack() {
    TransactionId sent = send(holder, friend, 2_500);
    TransactionRow back = server.core.transfers().giveBack(SITE, sent, 100, "wang", "", server.transaction(),
        server.now);
    refused("TRANSACTION_STATUS", () -> reverse(sent));

    reverse(back.transaction());
    reverse(sent);

    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    refused("TRANSACTION_STATUS", () -> server.core.transfers().giveBack(SITE, sent, 100, "wang", "",
        server.transaction(), server.now));
  }

  @Test
  void whatWasGivenBackByMistakeCanBeGivenBackAgain() {
    TransactionId sent = send(holder, poor, 900);
    reverse(giveBack(sent, 900));
    assertThat(balances()).containsExactly(9_100L, 1_000L, 900L);

    giveBack(sent, 900);

    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    refused("REFUND_AMOUNT_EXCEEDED", () -> giveBack(sent, 1));
  }

  private TransactionId giveBack(TransactionId sent, long amount) {
    return server.core.transfers()
        .giveBack(SITE, sent, amount, "wang", "", server.transaction(), server.now).transaction();
  }

  @Test
  void salesAndOpeningsAreNotReversedHere() {
    TransactionId sale = server.transaction();
    push(() -> till.cardSale(sale, TestServer.token(1), 100, true));
    TransactionId recharged = recharge(poor, 500);

    refused("TRANSACTION_STATUS", () -> reverse(sale));
    refused("TRANSACTION_NOT_FOUND", () -> reverse(server.transaction()));
    refused("REASON_MISSING",
        () -> desk().reverse(SITE, recharged, "", "wang", server.transaction(), server.now));
  }
}

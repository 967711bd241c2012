package dev.counterfoil.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PostingRulesTest extends TilledServer {

  PostingRulesTest() {
    super(10_000);
  }

  /// Balances of holder CASH, merchant payable, the till's drawer, the desk's drawer and suspense.
  private record Balances(long holder, long merchant, long drawer, long desk, long suspense) {}

  private record Rule(String name, Balances before, Balances after, Runnable event) {}

  private Balances balances() {
    return new Balances(server.balance(LedgerKind.CASH, holder.account()),
        server.balance(LedgerKind.MERCHANT_PAYABLE, 1), server.balance(LedgerKind.CASH_DRAWER, 1),
        server.balance(LedgerKind.CASH_DRAWER, 0), server.balance(LedgerKind.SUSPENSE, 0));
  }

  /// The rules follow each other on one set of books, so the balances after one stand before the next.
  @TestFactory
  @Requirement({"PAY-14"})
  Stream<DynamicTest> eachRuleMovesExactlyTheNamedBalances() {
    TransactionId sale = server.transaction();
    TransactionId cash = server.transaction();
    return Stream.of(
        new Rule("sale by card", new Balances(10_000, 0, 0, 0, 0), new Balances(8_800, 1_200, 0, 0, 0),
            () -> push(() -> till.cardSale(sale, TestServer.token(1), 1_200, true))),
        new Rule("cash sale", new Balances(8_800, 1_200, 0, 0, 0), new Balances(8_800, 1_550, -350, 0, 0),
            () -> push(() -> till.cashSale(cash, 350))),
        new Rule("void of the sale by card", new Balances(8_800, 1_550, -350, 0, 0),
            new Balances(10_000, 350, -350, 0, 0),
            () -> push(() -> till.voidSale(server.transaction(), sale, 1_200))),
        new Rule("void of the cash sale", new Balances(10_000, 350, -350, 0, 0),
            new Balances(10_000, 0, 0, 0, 0),
            () -> push(() -> till.voidSale(server.transaction(), cash, 350))),
        new Rule("recharge by cash", new Balances(10_000, 0, 0, 0, 0), new Balances(15_000, 0, 0, -5_000, 0),
            () -> server.core.accounts().rechargeByCash(TestServer.SITE, holder.account(), 5_000,
                server.transaction(), server.now)),
        new Rule("sale by a card that nobody knows", new Balances(15_000, 0, 0, -5_000, 0),
            new Balances(15_000, 700, 0, -5_000, -700),
            () -> push(() -> till.cardSale(server.transaction(), TestServer.token(99), 700, true))),
        new Rule("decline", new Balances(15_000, 700, 0, -5_000, -700),
            new Balances(15_000, 700, 0, -5_000, -700),
            () -> push(() -> till.decline(server.transaction(), 900))),
        new Rule("overspend, booked in full", new Balances(15_000, 700, 0, -5_000, -700),
            new Balances(-1_000, 16_700, 0, -5_000, -700),
            () -> push(() -> till.cardSale(server.transaction(), TestServer.token(1), 16_000, true))))
        .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule)));
  }

  private void check(Rule rule) {
    assertThat(balances()).isEqualTo(rule.before());

    rule.event().run();

    assertThat(balances()).isEqualTo(rule.after());
    assertThat(server.ledger().problems()).isEmpty();
    assertThat(server.ledger().sums()).containsEntry("CNY", 0L).hasSize(1);
  }

  @Test
  @Requirement({"PAY-14"})
  void aTransferTellsTheBalancesBeforeAndAfter() {
    TransactionId id = server.transaction();

    push(() -> till.cardSale(id, TestServer.token(1), 1_200, true));

    TransferRow moved = server.store.transfersOf(TestServer.SITE, id).getFirst();
    assertThat(moved.debitBefore()).isEqualTo(10_000);
    assertThat(moved.debitAfter()).isEqualTo(8_800);
    assertThat(moved.creditBefore()).isZero();
    assertThat(moved.creditAfter()).isEqualTo(1_200);
  }

  @Test
  void aRunWithOneLegRemovedIsFound() {
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 1_200, true));
    LedgerAccountRow cash = server.store.ledgerAccount(TestServer.SITE, holder.cashLedger()).orElseThrow();

    // The debit of the sale is taken back without its credit, as if that leg had never been posted.
    server.store.commit(
        new CommitUnit().putLedgerAccount(new LedgerAccountRow(cash.site(), cash.ledger(), cash.kind(),
            cash.owner(), cash.asset(), cash.postedDebits() - 1_200, cash.postedCredits(), cash.held(),
            cash.floor(),
            cash.version() + 1, cash.spentDay(), cash.spentToday(), cash.spentThisMonth())));

    LedgerVerification.Report report = server.ledger();
    assertThat(report.isBalanced()).isFalse();
    assertThat(report.sums()).containsEntry("CNY", 1_200L);
    assertThat(report.problems()).anyMatch(line -> line.contains("sums to 1200"));
  }

  @Test
  void anOverspendIsFlaggedAndTheAccountRestricted() {
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 10_001, true));

    assertThat(server.available(holder)).isEqualTo(-1);
    assertThat(server.account(holder).restricted()).isTrue();
    assertThat(server.exceptions()).containsExactly(ExceptionKind.OFFLINE_OVERDRAFT);
  }

  @Test
  void spendingTheLastFenIsNoOverspend() {
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 10_000, true));

    assertThat(server.available(holder)).isZero();
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  void aSaleOfAFrozenAccountIsBookedAndFlagged() {
    server.core.accounts().apply(TestServer.SITE, holder.account(),
        new AccountEvent.Frozen(FreezeKind.SECURITY, "seen twice"), server.now);

    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 500, true));

    assertThat(server.available(holder)).isEqualTo(9_500);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.ACCOUNT_NOT_NORMAL);
  }

  @Test
  void aLostCardThatWasUsedIsBookedAndFlagged() {
    server.core.cards().reportLost(TestServer.SITE, TestServer.token(1), server.now);

    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 500, true));

    assertThat(server.available(holder)).isEqualTo(9_500);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.LOST_CARD_USED);
  }

  @Test
  void aSecondVoidAndAVoidOfNothingMoveNothing() {
    TransactionId sale = server.transaction();
    push(() -> till.cardSale(sale, TestServer.token(1), 500, true));
    push(() -> till.voidSale(server.transaction(), sale, 500));

    push(() -> till.voidSale(server.transaction(), sale, 500));
    push(() -> till.voidSale(server.transaction(), server.transaction(), 300));

    assertThat(server.available(holder)).isEqualTo(10_000);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.VOID_TWICE,
        ExceptionKind.VOID_WITHOUT_SALE);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  void aSaleAndItsVoidInOneBatchCancelOut() {
    TransactionId sale = server.transaction();
    push(() -> {
      till.cardSale(sale, TestServer.token(1), 500, true);
      till.voidSale(server.transaction(), sale, 500);
    });

    assertThat(server.available(holder)).isEqualTo(10_000);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  @Requirement({"PAY-17"})
  void aRechargeWithTheSameKeyIsPaidOnce() {
    TransactionId key = server.transaction();

    TransferRow first = server.core.accounts().rechargeByCash(TestServer.SITE, holder.account(), 500, key,
        server.now);
    TransferRow second = server.core.accounts().rechargeByCash(TestServer.SITE, holder.account(), 500, key,
        server.now);

    assertThat(second).isEqualTo(first);
    assertThat(server.available(holder)).isEqualTo(10_500);
  }

  @Test
  @Requirement({"OFF-05"})
  void aTransactionCarriesOfflineFlagAndSyncStatus() {
    TransactionId offline = server.transaction();
    TransactionId online = server.transaction();
    TransactionId unknown = server.transaction();
    push(() -> {
      till.cardSale(offline, TestServer.token(1), 100, true);
      till.cardSale(online, TestServer.token(1), 100, false);
      till.cardSale(unknown, TestServer.token(99), 100, true);
    });

    assertThat(row(offline).offline()).isTrue();
    assertThat(row(online).offline()).isFalse();
    assertThat(row(offline).syncStatus()).isEqualTo(1);
    assertThat(row(unknown).syncStatus()).isEqualTo(2);
  }

  private TransactionRow row(TransactionId id) {
    return server.store.transactions(TestServer.SITE, List.of(id)).getFirst();
  }
}

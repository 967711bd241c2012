package dev.counterfoil.settlement.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.freeze.FreezeOrder;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.request.KeyedRequest;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.settlement.withdrawal.WithdrawalDesk;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules;
import dev.counterfoil.settlement.withdrawal.WithdrawalWay;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceHistoryTest extends TilledServer {

  BalanceHistoryTest() {
    super(10_000);
  }

  private BalanceHistory history() {
    return new BalanceHistory(server.store, server.account(holder));
  }

  /// A day of everything that changes a balance, and of what does not.
  private void live() {
    TransactionId voided = server.transaction();
    TransactionId refunded = server.transaction();
    TransactionId held = server.transaction();
    push(() -> {
      till.cardSale(voided, TestServer.token(1), 1_200, true);
      till.cashSale(server.transaction(), 350);
      till.decline(server.transaction(), 90_000);
    });
    server.now += 1_000;
    push(() -> till.voidSale(server.transaction(), voided, 1_200));
    server.core.accounts().rechargeByCash(TestServer.SITE, holder.account(), 500, server.transaction(),
        server.now);
    server.now += 1_000;
    server.authorize(till, held, 1, 300);
    push(() -> {
      till.cardSale(held, TestServer.token(1), 300, false);
      till.cardSale(refunded, TestServer.token(1), 700, true);
    });
    server.core.refunds().refund(TestServer.SITE, refunded, 250, server.transaction(), server.now);
  }

  @Test
  @Requirement({"BAL-07"})
  void theChangesFormAnUnbrokenChainThatEndsAtTheBalance() {
    live();

    List<BalanceChange> changes = history().changes(0, 100);

    assertThat(changes).extracting(BalanceChange::change).containsExactly(10_000L, -1_200L, 1_200L, 500L,
        -300L, -700L, 250L);
    assertThat(changes).extracting(BalanceChange::reason).containsExactly("OPENING", "SALE", "VOID",
        "RECHARGE_CASH", "SALE", "SALE", "REFUND");
    long balance = 0;
    for (BalanceChange change : changes) {
      assertThat(change.before()).isEqualTo(balance);
      assertThat(change.after()).isEqualTo(balance + change.change());
      balance = change.after();
    }
    assertThat(balance).isEqualTo(server.available(holder)).isEqualTo(9_750);
  }

  @Test
  void pagesJoinWithoutAHoleOrARepeat() {
    live();
    List<BalanceChange> all = history().changes(0, 100);

    List<BalanceChange> first = history().changes(0, 3);
    List<BalanceChange> rest = history().changes(first.getLast().transfer(), 100);

    assertThat(first).isEqualTo(all.subList(0, 3));
    assertThat(rest).isEqualTo(all.subList(3, all.size()));
  }

  @Test
  @Requirement({"BAL-01"})
  void theBalanceIsKnownForEveryMoment() {
    long opened = server.now;
    live();

    assertThat(history().balanceAt(opened - 1)).isZero();
    assertThat(history().balanceAt(opened)).isEqualTo(8_800);
    assertThat(history().balanceAt(opened + 999)).isEqualTo(8_800);
    assertThat(history().balanceAt(opened + 1_000)).isEqualTo(10_500);
    assertThat(history().balanceAt(server.now)).isEqualTo(server.available(holder));
  }

  @Test
  @Requirement({"BAL-08"})
  void aChangeIsSeenByTheNextQuestion() {
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 400, true));

    assertThat(history().balanceAt(server.now)).isEqualTo(9_600);
    assertThat(server.available(holder)).isEqualTo(9_600);
  }

  @Test
  void aChangeIsNamedByItsDayAndNumber() {
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 400, true));

    BalanceChange last = history().changes(0, 10).getLast();

    assertThat(last.id()).isEqualTo("BAL_20251120_" + String.format("%03d", last.transfer()));
  }

  private static AdminRow deed(String operator) {
    return new AdminRow(TestServer.SITE, 0, TestServer.NOW, operator, "recharge", "");
  }

  /// Every kind of operation, each by whom and why.
  @Test
  @Requirement({"BAL-05", "BAL-06", "DAT-06"})
  void eachChangeNamesKindAmountsOperatorAndReason() {
    AccountRow friend = server.holder(2, 0);
    int site = TestServer.SITE;
    server.core.byOperator(deed("wang"), core -> core.accounts().rechargeByCash(site, holder.account(), 500,
        server.transaction(), server.now));
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 300, true));
    server.core.transfers().send(site, new TransferLine(holder.account(), friend.account(), 700), "li",
        "lunch",
        server.transaction(), server.now);
    FreezeRow freeze = server.core.freezes().freeze(site,
        FreezeOrder.ofAmount(holder.account(), 400, FreezeKind.SECURITY, "odd", "zhao"), server.transaction(),
        server.now);
    server.core.freezes().unfreeze(site, freeze.number(), false, "fine", "qian", server.now);
    MoneyRequestRow request = server.core.withdrawals().request(site,
        new WithdrawalDesk.Order(holder.account(), 200, WithdrawalWay.BANK, "leaves", "wang"),
        server.transaction(), server.now);
    server.core.withdrawals().step(site, request.number(), new WithdrawalRules.Event.Approve("zhao"), "",
        server.now);
    server.core.withdrawals().step(site, request.number(), new WithdrawalRules.Event.Paid("bank"), "slip 7",
        server.now);

    assertThat(history().changes(0, 100).stream().skip(1)).extracting(
        change -> List.of(change.type(), change.change(), change.frozen(), change.before(), change.after(),
            change.operator(), change.remark()))
        .containsExactly(
            List.of(BalanceChangeType.RECHARGE, 500L, 0L, 10_000L, 10_500L, "wang", ""),
            List.of(BalanceChangeType.CONSUME, -300L, 0L, 10_500L, 10_200L, "terminal 1", ""),
            List.of(BalanceChangeType.TRANSFER_OUT, -700L, 0L, 10_200L, 9_500L, "li", "lunch"),
            List.of(BalanceChangeType.FREEZE, 0L, 400L, 9_500L, 9_500L, "zhao", "odd"),
            List.of(BalanceChangeType.UNFREEZE, 0L, -400L, 9_500L, 9_500L, "qian", "fine"),
            List.of(BalanceChangeType.FREEZE, 0L, 200L, 9_500L, 9_500L, "wang", "leaves"),
            List.of(BalanceChangeType.WITHDRAW, -200L, -200L, 9_500L, 9_300L, "bank", "slip 7"));
    assertThat(new BalanceHistory(server.store, friend).changes(0, 9)).extracting(BalanceChange::type,
        BalanceChange::change, BalanceChange::after, BalanceChange::operator)
        .containsExactly(tuple(BalanceChangeType.TRANSFER_IN, 700L, 700L, "li"));
    assertThat(new BalanceHistory(server.store, friend).balanceAt(server.now)).isEqualTo(700);
  }

  @Test
  @Requirement({"BAL-05"})
  void aCallFromOutsideIsSignedByItsCaller() {
    TransactionId id = server.transaction();
    var request = new KeyedRequest(TestServer.SITE, "operator/3", "wang", "key-1", "RECHARGE", "forgot it",
        Hash.ZERO, server.now);

    server.core.once(request, core -> {
      core.accounts().rechargeByCash(TestServer.SITE, holder.account(), 500, id, server.now);
      return new Done(200, "{}", "account 1", "", "");
    });

    BalanceChange last = history().changes(0, 10).getLast();
    assertThat(last.transaction().transaction()).isEqualTo(id);
    assertThat(last.operator()).isEqualTo("wang");
    assertThat(last.remark()).isEqualTo("forgot it");
  }
}

package dev.counterfoil.settlement.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.store.OwnerKind;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.account.Opening;
import dev.counterfoil.settlement.balance.BalanceChange;
import dev.counterfoil.settlement.balance.BalanceHistory;
import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.ledger.PredebitRules;
import dev.counterfoil.settlement.ledger.PredebitRules.Unsettled;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.NoticeRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.PredebitRow;
import dev.counterfoil.settlement.store.SaleSubType;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.subsidy.Grant;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Provisional charges and their settlement (ADR 0021). The holder of card 1 has 100.00.
class PredebitTest extends MoneyServer {

  private static final long DAY = Duration.ofHours(24).toMillis();

  private static PredebitDesk.Wish wish(int card, long amount) {
    return new PredebitDesk.Wish(1, TestServer.token(card), amount, "", SaleSubType.CABINET, "10.0.0.7",
        "machine/bath");
  }

  private PredebitDesk.Answer ask(TransactionId id, int card, long amount) {
    return server.core.predebits().open(SITE, wish(card, amount), Optional.empty(), id, server.now);
  }

  private PredebitRow held(TransactionId id, long amount) {
    return ((PredebitDesk.Answer.Held) ask(id, 1, amount)).row();
  }

  private String declined(int card, long amount) {
    return ((PredebitDesk.Answer.Declined) ask(server.transaction(), card, amount)).reason();
  }

  private PredebitRow settle(TransactionId id, long amount) {
    return settle(id, amount, false);
  }

  private PredebitRow settle(TransactionId id, long amount, boolean takeWhatIsThere) {
    return server.core.predebitSettlement().settle(SITE, id,
        new PredebitSettlement.Final(amount, takeWhatIsThere, "machine/bath"), server.now);
  }

  private PredebitRow cancel(TransactionId id) {
    return server.core.predebitSettlement().cancel(SITE, id, "li", server.now);
  }

  private LedgerAccountRow own() {
    return server.store.ledgerAccount(SITE, holder.cashLedger()).orElseThrow();
  }

  private void grant(long amount) {
    server.core.subsidies().grant(SITE, new Grant(holder.account(), "meal", amount, 0, 0, "", "wang"),
        server.transaction(), server.now);
  }

  private ExceptionRow only(ExceptionKind kind) {
    return server.store.exceptions(SITE, true, 0, 100).stream().filter(row -> row.kind() == kind).findFirst()
        .orElseThrow();
  }

  /// Balances of the holder's own purse, what of it is held, his subsidy and the merchant.
  private record Balances(long own, long held, long meal, long merchant) {}

  private record Rule(String name, Balances before, Balances after, Runnable event) {}

  private Balances books() {
    return new Balances(own().balance(), own().held(),
        server.store.purses().purse(SITE, holder.account(), "meal")
            .map(purse -> server.balance(LedgerKind.SUBSIDY, purse.ledger())).orElse(0L),
        server.balance(LedgerKind.MERCHANT_PAYABLE, 1));
  }

  @TestFactory
  @Requirement({"PAY-24", "PAY-09"})
  Stream<DynamicTest> eachRuleMovesExactlyTheNamedBalances() {
    TransactionId less = server.transaction();
    TransactionId more = server.transaction();
    TransactionId none = server.transaction();
    TransactionId both = server.transaction();
    TransactionId over = server.transaction();
    return Stream.of(
        new Rule("held", new Balances(10_000, 0, 0, 0), new Balances(10_000, 3_000, 0, 0),
            () -> held(less, 3_000)),
        new Rule("a smaller final amount gives the difference back", new Balances(10_000, 3_000, 0, 0),
            new Balances(8_200, 0, 0, 1_800), () -> settle(less, 1_800)),
        new Rule("a larger one charges the difference", new Balances(8_200, 0, 0, 1_800),
            new Balances(5_700, 0, 0, 4_300), () -> {
              held(more, 1_000);
              settle(more, 2_500);
            }),
        new Rule("a cancellation gives all back", new Balances(5_700, 0, 0, 4_300),
            new Balances(5_700, 0, 0, 4_300), () -> {
              held(none, 5_700);
              cancel(none);
            }),
        new Rule("a subsidy pays before the holder", new Balances(5_700, 0, 0, 4_300),
            new Balances(5_000, 0, 0, 5_500), () -> {
              grant(500);
              held(both, 2_000);
              settle(both, 1_200);
            }),
        new Rule("a half is paid back to each purse in proportion", new Balances(5_000, 0, 0, 5_500),
            new Balances(5_350, 0, 250, 4_900), () -> server.core.refunds().refund(SITE, both, 600,
                server.transaction(), server.now)),
        new Rule("over, and nobody settled it", new Balances(5_350, 0, 250, 4_900),
            new Balances(5_350, 0, 250, 4_900), () -> {
              held(over, 5_600);
              assertThat(own().held()).isEqualTo(5_600);
              server.now += DAY;
              server.core.tick(server.now);
            }))
        .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule)));
  }

  private void check(Rule rule) {
    assertThat(books()).isEqualTo(rule.before());

    rule.event().run();

    assertThat(books()).isEqualTo(rule.after());
    assertThat(server.ledger().problems()).isEmpty();
    assertThat(server.ledger().sums()).containsEntry("CNY", 0L).hasSize(1);
  }

  @Test
  @Requirement({"PAY-24"})
  void aRunWithTheLegOfASettlementRemovedIsFound() {
    TransactionId id = server.transaction();
    held(id, 3_000);
    settle(id, 1_800);
    aMissingLegIsFound(holder, 1_800, 0);
  }

  @Test
  @Requirement({"PAY-24", "PAY-14", "NTF-02", "BAL-07"})
  void whatIsSettledIsOneSaleOfTheFinalAmount() {
    TransactionId id = server.transaction();
    held(id, 3_000);
    assertThat(server.store.transaction(SITE, id)).isEmpty();

    PredebitRow done = settle(id, 1_800);

    assertThat(done.state()).isEqualTo(PredebitRow.State.SETTLED);
    assertThat(done.taken()).isEqualTo(1_800);
    TransactionRow sale = server.store.transaction(SITE, id).orElseThrow();
    assertThat(sale.kind()).isEqualTo(TransactionKind.SALE_CARD);
    assertThat(sale.amount()).isEqualTo(1_800);
    assertThat(sale.terminal()).isEqualTo(1);
    assertThat(sale.details().before()).isEqualTo(10_000);
    assertThat(sale.details().after()).isEqualTo(8_200);
    assertThat(sale.details().subType()).isEqualTo("CABINET");
    assertThat(sale.details().consumerIp()).isEqualTo("10.0.0.7");
    assertThat(server.store.holdOf(SITE, id).orElseThrow().state()).isEqualTo(HoldState.CAPTURED);
    BalanceChange change = new BalanceHistory(server.store, holder).changes(0, 100).getLast();
    assertThat(change.change()).isEqualTo(-1_800);
    assertThat(change.after()).isEqualTo(8_200);
    assertThat(change.operator()).isEqualTo("machine/bath");
    assertThat(server.store.office().notices(SITE, holder.account(), 0, 9)).extracting(NoticeRow::words)
        .containsExactly("held 30.00, charged 18.00, back 12.00");
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  @Requirement({"PAY-24", "PAY-17"})
  void eachStepIsDoneOnceHoweverOftenItIsAskedForAndWhateverServerAnswers() {
    TransactionId id = server.transaction();
    PredebitRow first = held(id, 3_000);
    server.restart();
    assertThat(held(id, 3_000)).isEqualTo(first);
    refused("KEY_REUSED", () -> ask(id, 1, 2_999));
    assertThat(own().held()).isEqualTo(3_000);

    PredebitRow done = settle(id, 1_800);
    server.restart();
    assertThat(settle(id, 1_800)).isEqualTo(done);
    refused("PREDEBIT_CLOSED", () -> settle(id, 1_801));
    refused("PREDEBIT_CLOSED", () -> cancel(id));
    server.now += DAY;
    server.core.tick(server.now);

    assertThat(books()).isEqualTo(new Balances(8_200, 0, 0, 1_800));
    TransactionId other = server.transaction();
    held(other, 100);
    PredebitRow cancelled = cancel(other);
    assertThat(cancel(other)).isEqualTo(cancelled);
    refused("PREDEBIT_CLOSED", () -> settle(other, 100));
    refused("PREDEBIT_UNKNOWN", () -> settle(server.transaction(), 100));
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  @Requirement({"PAY-04", "PAY-05", "PAY-06", "PAY-24"})
  void theGatesOfAPurchaseDecideAndARefusalIsListedAndKept() {
    assertThat(declined(99, 100)).isEqualTo("IDENTITY_ERROR");
    assertThat(declined(1, 10_001)).isEqualTo("INSUFFICIENT_BALANCE");
    refused("TERMINAL_UNKNOWN", () -> server.core.predebits().open(SITE,
        new PredebitDesk.Wish(7, TestServer.token(1), 100, "", SaleSubType.POS, "", "li"), Optional.empty(),
        server.transaction(), server.now));
    server.core.accounts().apply(SITE, holder.account(),
        new AccountEvent.Frozen(FreezeKind.SECURITY, "odd"), server.now);
    TransactionId id = server.transaction();
    PredebitDesk.Answer answer = ask(id, 1, 100);

    assertThat(answer).isEqualTo(new PredebitDesk.Answer.Declined(id, 100, "ACCOUNT_FROZEN"));
    assertThat(ask(id, 1, 100)).isEqualTo(answer);
    assertThat(server.store.transaction(SITE, id).orElseThrow().kind()).isEqualTo(TransactionKind.DECLINE);
    assertThat(books()).isEqualTo(new Balances(10_000, 0, 0, 0));
  }

  @Test
  @Requirement({"LIM-02", "LIM-04", "LIM-21"})
  void limitsCountAProvisionalChargeOnceAndByItsFinalAmountInTheEnd() {
    TransactionId id = server.transaction();
    held(id, 6_000);
    server.core.accounts().changeLimits(SITE, holder.account(), 0, 7_000, 0, server.now);
    assertThat(declined(1, 1_001)).isEqualTo("LIMIT_PER_PERIOD");
    settle(id, 2_000);
    assertThat(own().spentToday()).isEqualTo(2_000);
    TransactionId second = server.transaction();
    held(second, 4_000);
    refusedMore(second, 5_001, "LIMIT_PER_PERIOD");
    assertThat(settle(second, 5_000).taken()).isEqualTo(5_000);
    assertThat(server.store.limits().approvals(SITE, holder.account(), 0, 0).today()).isEqualTo(2);
  }

  private void refusedMore(TransactionId id, long amount, String reason) {
    try {
      settle(id, amount);
    } catch (dev.counterfoil.settlement.account.RefusedException e) {
      assertThat(e.code()).isEqualTo("PREDEBIT_EXCEEDED");
      assertThat(e.facts()).startsWith("reason=" + reason + " ");
      return;
    }
    throw new AssertionError("was settled");
  }

  @Test
  @Requirement({"PAY-24", "PAY-06", "ACC-21"})
  void whatIsMoreThanTheAccountHasIsRefusedOrTakenAsFarAsItGoesAndListed() {
    TransactionId id = server.transaction();
    held(id, 9_000);
    refusedMore(id, 10_001, "INSUFFICIENT_BALANCE");
    assertThat(own().held()).isEqualTo(9_000);
    assertThat(settle(id, 12_500, true)).satisfies(row -> {
      assertThat(row.taken()).isEqualTo(10_000);
      assertThat(row.unpaid()).isEqualTo(2_500);
    });
    assertThat(settle(id, 12_500, true).taken()).isEqualTo(10_000);
    assertThat(books()).isEqualTo(new Balances(0, 0, 0, 10_000));
    assertThat(only(ExceptionKind.PREDEBIT_UNPAID).amount()).isEqualTo(2_500);
    assertThat(only(ExceptionKind.PREDEBIT_UNPAID).account()).isEqualTo(holder.account());

    server.core.accounts().changeCredit(SITE, friend.account(), 500, server.now);
    TransactionId onCredit = server.transaction();
    ask(onCredit, 2, 1_000);
    assertThat(settle(onCredit, 1_500).taken()).isEqualTo(1_500);
    assertThat(server.available(friend)).isEqualTo(-500);
  }

  @Test
  @Requirement({"PAY-08", "PAY-28", "LIM-21"})
  void aLimitAPermissionAndAPasswordStopTheWholeDifferenceAndNotWhatWasHeld() {
    server.core.accounts().permissions().grant(new PermissionRow(SITE, holder.account(), 0,
        PermissionType.CONSUMPTION, false, "", 2_000, 0, 0, 0, 0, true), server.now);
    TransactionId id = server.transaction();
    held(id, 1_500);
    refusedMore(id, 2_001, "LIMIT_PER_TRANSACTION");
    assertThat(settle(id, 2_001, true).taken()).isEqualTo(1_500);

    AccountRow rich = server.holder(9, 100_000);
    TransactionId large = server.transaction();
    ask(large, 9, 49_000);
    refusedMore(large, 50_000, "PASSWORD_NEEDED");
    assertThat(settle(large, 49_999).taken()).isEqualTo(49_999);
    assertThat(server.available(rich)).isEqualTo(50_001);
  }

  @Test
  void whatWasHeldIsPromisedEvenIfTheAccountIsFrozenMeanwhile() {
    TransactionId id = server.transaction();
    held(id, 2_000);
    server.core.accounts().apply(SITE, holder.account(),
        new AccountEvent.Frozen(FreezeKind.SECURITY, "odd"), server.now);
    refusedMore(id, 2_001, "ACCOUNT_FROZEN");

    assertThat(settle(id, 2_000).taken()).isEqualTo(2_000);

    assertThat(server.account(holder).status()).isEqualTo(AccountStatus.FROZEN);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.ACCOUNT_NOT_NORMAL);
  }

  @ParameterizedTest
  @CsvSource({"RELEASE,RELEASED,10000,0,0", "SETTLE,SETTLED,7000,3000,3000"})
  @Requirement({"PAY-24"})
  void whatNobodySettlesEndsAfterItsTimeAsTheSiteSaysAndIsListed(Unsettled how, PredebitRow.State state,
      long own, long merchant, long taken) throws IOException {
    Files.createDirectory(folder.resolve("other"));
    try (var other = TestServer.at(folder.resolve("other"), TestServer.SETTINGS
        .withPredebits(new PredebitRules(Duration.ofMinutes(10), how)))) {
      other.terminal();
      AccountRow account = other.holder(1, 10_000);
      TransactionId id = other.transaction();
      other.core.predebits().open(SITE, wish(1, 3_000), Optional.empty(), id, other.now);
      other.now += Duration.ofMinutes(10).toMillis() - 1;
      other.core.tick(other.now);
      assertThat(other.available(account)).isEqualTo(7_000);

      other.now += 1;
      other.restart();
      assertThat(other.core.tick(other.now)).isEqualTo(1);
      assertThat(other.core.tick(other.now)).isZero();

      PredebitRow row = other.store.predebits().predebit(SITE, id).orElseThrow();
      assertThat(row.state()).isEqualTo(state);
      assertThat(row.taken()).isEqualTo(taken);
      assertThat(row.endedBy()).isEmpty();
      assertThat(other.available(account)).isEqualTo(own);
      assertThat(other.balance(LedgerKind.MERCHANT_PAYABLE, 1)).isEqualTo(merchant);
      assertThat(other.exceptions()).containsExactly(ExceptionKind.PREDEBIT_UNSETTLED);
      assertThat(other.store.office().notices(SITE, account.account(), 0, 9)).hasSize(1);
      assertThat(other.ledger().problems()).isEmpty();
    }
  }

  @Test
  void aTerminalThatNamesOneNeitherSpendsNorFreesIt() {
    TransactionId id = server.transaction();
    held(id, 3_000);
    assertThat(server.core.cancel(till.id, id, server.now).getReleased()).isFalse();
    push(() -> till.decline(id, 900));
    assertThat(own().held()).isEqualTo(3_000);
    assertThat(server.authorize(till, server.transaction(), 1, 7_001).getReason())
        .isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(server.authorize(till, server.transaction(), 1, 7_000).getOutcome())
        .isEqualTo(Outcomes.OUTCOMES_APPROVED);
    refused("TRANSACTION_STATUS", () -> settle(id, 1_000));
    assertThat(cancel(id).state()).isEqualTo(PredebitRow.State.RELEASED);
  }

  @Test
  void twoSettlementsAtOnceChargeOnce() {
    TransactionId id = server.transaction();
    PredebitRow row = held(id, 3_000);
    PredebitRow one = row.settled(1_000, 0, "a", server.now);
    settle(id, 1_800);
    assertThat(server.store.commit(new dev.counterfoil.settlement.store.CommitUnit().putPredebit(one))
        .isCommitted()).isFalse();
    assertThat(server.store.predebits().predebits(SITE, PredebitRow.State.SETTLED, 0, 9))
        .extracting(PredebitRow::taken).isEqualTo(List.of(1_800L));
  }

  /// What the reports are fed with, the newest last.
  private List<String> feed() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("server.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT transaction_status, actual_amount, failure_reason"
            + " FROM t_consume_transaction WHERE site = 1 AND transaction_type = 1 ORDER BY transaction_id")) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
      }
      return found;
    }
  }

  @Test
  @Requirement({"PAY-03", "PAY-07"})
  void aPurchaseIsVerifiedCheckedPaidRecordedAndToldInThisOrder() throws SQLException {
    assertThat(declined(99, 1_000_000)).as("verified before it is checked").isEqualTo("IDENTITY_ERROR");
    assertThat(declined(1, 10_001)).as("checked before it is paid").isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(feed()).as("logged").containsExactly("4 10000.0 IDENTITY_ERROR",
        "4 100.01 INSUFFICIENT_BALANCE");
    assertThat(server.store.office().notices(SITE, holder.account(), 0, 9)).isEmpty();
    TransactionId id = server.transaction();
    held(id, 9_000);
    assertThat(feed().getLast()).isEqualTo("1 90.0 null");

    settle(id, 10_500, true);

    assertThat(own().balance()).as("paid").isZero();
    assertThat(server.exceptions()).as("anomaly alert").containsExactly(ExceptionKind.PREDEBIT_UNPAID);
    assertThat(server.store.transaction(SITE, id).orElseThrow().amount()).as("recorded").isEqualTo(10_000);
    assertThat(feed().getLast()).as("report feed").isEqualTo("2 100.0 null");
    assertThat(server.store.office().notices(SITE, holder.account(), 0, 9)).as("told")
        .extracting(NoticeRow::kind).containsExactly("PREDEBIT_SETTLED");
  }

  @Test
  @Requirement({"ACC-04"})
  void aDepartmentsCardBuysNothingThatTakesTwoApprovals() throws IOException {
    Files.createDirectory(folder.resolve("other"));
    try (var other = TestServer.at(folder.resolve("other"), TestServer.SETTINGS
        .withAccounts(AccountRules.DEFAULT.withDepartmentAlone(2_000)))) {
      TestTerminal counter = other.terminal();
      for (AccountKind kind : List.of(AccountKind.DEPARTMENT, AccountKind.PERSONAL)) {
        AccountRow account = other.core.accounts()
            .open(SITE, new Opening(kind, OwnerKind.EMPLOYEE, "", "x", "",
                true, 10_000, 0, 0, 0), other.transaction(), other.now)
            .row();
        other.core.cards().issue(SITE, TestServer.token((int) account.account()), account.account(),
            other.now);
      }

      assertThat(other.authorize(counter, other.transaction(), 1, 2_001).getReason())
          .isEqualTo("LIMIT_PER_TRANSACTION");
      assertThat(other.authorize(counter, other.transaction(), 1, 2_000).getReason()).isEmpty();
      assertThat(other.authorize(counter, other.transaction(), 2, 2_001).getReason()).isEmpty();
    }
  }
}

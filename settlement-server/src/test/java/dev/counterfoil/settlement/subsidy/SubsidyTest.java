package dev.counterfoil.settlement.subsidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.balance.BalanceChange;
import dev.counterfoil.settlement.balance.BalanceChangeType;
import dev.counterfoil.settlement.balance.BalanceHistory;
import dev.counterfoil.settlement.balance.Holdings;
import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Subsidies are spent before the holder's own money, the one that expires first before the others. The holder of card 1
/// has 100.00 of his own.
class SubsidyTest extends MoneyServer {

  private static final long HOUR = 3_600_000;

  private PurseRow grant(String name, long amount, long expiresMs) {
    return server.core.subsidies().grant(SITE,
        new Grant(holder.account(), name, amount, expiresMs, 7, "canteen", "wang"), server.transaction(),
        server.now);
  }

  /// Balances of meal (no end), gift (ends in an hour), the holder's own, the merchant and the funding department.
  private record Balances(long meal, long gift, long own, long merchant, long funding) {}

  private record Rule(String name, Balances before, Balances after, Runnable event) {}

  private long purse(String name) {
    return server.store.purses().purse(SITE, holder.account(), name)
        .map(row -> server.balance(LedgerKind.SUBSIDY, row.ledger())).orElse(0L);
  }

  private Balances purses() {
    return new Balances(purse("meal"), purse("gift"), server.balance(LedgerKind.CASH, holder.account()),
        server.balance(LedgerKind.MERCHANT_PAYABLE, 1), server.balance(LedgerKind.SUBSIDY_FUNDING, 7));
  }

  private void sell(TransactionId id, long amount) {
    push(() -> till.cardSale(id, TestServer.token(1), amount, true));
  }

  private void refund(TransactionId sale, long amount) {
    server.core.refunds().refund(SITE, sale, amount, server.transaction(), server.now);
  }

  @TestFactory
  @Requirement({"SUB-10", "ACC-03"})
  Stream<DynamicTest> eachRuleMovesExactlyTheNamedBalances() {
    TransactionId small = server.transaction();
    TransactionId big = server.transaction();
    long end = server.now + HOUR;
    return Stream.of(
        new Rule("grant", new Balances(0, 0, 10_000, 0, 0), new Balances(2_500, 0, 10_000, 0, -2_500),
            () -> grant("meal", 2_500, 0)),
        new Rule("grant with an end", new Balances(2_500, 0, 10_000, 0, -2_500),
            new Balances(2_500, 1_000, 10_000, 0, -3_500), () -> grant("gift", 1_000, end)),
        new Rule("a small sale takes what ends first", new Balances(2_500, 1_000, 10_000, 0, -3_500),
            new Balances(2_500, 400, 10_000, 600, -3_500), () -> sell(small, 600)),
        new Rule("a big one takes every purse in order", new Balances(2_500, 400, 10_000, 600, -3_500),
            new Balances(0, 0, 6_900, 6_600, -3_500), () -> sell(big, 6_000)),
        new Rule("a part is paid back to each in proportion", new Balances(0, 0, 6_900, 6_600, -3_500),
            new Balances(1_250, 200, 8_450, 3_600, -3_500), () -> refund(big, 3_000)),
        new Rule("the rest to the fen", new Balances(1_250, 200, 8_450, 3_600, -3_500),
            new Balances(2_500, 400, 10_000, 600, -3_500), () -> refund(big, 3_000)),
        new Rule("a void gives back exactly", new Balances(2_500, 400, 10_000, 600, -3_500),
            new Balances(2_500, 1_000, 10_000, 0, -3_500),
            () -> push(() -> till.voidSale(server.transaction(), small, 600))),
        new Rule("its end takes the rest back", new Balances(2_500, 1_000, 10_000, 0, -3_500),
            new Balances(2_500, 0, 10_000, 0, -2_500), () -> {
              server.now = end;
              server.core.tick(server.now);
            }))
        .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule)));
  }

  private void check(Rule rule) {
    assertThat(purses()).isEqualTo(rule.before());

    rule.event().run();

    assertThat(purses()).isEqualTo(rule.after());
    theBooksHold();
  }

  private void theBooksHold() {
    assertThat(server.ledger().problems()).isEmpty();
    assertThat(server.ledger().sums()).containsEntry("CNY", 0L).hasSize(1);
  }

  @Test
  void terminalsAreToldWhatSubsidiesGiveOnlineAndInTheSnapshot() throws LinkViolation {
    assertThat(server.authorize(till, server.transaction(), 1, 600).getSubsidyMinor()).isZero();
    grant("meal", 2_500, 0);
    grant("gift", 1_000, server.now + HOUR);

    var told = server.authorize(till, server.transaction(), 1, 600);
    assertThat(told.getSubsidyMinor()).isEqualTo(3_500);
    assertThat(told.getBalanceMinor()).isEqualTo(12_900);
    server.now += HOUR;
    assertThat(server.authorize(till, server.transaction(), 1, 600).getSubsidyMinor())
        .as("the gift is over").isEqualTo(2_500);
    var snapshot = Statements.open(Domain.SNAPSHOT,
        server.core.snapshotFor(till.id, 0, server.now).orElseThrow().getStatement(),
        SnapshotStatement.parser(),
        server.ackKey.key(), server.signatures);
    assertThat(snapshot.getAccountsList()).filteredOn(entry -> entry.getAccountId() == holder.account())
        .extracting(AccountEntry::getSubsidyMinor).containsExactly(2_500L);
  }

  @Test
  void aRunWithTheLegOfASubsidyRemovedIsFound() {
    PurseRow meal = grant("meal", 2_500, 0);
    sell(server.transaction(), 600);
    change(meal, -600);
    assertThat(server.ledger().sums()).containsEntry("CNY", 600L);
    assertThat(server.ledger().problems()).anyMatch(line -> line.contains("sums to 600"));
    change(meal, 600);
  }

  private void change(PurseRow purse, long debits) {
    LedgerAccountRow row = server.store.ledgerAccount(SITE, purse.ledger()).orElseThrow();
    assertThat(server.store.commit(new CommitUnit().putLedgerAccount(new LedgerAccountRow(row.site(),
        row.ledger(), row.kind(), row.owner(), row.asset(), row.postedDebits() + debits, row.postedCredits(),
        row.held(), row.floor(), row.version() + 1, 0, 0, 0))).isCommitted()).isTrue();
    server.restart();
  }

  @Test
  @Requirement({"SUB-11"})
  void aSubsidyIsGrantedOnceForItsNameAndItsKey() {
    TransactionId key = server.transaction();
    var meal = new Grant(holder.account(), "meal/1", 500, 0, 0, "", "li");
    PurseRow first = server.core.subsidies().grant(SITE, meal, key, server.now);

    assertThat(server.core.subsidies().grant(SITE, meal, key, server.now)).isEqualTo(first);
    refused("SUBSIDY_GRANTED",
        () -> server.core.subsidies().grant(SITE, meal, server.transaction(), server.now));
    refused("KEY_REUSED", () -> server.core.subsidies().grant(SITE,
        new Grant(holder.account(), "meal/1", 501, 0, 0, "", "li"), key, server.now));
    refused("PARAMETER_ERROR", () -> server.core.subsidies().grant(SITE,
        new Grant(holder.account(), "meal/2", 0, 0, 0, "", "li"), server.transaction(), server.now));
    refused("PARAMETER_ERROR", () -> grant("meal/3", 1, server.now));
    refused("ACCOUNT_UNKNOWN", () -> server.core.subsidies().grant(SITE,
        new Grant(99, "meal/1", 1, 0, 0, "", "li"), server.transaction(), server.now));
    assertThat(purse("meal/1")).isEqualTo(500);
  }

  @Test
  void whatIsApprovedOnlineCountsAllPursesAndItsRecordTakesSubsidiesFirst() {
    grant("meal", 2_500, 0);
    TransactionId id = server.transaction();
    assertThat(server.authorize(till, id, 1, 12_501).getReason()).isEqualTo("INSUFFICIENT_BALANCE");
    TransactionId all = server.transaction();
    assertThat(server.authorize(till, all, 1, 12_500).getBalanceMinor()).isEqualTo(12_500);
    assertThat(server.authorize(till, server.transaction(), 1, 1).getReason())
        .isEqualTo("INSUFFICIENT_BALANCE");

    push(() -> till.cardSale(all, TestServer.token(1), 12_500, false));

    assertThat(purse("meal")).isZero();
    assertThat(server.available(holder)).isZero();
    assertThat(server.store.holdOf(SITE, all).orElseThrow().state()).isEqualTo(HoldState.CAPTURED);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  void aHoldThatASubsidyPaysIsReleased() {
    grant("meal", 2_500, 0);
    TransactionId id = server.transaction();
    assertThat(server.authorize(till, id, 1, 900).getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
    assertThat(server.available(holder)).isEqualTo(9_100);

    push(() -> till.cardSale(id, TestServer.token(1), 900, false));

    assertThat(server.available(holder)).isEqualTo(10_000);
    assertThat(purse("meal")).isEqualTo(1_600);
    assertThat(server.store.holdOf(SITE, id).orElseThrow().state()).isEqualTo(HoldState.RELEASED);
    assertThat(server.authorize(till, id, 1, 900).getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  void whatAHoldCountedOnIsLeftUntilItsRecordCame() {
    grant("gift", 5_000, server.now + HOUR);
    server.now += HOUR - 1;
    TransactionId id = server.transaction();
    assertThat(server.authorize(till, id, 1, 13_000).getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);

    server.now += 1;
    server.core.tick(server.now);
    assertThat(purse("gift")).isEqualTo(3_000);
    assertThat(server.authorize(till, server.transaction(), 1, 1).getReason())
        .isEqualTo("INSUFFICIENT_BALANCE");
    push(() -> till.cardSale(id, TestServer.token(1), 13_000, false));

    assertThat(purses()).isEqualTo(new Balances(0, 0, 0, 13_000, -3_000));
    assertThat(server.exceptions()).isEmpty();
    theBooksHold();
  }

  @Test
  void whatIsPaidBackToASubsidyThatIsOverFallsBack() {
    grant("gift", 1_000, server.now + HOUR);
    TransactionId sale = server.transaction();
    sell(sale, 800);
    server.now += HOUR;
    server.core.tick(server.now);
    refund(sale, 800);
    assertThat(purse("gift")).isEqualTo(800);

    server.core.tick(server.now);

    assertThat(purses()).isEqualTo(new Balances(0, 0, 10_000, 0, 0));
    assertThat(Holdings.of(server.store, server.account(holder)).subsidies()).as("it is shown no more")
        .isEmpty();
  }

  @Test
  void anOverspendTakesSubsidiesBeforeItOverdraws() {
    grant("meal", 500, 0);
    sell(server.transaction(), 10_501);

    assertThat(purse("meal")).isZero();
    assertThat(server.available(holder)).isEqualTo(-1);
    assertThat(server.exceptions()).containsExactly(
        dev.counterfoil.settlement.store.ExceptionKind.OFFLINE_OVERDRAFT);
  }

  @Test
  void grantedMoneyIsNeitherSentNorPaidOutAndKeepsAnAccountOpen() {
    grant("meal", 500, 0);
    sell(server.transaction(), 10_500);
    grant("meal/2", 300, 0);
    refused("ACCOUNT_NOT_EMPTY", () -> server.core.accounts().apply(SITE, holder.account(),
        new AccountEvent.Closed(""), server.now));
    refused("BALANCE_INSUFFICIENT", () -> server.core.transfers().send(SITE,
        new dev.counterfoil.settlement.transfer.TransferLine(holder.account(), friend.account(), 1), "li",
        "x",
        server.transaction(), server.now));
  }

  @Test
  void terminalsMaySpendItWithoutTheServer() throws Exception {
    grant("meal", 2_500, 0);
    grant("gift", 1_000, server.now + HOUR);
    assertThat(offline()).isEqualTo(13_500);
    server.now += HOUR;
    server.core.tick(server.now);
    assertThat(offline()).isEqualTo(12_500);
  }

  private long offline() throws Exception {
    var statement = SnapshotStatement.parseFrom(
        server.core.snapshotFor(till.id, 0, server.now).orElseThrow().getStatement().getPayload());
    return statement.getAccountsList().stream().filter(entry -> entry.getAccountId() == holder.account())
        .findFirst().orElseThrow().getAvailableMinor();
  }

  @Test
  @Requirement({"SUB-10", "BAL-07"})
  void eachPurseHasItsOwnHistoryAndTheWholeBalanceIsTheirSum() {
    long opened = server.now;
    server.now += 10;
    grant("meal", 2_500, 0);
    server.now += 10;
    sell(server.transaction(), 4_000);
    var account = server.account(holder);
    var history = new BalanceHistory(server.store, account);

    List<BalanceChange> changes = history.changes(0, 100);

    assertThat(changes).extracting(BalanceChange::type).containsExactly(BalanceChangeType.ADJUST,
        BalanceChangeType.SUBSIDY, BalanceChangeType.CONSUME, BalanceChangeType.CONSUME);
    assertThat(changes).extracting(BalanceChange::purse).containsExactly("", "meal", "meal", "");
    assertThat(changes).extracting(BalanceChange::before).containsExactly(0L, 0L, 2_500L, 10_000L);
    assertThat(changes).extracting(BalanceChange::after).containsExactly(10_000L, 2_500L, 0L, 8_500L);
    assertThat(changes.get(1).operator()).isEqualTo("wang");
    assertThat(history.balanceAt(opened)).isEqualTo(10_000);
    assertThat(history.balanceAt(opened + 10)).isEqualTo(12_500);
    assertThat(history.balanceAt(server.now)).isEqualTo(8_500);
    assertThat(Holdings.of(server.store, account).balance()).isEqualTo(8_500);
  }
}

package dev.counterfoil.settlement.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.balance.BalanceHistory;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.ledger.NewAccounts;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.store.AccountEventRow;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.OwnerKind;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.RelationType;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountDeskTest {

  private static final int SITE = TestServer.SITE;
  private static final long DAY = 86_400_000;

  @TempDir
  Path folder;
  private TestServer server;

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
  }

  /// The same database under other rules.
  private void begin(AccountRules rules) {
    server.close();
    server = TestServer.at(folder, TestServer.SETTINGS.withAccounts(rules));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private AccountStanding open(AccountKind kind, String owner, long main, long expiresMs) {
    return server.core.accounts().open(SITE,
        new Opening(kind, OwnerKind.EMPLOYEE, owner, "Li", "", true, 0, 0,
            main, expiresMs),
        server.transaction(), server.now);
  }

  private AccountStanding personal(String owner) {
    return open(AccountKind.PERSONAL, owner, 0, 0);
  }

  private AccountProfileRow profile(long account) {
    return server.store.profiles().profile(SITE, account).orElseThrow();
  }

  private AccountStatus status(long account) {
    return server.store.account(SITE, account).orElseThrow().status();
  }

  private void apply(long account, AccountEvent event) {
    server.core.accounts().apply(SITE, account, event, server.now);
  }

  private void refused(String code, Runnable deed) {
    assertThatThrownBy(deed::run).isInstanceOfSatisfying(RefusedException.class,
        refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"ACC-02", "ACC-09", "ACC-10"})
  void eachKindIsOpenedNormalWithANumberOfItsOwn(AccountKind kind) {

    AccountStanding opened = open(kind, "E1", 0, kind == AccountKind.TEMPORARY ? server.now + DAY : 0);

    assertThat(opened.row().number()).matches("ACCT[0-9]{10}");
    assertThat(opened.status()).isEqualTo(AccountStatus.NORMAL);
    assertThat(profile(opened.row().account()).kind()).isEqualTo(kind);
    assertThat(server.available(opened.row())).isZero();
  }

  @Test
  @Requirement({"CFG-01", "CFG-04", "ACC-09"})
  void aSiteSaysWhatANewAccountBeginsWith() {
    begin(AccountRules.DEFAULT.withInitial(new NewAccounts(500, 700, false, true, "S", 3)));
    AccountStanding given = server.core.accounts().open(SITE, new Opening(AccountKind.PERSONAL,
        OwnerKind.EMPLOYEE, "", "Li", "", true, Opening.SITES, Opening.SITES, 0, 0), server.transaction(),
        server.now);
    AccountStanding named = personal("");

    assertThat(given.row().number()).isEqualTo("S001");
    assertThat(given.status()).isEqualTo(AccountStatus.PENDING);
    assertThat(server.available(given.row())).isEqualTo(500);
    assertThat(server.store.ledgerAccount(SITE, given.row().cashLedger()).orElseThrow().floor())
        .isEqualTo(-700);
    assertThat(server.available(named.row())).isZero();
    refused("PARAMETER_ERROR", () -> numbered("K-7"));

    begin(AccountRules.DEFAULT.withInitial(new NewAccounts(0, 0, true, false, "S", 3)));
    assertThat(numbered("K-7").row().number()).isEqualTo("K-7");
    refused("ACCOUNT_NUMBER_TAKEN", () -> numbered("K-7"));
    refused("ACCOUNT_NUMBER_TAKEN", () -> numbered("S001"));
    refused("PARAMETER_ERROR", () -> numbered("a b"));
    refused("PARAMETER_ERROR", () -> personal(""));
    assertThat(server.ledger().problems()).isEmpty();
  }

  private AccountStanding numbered(String number) {
    return server.core.accounts().open(SITE, new Opening(AccountKind.PERSONAL, OwnerKind.EMPLOYEE, "", "Li",
        "", true, 0, 0, 0, 0, number), server.transaction(), server.now);
  }

  @Test
  @Requirement({"ACC-05"})
  void aProjectPaysOnlyWhereItMayAndIsClosedWhenItEnds() {
    TestTerminal lab = server.terminal();
    TestTerminal canteen = server.terminal();
    long department = open(AccountKind.DEPARTMENT, "D1", 0, 0).row().account();
    AccountRow project = server.core.accounts().open(SITE, new Opening(AccountKind.PROJECT, OwnerKind.PROJECT,
        "P1", "rover", "", true, 10_000, 0, department, server.now + DAY), server.transaction(), server.now)
        .row();
    server.core.cards().issue(SITE, TestServer.token(1), project.account(), server.now);
    assertThat(server.authorize(lab, server.transaction(), 1, 100).getReason())
        .isEqualTo("PERMISSION_DENIED");
    refused("TRANSFER_NOT_PERMITTED", () -> server.core.transfers().send(SITE,
        new TransferLine(project.account(), department, 1), "li", "", server.transaction(), server.now));

    server.core.accounts().permissions().grant(new PermissionRow(SITE, project.account(), 0,
        PermissionType.CONSUMPTION, false, "terminal:1", 0, 0, 0, 0, 0, true), server.now);

    assertThat(server.authorize(lab, server.transaction(), 1, 100).getReason()).isEmpty();
    assertThat(server.authorize(canteen, server.transaction(), 1, 100).getReason())
        .isEqualTo("PERMISSION_DENIED");
    server.now += DAY;
    server.core.tick(server.now);
    server.now += DAY;
    server.core.tick(server.now);
    assertThat(status(project.account())).isEqualTo(AccountStatus.CANCELLED);
    assertThat(server.balance(LedgerKind.CASH, department)).isEqualTo(10_000);
    refused("PARAMETER_ERROR", () -> open(AccountKind.DEPARTMENT, "D2", 0, server.now + DAY));
    refused("PARAMETER_ERROR", () -> open(AccountKind.PROJECT, "P2", 0, server.now));
  }

  @Test
  @Requirement({"ACC-11", "LIM-12"})
  void anOwnerHasThreeAccountsAndAClosedOneDoesNotCount() {
    long first = personal("E1").row().account();
    personal("E1");
    personal("E1");

    refused("ACCOUNT_LIMIT", () -> personal("E1"));
    personal("E2");
    apply(first, new AccountEvent.Closed("left"));
    AccountStanding next = personal("E1");

    assertThat(next.profile().primary()).isFalse();
    assertThat(profile(first).primary()).isTrue();
    server.core.accounts().makePrimary(SITE, next.row().account(), server.now);
    assertThat(server.store.profiles().profilesOf(SITE, "E1")).filteredOn(AccountProfileRow::primary)
        .extracting(AccountProfileRow::account).containsExactly(next.row().account());
  }

  @Test
  @Requirement({"ACC-07", "ACC-08"})
  void whereApprovalIsRequiredAnApplicationWaitsForIt() {
    begin(AccountRules.DEFAULT.withRequireApproval(true));
    long yes = personal("E1").row().account();
    long no = personal("E2").row().account();

    assertThat(status(yes)).isEqualTo(AccountStatus.PENDING);
    refused("ACCOUNT_TRANSITION", () -> apply(yes, new AccountEvent.Activated()));
    refused("ACCOUNT_TRANSITION", () -> server.core.accounts().rechargeByCash(SITE, yes, 500,
        server.transaction(), server.now));
    refused("PARAMETER_ERROR", () -> server.core.accounts().open(SITE, "Li", true, 100, server.transaction(),
        server.now));
    apply(yes, new AccountEvent.Approved());
    apply(no, new AccountEvent.Rejected("no such person"));

    assertThat(status(yes)).isEqualTo(AccountStatus.NORMAL);
    assertThat(status(no)).isEqualTo(AccountStatus.CANCELLED);
    assertThat(server.store.profiles().accountEvents(SITE, no, 9)).extracting(AccountEventRow::event)
        .containsExactly("OPENED", "REJECTED");
    assertThat(server.store.profiles().accountEvents(SITE, no, 1).getFirst().detail())
        .isEqualTo("no such person");
  }

  @Test
  @Requirement({"ACC-12"})
  void theFirstRechargeActivates() {
    begin(AccountRules.DEFAULT.withAutoActivate(false));
    long account = personal("E1").row().account();
    assertThat(status(account)).isEqualTo(AccountStatus.PENDING);

    server.core.accounts().rechargeByCash(SITE, account, 500, server.transaction(), server.now);

    assertThat(status(account)).isEqualTo(AccountStatus.NORMAL);
    assertThat(profile(account).dueMs()).isZero();
  }

  @Test
  @Requirement({"ACC-13"})
  void timeClosesWhatNobodyActivatedOrWhatWasFrozenOrLostForTooLong() {
    begin(AccountRules.DEFAULT.withAutoActivate(false));
    long idle = personal("").row().account();
    long frozen = personal("").row().account();
    long lost = personal("").row().account();
    for (long account : new long[] {frozen, lost}) {
      apply(account, new AccountEvent.Activated());
    }
    apply(frozen, new AccountEvent.Frozen(FreezeKind.SECURITY, "seen twice"));
    apply(lost, new AccountEvent.LossReported("left in the bus"));

    tick(30 * DAY - 1);
    assertThat(status(idle)).isEqualTo(AccountStatus.PENDING);
    tick(30 * DAY);
    assertThat(status(idle)).isEqualTo(AccountStatus.CANCELLED);
    tick(90 * DAY - 1);
    assertThat(status(lost)).isEqualTo(AccountStatus.LOST);
    tick(90 * DAY);
    assertThat(status(lost)).isEqualTo(AccountStatus.CANCELLED);
    tick(180 * DAY - 1);
    assertThat(status(frozen)).isEqualTo(AccountStatus.FROZEN);
    tick(180 * DAY);
    assertThat(status(frozen)).isEqualTo(AccountStatus.CANCELLED);
    assertThat(server.store.profiles().profilesDue(SITE, Long.MAX_VALUE, 10)).isEmpty();
  }

  private void tick(long after) {
    server.core.tick(TestServer.NOW + after);
  }

  @Test
  @Requirement({"ACC-22"})
  void aLossReportStopsPurchasesAndItsEndAllowsThem() {
    AccountRow holder = server.holder(1, 1_000);
    TestTerminal till = server.terminal();

    apply(holder.account(), new AccountEvent.LossReported("left in the bus"));
    assertThat(server.authorize(till, server.transaction(), 1, 100).getReason()).isEqualTo("CARD_LOST");
    apply(holder.account(), new AccountEvent.LossLifted("found"));

    assertThat(server.authorize(till, server.transaction(), 1, 100).getReason()).isEmpty();
  }

  @Test
  @Requirement({"ACC-23"})
  void anAccountIsClosedOnlyWithNothingInItAndNothingReserved() {
    AccountRow rich = server.holder(1, 1_000);
    AccountRow busy = server.holder(2, 0);
    server.core.accounts().changeCredit(SITE, busy.account(), 500, server.now);
    var reserved = server.transaction();
    TestTerminal till = server.terminal();
    assertThat(server.authorize(till, reserved, 2, 300).getReason()).isEmpty();

    refused("ACCOUNT_NOT_EMPTY", () -> apply(rich.account(), new AccountEvent.Closed("")));
    refused("ACCOUNT_HAS_HOLDS", () -> apply(busy.account(), new AccountEvent.Closed("")));
    server.core.cancel(till.id, reserved, server.now);
    apply(busy.account(), new AccountEvent.Closed(""));

    assertThat(status(busy.account())).isEqualTo(AccountStatus.CANCELLED);
    refused("ACCOUNT_TRANSITION", () -> apply(busy.account(), new AccountEvent.Activated()));
  }

  @Test
  @Requirement({"ACC-23"})
  void aLateOfflineSaleOnAClosedAccountIsBookedAndShown() {
    AccountRow holder = server.holder(1, 0);
    TestTerminal till = server.terminal();
    apply(holder.account(), new AccountEvent.Closed("left"));

    long from = till.head.seq() + 1;
    till.cardSale(server.transaction(), TestServer.token(1), 450, true);
    server.acknowledged(till.push(from));

    assertThat(server.available(holder)).isEqualTo(-450);
    assertThat(server.exceptions()).contains(ExceptionKind.ACCOUNT_NOT_NORMAL);
    assertThat(server.ledger().problems()).isEmpty();
  }

  private AccountRow visitor(long main, long money) {
    AccountRow visitor = open(AccountKind.TEMPORARY, "", main, server.now + DAY).row();
    server.core.cards().issue(SITE, TestServer.token(9), visitor.account(), server.now);
    server.core.accounts().rechargeByCash(SITE, visitor.account(), money, server.transaction(), server.now);
    return visitor;
  }

  @Test
  @Requirement({"ACC-06"})
  void aTemporaryAccountGivesItsBalanceBackAndIsClosed() {
    AccountRow main = server.holder(1, 1_000);
    AccountRow visitor = visitor(main.account(), 700);

    tick(DAY - 1);
    assertThat(status(visitor.account())).isEqualTo(AccountStatus.NORMAL);
    tick(DAY);

    assertThat(status(visitor.account())).isEqualTo(AccountStatus.CANCELLED);
    assertThat(server.available(visitor)).isZero();
    assertThat(server.available(main)).isEqualTo(1_700);
    assertThat(new BalanceHistory(server.store, main).changes(0, 9)).last()
        .satisfies(change -> assertThat(change.change()).isEqualTo(700));
    assertThat(server.ledger().problems()).isEmpty();
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  @Requirement({"ACC-06"})
  void whatIsReservedWhenATemporaryAccountEndsIsWaitedForAndNothingMoreIsBought() {
    AccountRow main = server.holder(1, 0);
    AccountRow visitor = visitor(main.account(), 700);
    TestTerminal till = server.terminal();
    var reserved = server.transaction();
    server.now += DAY - 1;
    assertThat(server.authorize(till, reserved, 9, 300).getReason()).isEmpty();

    server.now += 1;
    server.core.tick(server.now);
    assertThat(server.authorize(till, server.transaction(), 9, 1).getReason()).isEqualTo("ACCOUNT_FROZEN");
    assertThat(server.available(main)).isZero();
    server.core.cancel(till.id, reserved, server.now);
    server.core.tick(server.now + 15 * 60_000);

    assertThat(status(visitor.account())).isEqualTo(AccountStatus.CANCELLED);
    assertThat(server.available(main)).isEqualTo(700);
  }

  @Test
  void aTemporaryAccountWithoutAMainOneKeepsItsMoneyAndIsShown() {
    AccountRow visitor = visitor(0, 700);

    tick(DAY);

    assertThat(status(visitor.account())).isEqualTo(AccountStatus.FROZEN);
    assertThat(server.available(visitor)).isEqualTo(700);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.CLOSING_WITH_BALANCE);
  }

  @Test
  void whatIsToBeClosedByTimeAndHasMoneyStaysAndIsShownOnce() {
    AccountRow holder = server.holder(1, 1_000);
    apply(holder.account(), new AccountEvent.Frozen(FreezeKind.SECURITY, "seen twice"));

    tick(180 * DAY);
    tick(181 * DAY);
    tick(182 * DAY);

    assertThat(status(holder.account())).isEqualTo(AccountStatus.FROZEN);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.CLOSING_WITH_BALANCE);
    assertThat(profile(holder.account()).dueMs()).isEqualTo(TestServer.NOW + 183 * DAY);
  }

  @Test
  @Requirement({"ACC-26"})
  void aDeletedAccountIsHiddenAndStillThere() {
    long account = personal("E1").row().account();
    refused("ACCOUNT_TRANSITION", () -> server.core.accounts().delete(SITE, account, server.now));
    apply(account, new AccountEvent.Closed("left"));

    server.core.accounts().delete(SITE, account, server.now);

    assertThat(profile(account).deleted()).isTrue();
    assertThat(server.store.account(SITE, account)).isPresent();
  }

  @Test
  @Requirement({"ACC-21"})
  void theCreditLimitIsSpendableOnlineAndOffline() throws Exception {
    AccountRow holder = server.holder(1, 1_000);
    TestTerminal till = server.terminal();
    server.core.accounts().changeCredit(SITE, holder.account(), 500, server.now);

    assertThat(entry(till).getAvailableMinor()).isEqualTo(1_500);
    assertThat(server.authorize(till, server.transaction(), 1, 1_501).getReason())
        .isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(server.authorize(till, server.transaction(), 1, 1_500).getReason()).isEmpty();
  }

  private AccountEntry entry(TestTerminal till) throws Exception {
    return SnapshotStatement.parseFrom(server.core.snapshotFor(till.id, 0, server.now).orElseThrow()
        .getStatement().getPayload()).getAccounts(0);
  }

  @Test
  @Requirement({"ACC-18"})
  void onlineAndOfflinePurchasesAreSwitchedApart() throws Exception {
    AccountRow holder = server.holder(1, 1_000);
    TestTerminal till = server.terminal();

    server.core.accounts().changeChannels(SITE, holder.account(), true, false, true, server.now);
    assertThat(server.authorize(till, server.transaction(), 1, 100).getReason())
        .isEqualTo("PERMISSION_DENIED");
    assertThat(entry(till).getEnableOffline()).isTrue();
    server.core.accounts().changeChannels(SITE, holder.account(), true, true, false, server.now);
    assertThat(server.authorize(till, server.transaction(), 1, 100).getReason()).isEmpty();
    assertThat(entry(till).getEnableOffline()).isFalse();
  }

  @Test
  @Requirement({"ACC-15", "PAY-08"})
  void aPermissionBindsOnlineAndOffline() throws Exception {
    AccountRow holder = server.holder(1, 10_000);
    TestTerminal till = server.terminal();
    PermissionRow granted = grant(holder, false, 300, 500, 0, 0);

    assertThat(entry(till).getPerTapMinor()).isEqualTo(300);
    assertThat(entry(till).getPerDayMinor()).isEqualTo(500);
    assertThat(server.authorize(till, server.transaction(), 1, 301).getReason())
        .isEqualTo("LIMIT_PER_TRANSACTION");
    sell(till, 300);
    assertThat(server.authorize(till, server.transaction(), 1, 201).getReason())
        .isEqualTo("LIMIT_PER_PERIOD");
    assertThat(server.authorize(till, server.transaction(), 1, 200).getReason()).isEmpty();
    server.core.accounts().permissions().enable(SITE, holder.account(), granted.number(), false, server.now);
    assertThat(server.authorize(till, server.transaction(), 1, 1).getReason()).isEqualTo("PERMISSION_DENIED");
    assertThat(entry(till).getEnableOffline()).isFalse();
    server.restart();
    assertThat(server.authorize(till, server.transaction(), 1, 1).getReason()).isEqualTo("PERMISSION_DENIED");
  }

  private void sell(TestTerminal till, long amount) {
    long from = till.head.seq() + 1;
    till.cardSale(server.transaction(), TestServer.token(1), amount, true);
    server.acknowledged(till.push(from));
  }

  private PermissionRow grant(AccountRow holder, boolean byHolder, long single, long daily, long monthly,
      long untilMs) {
    return server.core.accounts().permissions().grant(new PermissionRow(SITE, holder.account(), 0,
        PermissionType.CONSUMPTION, byHolder, "", single, daily, monthly, 0, untilMs, true), server.now);
  }

  @Test
  @Requirement({"LIM-03", "LIM-14"})
  void aMonthIsCountedFromItsFirstToItsLastDay() throws Exception {
    AccountRow holder = server.holder(1, 100_000);
    TestTerminal till = server.terminal();
    server.core.accounts().changeLimits(SITE, holder.account(), 0, 0, 1_000, server.now);
    sell(till, 600);

    // 2025-11-20 and ten days on: still November.
    server.now = TestServer.NOW + 10 * DAY;
    assertThat(server.authorize(till, server.transaction(), 1, 401).getReason())
        .isEqualTo("LIMIT_PER_PERIOD");
    assertThat(entry(till).getPerDayMinor()).isEqualTo(400);
    sell(till, 400);
    assertThat(entry(till).getEnableOffline()).isFalse();
    server.now = TestServer.NOW + 11 * DAY;
    assertThat(server.authorize(till, server.transaction(), 1, 1_000).getReason()).isEmpty();
    assertThat(entry(till).getEnableOffline()).isTrue();
  }

  @Test
  @Requirement({"ACC-17"})
  void theHolderTightensWhatTheOfficeAllows() {
    AccountRow holder = server.holder(1, 10_000);
    TestTerminal till = server.terminal();
    PermissionRow own = grant(holder, true, 200, 0, 0, 0);

    assertThat(server.authorize(till, server.transaction(), 1, 201).getReason())
        .isEqualTo("LIMIT_PER_TRANSACTION");
    server.core.accounts().permissions().enable(SITE, holder.account(), own.number(), false, server.now);
    assertThat(server.authorize(till, server.transaction(), 1, 201).getReason()).isEmpty();
  }

  @Test
  void terminalsLearnWhenAPermissionIsOver() throws Exception {
    AccountRow holder = server.holder(1, 10_000);
    TestTerminal till = server.terminal();
    grant(holder, false, 0, 0, 0, server.now + DAY);
    assertThat(entry(till).getEnableOffline()).isTrue();
    long version = SnapshotStatement.parseFrom(server.core.snapshotFor(till.id, 0, server.now).orElseThrow()
        .getStatement().getPayload()).getToVersion();

    server.now += DAY;
    assertThat(server.core.snapshotFor(till.id, version, server.now)).isEmpty();
    server.core.tick(server.now);

    SnapshotStatement news = SnapshotStatement.parseFrom(server.core.snapshotFor(till.id, version, server.now)
        .orElseThrow().getStatement().getPayload());
    assertThat(news.getAccountsList()).singleElement()
        .satisfies(entry -> assertThat(entry.getEnableOffline()).isFalse());
  }

  @Test
  @Requirement({"ACC-16", "ACC-17"})
  void accountsBelongToOthersByTypeAndNeverInACircle() {
    long person = personal("E1").row().account();
    long child = personal("").row().account();
    long office = open(AccountKind.DEPARTMENT, "D1", 0, 0).row().account();
    PermissionDesk desk = server.core.accounts().permissions();

    RelationRow family = desk.relate(relation(person, child, RelationType.FAMILY), server.now);
    desk.relate(relation(office, person, RelationType.DEPARTMENT), server.now);
    refused("RELATION_EXISTS", () -> desk.relate(relation(person, child, RelationType.FAMILY), server.now));
    refused("PARAMETER_ERROR", () -> desk.relate(relation(child, person, RelationType.FAMILY), server.now));
    refused("PARAMETER_ERROR", () -> desk.relate(relation(office, child, RelationType.FAMILY), server.now));
    refused("PARAMETER_ERROR",
        () -> desk.relate(relation(person, child, RelationType.DEPARTMENT), server.now));
    refused("PARAMETER_ERROR", () -> desk.relate(relation(child, child, RelationType.MAIN_SUB), server.now));
    refused("ACCOUNT_UNKNOWN", () -> desk.relate(relation(person, 99, RelationType.FAMILY), server.now));

    desk.enableRelation(SITE, person, family.number(), false, server.now);
    assertThat(server.store.profiles().relationsBelow(SITE, person))
        .containsExactly(family.withEnabled(false, server.now));
    assertThat(server.store.profiles().relationsAbove(SITE, person)).extracting(RelationRow::main)
        .containsExactly(office);
    refused("RELATION_UNKNOWN", () -> desk.enableRelation(SITE, person, 9, true, server.now));
  }

  private static RelationRow relation(long main, long sub, RelationType type) {
    return new RelationRow(SITE, main, 0, sub, type, 1, "", true);
  }

  @Test
  @Requirement({"ACC-19", "ACC-20"})
  void theFiguresAreWhatCardsAndTransactionsSay() {
    AccountRow holder = server.holder(1, 1_000);
    TestTerminal till = server.terminal();
    server.core.cards().issue(SITE, TestServer.token(2), holder.account(), server.now);
    server.now += 1_000;
    server.core.accounts().rechargeByCash(SITE, holder.account(), 500, server.transaction(), server.now);
    server.now += 1_000;
    sell(till, 300);
    var sale = server.transaction();
    long from = till.head.seq() + 1;
    till.cardSale(sale, TestServer.token(1), 80, true);
    till.voidSale(server.transaction(), sale, 80);
    server.acknowledged(till.push(from));

    var figures = figures(holder);
    assertThat(figures).isEqualTo(new AccountFigures(2, 1, 500, 300, server.now, server.now,
        server.now - 1_000));
    server.core.cards().makePrimary(SITE, TestServer.token(2), server.now);
    assertThat(figures(holder).primaryCard()).isEqualTo(2);
    server.core.cards().reportLost(SITE, TestServer.token(2), server.now);
    assertThat(figures(holder).cards()).isEqualTo(1);
    assertThat(figures(holder).primaryCard()).isEqualTo(1);
  }

  private AccountFigures figures(AccountRow holder) {
    return AccountFigures.of(profile(holder.account()), server.store.cardsOf(SITE, holder.account()),
        server.store.profiles().accountTotals(SITE, holder.account()));
  }

  @Test
  @Requirement({"RCH-09", "LIM-09"})
  void tenRechargesADayAreTaken() {
    AccountRow account = server.holder(1, 0);
    for (int i = 0; i < 10; i++) {
      server.core.accounts().rechargeByCash(SITE, account.account(), 100, server.transaction(), server.now);
    }

    assertThatThrownBy(() -> server.core.accounts().rechargeByCash(SITE, account.account(), 100,
        server.transaction(), server.now)).hasMessageStartingWith("RECHARGE_COUNT");
    server.core.accounts().rechargeByCash(SITE, account.account(), 100, server.transaction(),
        server.now + DAY);
    assertThat(server.available(account)).isEqualTo(1_100);
  }

  @Test
  @Requirement({"RCH-09", "LIM-08"})
  void fiftyThousandADayAreTakenAtTheDesk() {
    AccountRow account = server.holder(1, 0);
    for (int i = 0; i < 5; i++) {
      server.core.accounts().rechargeByCash(SITE, account.account(), 1_000_000, server.transaction(),
          server.now);
    }

    assertThatThrownBy(() -> server.core.accounts().rechargeByCash(SITE, account.account(), 100,
        server.transaction(), server.now)).hasMessageStartingWith("RECHARGE_DAY_LIMIT");
    assertThat(server.available(account)).isEqualTo(5_000_000);
  }
}

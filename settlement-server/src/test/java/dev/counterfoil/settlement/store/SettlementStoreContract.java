package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.operator.Approval;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.operator.SignIn;
import dev.counterfoil.settlement.password.PasswordGuard;
import dev.counterfoil.settlement.secret.RecoveryCodes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.settlement.gateway.Asking;
import dev.counterfoil.settlement.gateway.GatewayCode;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrder;
import dev.counterfoil.settlement.gateway.GatewayProblem;
import dev.counterfoil.settlement.gateway.OrderRequest;
import dev.counterfoil.settlement.gateway.Payment;
import dev.counterfoil.trace.Requirement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every {@link SettlementStore} must do. A store's test extends this class and says how one is made.
public abstract class SettlementStoreContract {

  private static final int SITE = 1;
  private static final Hash A = new Hash(1, 2, 3, 4);
  private static final Hash B = new Hash(5, 6, 7, 8);
  private static final TransactionId T1 = new TransactionId(1, 1);
  private static final TransactionId T2 = new TransactionId(1, 2);
  private static final EpochId EPOCH = new EpochId(1, -77);

  private SettlementStore store;

  /// A store without any rows.
  protected abstract SettlementStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
    commit(new CommitUnit().putSite(new SiteRow(SITE, "canteen", "CNY")));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void commit(CommitUnit unit) {
    assertThat(store.commit(unit)).isEqualTo(new CommitOutcome.Committed());
  }

  private static TransferRow transfer(long number, TransactionId id, long pending) {
    return new TransferRow(SITE, number, id, 1, 10, 11, "CNY", 500, pending == 0 ? TransferKind.POSTED
        : TransferKind.CAPTURE, "SALE", pending, 9, -500, 500);
  }

  private static TransactionRow transaction(TransactionId id, @Nullable TransactionId reverses, long first) {
    return new TransactionRow(SITE, id, reverses == null ? TransactionKind.SALE_CARD : TransactionKind.VOID,
        1, 2, 3,
        500, "CNY", true, 1, reverses, first, 8, 9);
  }

  private static CardToken token(int number) {
    return new CardToken(1, 2, number);
  }

  private static ExceptionRow exception(long number, String key) {
    return new ExceptionRow(SITE, number, ExceptionKind.FORK, key, 1, 2, T1, 0, 5, "detail", 9, "", "", 0);
  }

  private static HeadRow head(long seq, Hash hash) {
    var position = new ChainPosition(seq, hash, 3 * seq);
    return new HeadRow(SITE, 1, position, position, EPOCH, seq, position, 0, seq, 4);
  }

  @Test
  @Requirement({"LIM-04"})
  void approvalsAreCountedByAccountAndTime() {
    commit(new CommitUnit().insertAuthorization(approval(1, 3, AuthorizationOutcome.APPROVED, 99))
        .insertAuthorization(approval(2, 3, AuthorizationOutcome.APPROVED, 100))
        .insertAuthorization(approval(3, 3, AuthorizationOutcome.APPROVED, 200))
        .insertAuthorization(approval(4, 3, AuthorizationOutcome.DECLINED, 200))
        .insertAuthorization(approval(5, 4, AuthorizationOutcome.APPROVED, 200)));

    assertThat(store.limits().approvals(SITE, 3, 200, 100)).isEqualTo(new LimitReads.Approvals(1, 2));
    assertThat(store.limits().approvals(SITE, 3, 100, 201)).isEqualTo(new LimitReads.Approvals(2, 0));
    assertThat(store.limits().approvals(SITE, 9, 0, 0)).isEqualTo(new LimitReads.Approvals(0, 0));
  }

  private static AuthorizationRow approval(int number, long account, AuthorizationOutcome outcome,
      long atMs) {
    return new AuthorizationRow(SITE, new TransactionId(70, number), 1, account, 5, "CNY", outcome, "", 0, 0,
        0,
        atMs);
  }

  @Test
  @Requirement({"RCH-09"})
  void rechargesOfADayAreSummedWithoutWhatWasTakenBack() {
    TransactionRow wrong = recharge(2, TransactionKind.RECHARGE, null, 3, 70, 100);
    commit(new CommitUnit().insertTransaction(recharge(1, TransactionKind.RECHARGE, null, 3, 50, 99))
        .insertTransaction(wrong)
        .insertTransaction(recharge(3, TransactionKind.REVERSAL, wrong.transaction(), 3, -70, 101))
        .insertTransaction(recharge(4, TransactionKind.RECHARGE, null, 3, 30, 101))
        .insertTransaction(recharge(5, TransactionKind.RECHARGE, null, 3, 9, 102))
        .insertTransaction(recharge(6, TransactionKind.RECHARGE, null, 4, 1, 102)));

    assertThat(store.limits().recharges(SITE, 3, 100)).isEqualTo(new LimitReads.Recharges(2, 39));
    assertThat(store.limits().recharges(SITE, 9, 0)).isEqualTo(new LimitReads.Recharges(0, 0));
  }

  private static TransactionRow recharge(int number, TransactionKind kind, @Nullable TransactionId reverses,
      long account, long amount, long atMs) {
    return new TransactionRow(SITE, new TransactionId(71, number), kind, 0, 0, account, amount, "CNY", false,
        TransactionRow.SYNCED, reverses, number, atMs, atMs);
  }

  private static TerminalRow terminal(int number, TerminalId id) {
    return new TerminalRow(SITE, number, id, "till", TerminalStatus.ACTIVE, "board", A, true, EPOCH, null, 5,
        null, 10,
        11, "");
  }

  /// Tables whose rows are never changed once they are written.
  static List<String> neverChanged() {
    return List.of("transfer", "business_transaction", "record_batch", "record_key", "fork_record",
        "authorization",
        "till_reference", "sync_log", "admin_log", "audit_event", "audit_root", "transaction_note",
        "transfer_line", "sale_line");
  }

  /// A row in each of those.
  static CommitUnit oneOfEachNeverChanged() {
    return new CommitUnit()
        .insertTransfer(
            new TransferRow(1, 1, T1, 1, 1, 2, "CNY", 5, TransferKind.POSTED, "SALE", 0, 9, 0, 0))
        .insertTransaction(
            new TransactionRow(1, T1, TransactionKind.SALE_CASH, 1, 1, 0, 5, "CNY", false, 1, null, 1,
                1, 1))
        .insertBatch(new RecordBatchRow(1, 1, 1, 1, new byte[1], 9))
        .insertRecordKey(new RecordKeyRow(1, 1, 1, 1, Hash.ZERO, 1, null))
        .keepFork(new ForkRow(1, 1, 1, Hash.ZERO, true, new byte[1], 9))
        .insertTillReference(new TillReferenceRow(1, 1, "R", T1, 1, 5))
        .insertNote(new TransactionNoteRow(1, T1, 0, 1, 1, "", "li", ""))
        .insertSaleLine(new SaleLineRow(1, T1, 1, "P", "rice", 2, "meals", 3, 4))
        .insertTransferLine(new TransferLineRow(1, T1, 1, T1, 1, 2, 5, "", 1))
        .logSync(new SyncRow(1, 0, 1, "OK", 1, 1, 1, 1, 1, 1, 0))
        .logDeed(new AdminRow(1, 0, 1, "li", "x", ""))
        .appendAudit(AuditChain.empty(1).append(new AuditEntry(Instant.EPOCH, "li", "x", "y", "", "", "")))
        .insertAuditRoot(
            new AuditRoot.Signed(new AuditRoot(LocalDate.EPOCH, AuditChain.empty(1)), new byte[64]))
        .insertAuthorization(
            new AuthorizationRow(1, T1, 1, 1, 5, "CNY", AuthorizationOutcome.DECLINED, "X", 0, 0, 0,
                1));
  }

  @Test
  void everyRowReadsBackAsItWasWritten() {
    TerminalRow first = terminal(1, new TerminalId(1, 2));
    TerminalRow full = terminal(2, new TerminalId(3, 4)).withBootId(new BootId(5, -6))
        .withEpochs(EPOCH, new EpochId(2, Long.MIN_VALUE), 77).withStatus(TerminalStatus.FROZEN, "why");
    var key = new TerminalKeyRow(SITE, 1, new Ed25519Signer(new byte[32]).key(), 1, Long.MAX_VALUE, false);
    var epoch = new EpochRow(SITE, 1, EPOCH, 5, true);
    var code = new EnrolmentCodeRow(SITE, A, "till", 0, 1, 2, 0, "admin");
    var batch = new RecordBatchRow(SITE, 1, 1, 2, new byte[] {1, 2, 3}, 9);
    var recordKey = new RecordKeyRow(SITE, 1, 2, 5, B, 1, T1);
    var account = new AccountRow(SITE, 3, "ACCT0000000003", "holder", AccountStatus.LOST, true, false, false,
        true, 4, 5, 6, true, true, "CNY", 10, new PriceTerms(99, 999));
    var card = new CardRow(SITE, 6, token(7), 3, CardStatus.LOST, true, 77);
    var ledger = new LedgerAccountRow(SITE, 10, LedgerKind.CASH, 3, "CNY", 1, 2, 3, -4, 1, 6, 7, 8);
    var authorization = new AuthorizationRow(SITE, T2, 1, 3, 500, "CNY", AuthorizationOutcome.APPROVED, "", 9,
        10, 11,
        12);
    var hold = new HoldRow(SITE, 9, T2, 1, 3, 10, 11, 500, "CNY", 99, HoldState.OPEN, 0, 0);
    var reference = new TillReferenceRow(SITE, 1, "ORDER-7", T1, 2, 500);
    var intent = new IntentRow(SITE, 1, 2, T2, 700, 50, 0, 0);
    var change = new AccountChangeRow(SITE, 3, 21);
    var deny = new DenyRow(SITE, token(7), 22, true);
    commit(new CommitUnit().putTerminal(first).putTerminal(full).putTerminalKey(key).putEpoch(epoch)
        .moveHead(HeadUpdate.first(head(2, B))).insertEnrolmentCode(code).insertBatch(batch)
        .insertRecordKey(recordKey)
        .putAccount(account).putCard(card).putLedgerAccount(ledger).insertTransfer(transfer(1, T1, 0))
        .insertTransaction(transaction(T1, null, 1)).insertTillReference(reference)
        .insertAuthorization(authorization).putHold(hold).putIntent(intent)
        .keepException(exception(1, "a")).putAccountChange(change).putDenial(deny)
        .putSetting(new SettingRow(0, "name", "value")));

    assertThat(store.terminal(SITE, 1)).contains(first);
    assertThat(store.terminal(new TerminalId(3, 4))).contains(full);
    assertThat(store.terminals(SITE)).containsExactly(first, full);
    assertThat(store.terminalKeys(SITE, 1)).containsExactly(key);
    assertThat(store.epochs(SITE, 1)).containsExactly(epoch);
    assertThat(store.head(SITE, 1)).contains(head(2, B));
    assertThat(store.heads(SITE)).containsExactly(head(2, B));
    assertThat(store.enrolmentCode(A)).contains(code);
    assertThat(store.recordKey(SITE, 1, 2)).contains(recordKey);
    assertThat(store.account(SITE, 3)).contains(account);
    assertThat(store.profiles().accountOf(SITE, account.number())).contains(3L);
    assertThat(store.profiles().accountOf(2, account.number())).isEmpty();
    assertThat(store.accounts(SITE, 0, 10)).containsExactly(account);
    assertThat(store.card(SITE, token(7))).contains(card);
    assertThat(store.cardsOf(SITE, 3)).containsExactly(card);
    assertThat(store.ledgerAccount(SITE, 10)).contains(ledger);
    assertThat(store.ledgerAccount(SITE, LedgerKind.CASH, 3, "CNY")).contains(ledger);
    assertThat(store.transfers(SITE, 0, 10)).containsExactly(transfer(1, T1, 0));
    assertThat(store.transactions(SITE, List.of(T1, T2))).containsExactly(transaction(T1, null, 1));
    assertThat(store.authorizations(SITE, List.of(T1, T2))).containsExactly(authorization);
    assertThat(store.tillReference(SITE, 1, "ORDER-7")).contains(reference);
    assertThat(store.tillReference(SITE, 2, "ORDER-7")).isEmpty();
    assertThat(store.openHolds(SITE)).containsExactly(hold);
    assertThat(store.holdOf(SITE, T2)).contains(hold);
    assertThat(store.openIntents(SITE, 1)).containsExactly(intent);
    assertThat(store.exceptions(SITE, true, 0, 10)).containsExactly(exception(1, "a"));
    assertThat(store.accountsChangedAfter(SITE, 20, 10)).containsExactly(change);
    assertThat(store.deniesChangedAfter(SITE, 21, 10)).containsExactly(deny);
    assertThat(store.deniesChangedAfter(SITE, 22, 10)).isEmpty();
    assertThat(store.setting(0, "name")).contains("value");
    assertThat(store.counters(SITE)).isEqualTo(new Counters(2, 3, 6, 10, 1, 1, 21, 22));
    assertThat(store.counters(2)).isEqualTo(Counters.ZERO);
  }

  private static AccountProfileRow profile(long account, String owner, long dueMs) {
    return new AccountProfileRow(SITE, account, AccountKind.TEMPORARY, OwnerKind.OTHER, owner, "visit", true,
        false, 5, 6, 70, FreezeKind.SECURITY, "stolen", dueMs, 9, true);
  }

  private void passwordsReadBack(AccountReads reads) {
    assertThat(reads.hasPasswords(SITE)).isFalse();
    var password = new AccountPasswordRow(SITE, 1, "$a", new PasswordGuard(4, 5), "pet?", "$b", 6);
    commit(new CommitUnit().putPassword(password));
    assertThat(reads.password(SITE, 1)).contains(password);
    assertThat(reads.password(SITE, 2)).isEmpty();
    assertThat(reads.hasPasswords(SITE)).isTrue();
    assertThat(reads.hasPasswords(2)).isFalse();
    commit(new CommitUnit().putPassword(password.withPassword("$c", 7)));
    assertThat(reads.password(SITE, 1))
        .contains(new AccountPasswordRow(SITE, 1, "$c", PasswordGuard.FRESH, "pet?", "$b", 7));
  }

  @Test
  @Requirement({"PAY-11", "PAY-13"})
  void whatReportsAskOfASaleReadsBackAsItWasWritten() {
    var details = new TransactionRow.Details(6, "NFC", 1, 20, 5, 100, 1_000L, -475L, "2001:db8::1");
    var sale = new TransactionRow(SITE, T1, TransactionKind.SALE_CARD, 1, 2, 3, 500, "CNY", true, 1, null, 1,
        8, 9, details);
    var rice = new SaleLineRow(SITE, T1, 1, "P-1", "rice", 2, "meals", 3, 150);
    var place = new TerminalPlaceRow(SITE, 1, 4, 7, "Canteen 2", "kitchen");
    commit(new CommitUnit().insertTransaction(sale).insertSaleLine(rice)
        .insertSaleLine(new SaleLineRow(SITE, T1, 2, "P-2", "tea", 0, "", 1, 50)).putPlace(place));

    assertThat(store.transaction(SITE, T1)).contains(sale);
    assertThat(store.sales().saleLines(SITE, T1)).hasSize(2).startsWith(rice);
    assertThat(store.sales().saleLines(SITE, T2)).isEmpty();
    assertThat(store.sales().place(SITE, 1)).contains(place);
    assertThat(store.sales().place(SITE, 2)).isEmpty();
  }

  @Test
  void subsidiesReadBackAsTheyWereWrittenAndAreFoundByTheirTime() {
    var meal = new PurseRow(SITE, 20, 3, 9, "meal", 0, 0, true);
    var gift = new PurseRow(SITE, 21, 3, 9, "gift", 500, 500, true);
    commit(new CommitUnit().putPurse(meal).putPurse(gift)
        .putPurse(new PurseRow(SITE, 22, 4, 9, "meal", 400, 600, false)));
    PurseReads reads = store.purses();

    assertThat(reads.purse(SITE, 21)).contains(gift);
    assertThat(reads.purse(2, 21)).isEmpty();
    assertThat(reads.purse(SITE, 3, "meal")).contains(meal);
    assertThat(reads.purse(SITE, 5, "meal")).isEmpty();
    assertThat(reads.pursesOf(SITE, 3)).containsExactly(meal, gift);
    assertThat(reads.pursesDue(SITE, 499, 9)).isEmpty();
    assertThat(reads.pursesDue(SITE, 600, 1)).containsExactly(gift);
    commit(new CommitUnit().putPurse(gift.withDue(0, false)));
    assertThat(reads.pursesDue(SITE, 600, 9)).extracting(PurseRow::ledger).containsExactly(22L);
  }

  @Test
  @Requirement({"PAY-24"})
  void provisionalChargesReadBackAsTheyWereWrittenAndEndOnce() {
    var first = new PredebitRow(SITE, 1, T1, 3, 7, 5, 3_000, "CNY", 11, SaleSubType.CABINET, "::1", "li", 100,
        200,
        PredebitRow.State.HELD, 0, 0, 0, "");
    var second = new PredebitRow(SITE, 2, T2, 3, 7, 0, 1, "CNY", 12, SaleSubType.POS, "", "", 100, 150,
        PredebitRow.State.HELD, 0, 0, 0, "");
    commit(new CommitUnit().putPredebit(first).putPredebit(second));
    PredebitReads reads = store.predebits();

    assertThat(reads.predebit(SITE, T1)).contains(first);
    assertThat(reads.predebit(2, T1)).isEmpty();
    assertThat(reads.lastPredebit(SITE)).isEqualTo(2);
    assertThat(reads.lastPredebit(2)).isZero();
    assertThat(reads.predebits(SITE, PredebitRow.State.HELD, 0, 9)).containsExactly(first, second);
    assertThat(reads.predebits(SITE, PredebitRow.State.HELD, 1, 9)).containsExactly(second);
    assertThat(reads.predebits(SITE, PredebitRow.State.SETTLED, 0, 9)).isEmpty();
    assertThat(reads.predebitsDue(SITE, 149, 9)).isEmpty();
    assertThat(reads.predebitsDue(SITE, 200, 9)).containsExactly(second, first);
    assertThat(reads.predebitsDue(SITE, 200, 1)).containsExactly(second);

    PredebitRow settled = first.settled(1_800, 20, "wang", 180);
    commit(new CommitUnit().putPredebit(settled));
    assertThat(reads.predebit(SITE, T1)).contains(settled);
    assertThat(reads.predebitsDue(SITE, 200, 9)).containsExactly(second);
    assertThat(store.commit(new CommitUnit().putPredebit(first.released("li", 190))).isCommitted()).isFalse();
    assertThat(store.commit(new CommitUnit().putPredebit(new PredebitRow(SITE, 2, T1, 3, 7, 0, 1, "CNY", 12,
        SaleSubType.POS, "", "", 100, 150, PredebitRow.State.RELEASED, 0, 0, 5, ""))).isCommitted())
        .isFalse();
    assertThat(reads.predebit(SITE, T1)).contains(settled);
  }

  @Test
  void orderedMealsReadBackAsTheyWereWritten() {
    LocalDate day = LocalDate.of(2026, 11, 23);
    var first = new MealOrderRow(SITE, 1, 7, day, 2, 1, 1_350, "红烧肉", "", "", "li", 100,
        MealOrderRow.State.OPEN, 0, "", null);
    var second = new MealOrderRow(SITE, 2, 7, day.plusDays(1), 5, 99, 0, "粥", "kitchen", "A-1", "wang", 110,
        MealOrderRow.State.OPEN, 0, "", null);
    var third = new MealOrderRow(SITE, 3, 8, day, 2, 1, 0, "面", "kitchen", "A-2", "wang", 110,
        MealOrderRow.State.CANCELLED, 120, "li", null);
    commit(new CommitUnit().putMealOrder(first).putMealOrder(second).putMealOrder(third));
    MealOrderReads reads = store.meals();

    assertThat(reads.lastOrder(SITE)).isEqualTo(3);
    assertThat(reads.lastOrder(2)).isZero();
    assertThat(reads.order(SITE, 2)).contains(second);
    assertThat(reads.order(2, 2)).isEmpty();
    assertThat(reads.order(SITE, "kitchen", "A-2")).contains(third);
    assertThat(reads.order(SITE, "", "")).isEmpty();
    assertThat(reads.orders(SITE, MealOrderReads.Search.all(0), 1, 9)).containsExactly(second, third);
    assertThat(reads.orders(SITE, MealOrderReads.Search.all(0), 0, 1)).containsExactly(first);
    assertThat(reads.orders(SITE, MealOrderReads.Search.since(7, day.plusDays(1)), 0, 9))
        .containsExactly(second);
    assertThat(reads.orders(SITE, new MealOrderReads.Search(0, day, day), 0, 9)).containsExactly(first,
        third);
    assertThat(reads.liveSince(SITE, day)).containsExactly(first, second);
    assertThat(reads.liveSince(SITE, day.plusDays(1))).containsExactly(second);

    var collection = new MealCollectionRow(SITE, 3, 9, 1, T1, 130, 0);
    var another = new MealCollectionRow(SITE, 4, 2, 1, T2, 131, 0);
    commit(new CommitUnit().putMealOrder(first.collected(collection)).putMealCollection(another)
        .putMealCollection(collection));
    assertThat(reads.order(SITE, 1)).contains(first.collected(collection));
    assertThat(reads.collections(SITE, 1)).containsExactly(collection, another);
    assertThat(reads.collections(SITE, 2)).isEmpty();
    assertThat(reads.collectionBy(SITE, T2)).contains(another);
    assertThat(reads.collectionBy(2, T2)).isEmpty();

    commit(new CommitUnit().putMealCollection(collection.voided(140)).putMealOrder(first));
    assertThat(reads.collectionBy(SITE, T1)).contains(collection.voided(140));
    assertThat(reads.order(SITE, 1)).contains(first);
    assertThat(store.commit(new CommitUnit().putMealOrder(second.imported("kitchen", "A-2"))).isCommitted())
        .isFalse();
    assertThat(reads.order(SITE, 2)).contains(second);
  }

  @Test
  void whatIsKnownOfAccountsReadsBackAsItWasWritten() {
    AccountProfileRow one = profile(1, "E7", 0);
    AccountProfileRow two = profile(2, "E7", 300);
    AccountProfileRow three = profile(3, "", 200);
    var permission = new PermissionRow(SITE, 1, 1, PermissionType.WITHDRAWAL, true, "terminal:3", 1, 2, 3, 4,
        5, true, 6, 7);
    var relation = new RelationRow(SITE, 1, 1, 2, RelationType.FAMILY, 2, "{}", true, 6, 7);
    commit(new CommitUnit().putProfile(one).putProfile(two).putProfile(three).putPermission(permission)
        .putRelation(relation));
    AccountReads reads = store.profiles();

    assertThat(reads.profile(SITE, 1)).contains(one);
    assertThat(reads.profile(2, 1)).isEmpty();
    assertThat(reads.profilesOf(SITE, "E7")).containsExactly(one, two);
    assertThat(reads.profilesOf(SITE, "")).isEmpty();
    assertThat(reads.profilesDue(SITE, 199, 10)).isEmpty();
    assertThat(reads.profilesDue(SITE, 300, 10)).containsExactly(three, two);
    assertThat(reads.profilesDue(SITE, 300, 1)).containsExactly(three);
    assertThat(reads.permissions(SITE, 1)).containsExactly(permission);
    assertThat(reads.permissions(SITE, 2)).isEmpty();
    passwordsReadBack(reads);
    assertThat(reads.relationsBelow(SITE, 1)).containsExactly(relation);
    assertThat(reads.relationsAbove(SITE, 2)).containsExactly(relation);
    assertThat(reads.relationsAbove(SITE, 1)).isEmpty();

    commit(new CommitUnit().putProfile(three.withDueMs(0)).putPermission(permission.withEnabled(false, 9))
        .putRelation(relation.withEnabled(false, 9)).putProfile(one.withApproved(true)));
    assertThat(reads.profilesDue(SITE, 300, 10)).containsExactly(two);
    assertThat(reads.permissions(SITE, 1)).containsExactly(permission.withEnabled(false, 9));
    assertThat(reads.relationsBelow(SITE, 1)).containsExactly(relation.withEnabled(false, 9));
    assertThat(reads.relationsAbove(SITE, 2)).containsExactly(relation.withEnabled(false, 9));
    assertThat(reads.profilesOf(SITE, "E7")).containsExactly(one.withApproved(true), two);
  }

  @Test
  void applicationsAreAccountsThatWaitAndWereNotAnswered() {
    for (long each = 1; each <= 5; each++) {
      AccountStatus status = each == 4 ? AccountStatus.CANCELLED : AccountStatus.PENDING;
      commit(new CommitUnit().putAccount(account(each).withStatus(status))
          .putProfile(profile(each, "", 300).withApproved(each == 3)));
    }
    AccountReads reads = store.profiles();
    assertThat(reads.applications(SITE, 0, 10)).extracting(AccountProfileRow::account)
        .containsExactly(1L, 2L, 5L);
    assertThat(reads.applications(SITE, 1, 1)).extracting(AccountProfileRow::account).containsExactly(2L);
    assertThat(reads.applications(2, 0, 10)).isEmpty();
  }

  private static AccountRow account(long number) {
    return new AccountRow(SITE, number, "ACCT%010d".formatted(number), "wang", AccountStatus.NORMAL, false,
        true, true, true, 0, 0, 0, false, false, "CNY", number, PriceTerms.STANDARD);
  }

  @Test
  void theAccountsLogIsNumberedAndReadFromItsEnd() {
    var first = new AccountEventRow(SITE, 0, 1, 5, "OPENED", AccountStatus.PENDING, AccountStatus.PENDING,
        "");
    var second = new AccountEventRow(SITE, 0, 1, 6, "REJECTED", AccountStatus.PENDING,
        AccountStatus.CANCELLED,
        "no", "wang");
    commit(new CommitUnit().logAccount(first).logAccount(new AccountEventRow(SITE, 0, 2, 5, "OPENED",
        AccountStatus.NORMAL, AccountStatus.NORMAL, "")).logAccount(second));

    assertThat(store.profiles().accountEvents(SITE, 1, 9)).containsExactly(numbered(first, 1),
        numbered(second, 3));
    assertThat(store.profiles().accountEvents(SITE, 1, 1)).containsExactly(numbered(second, 3));
  }

  private static AccountEventRow numbered(AccountEventRow row, long entry) {
    return new AccountEventRow(row.site(), entry, row.account(), row.atMs(), row.event(), row.before(),
        row.after(), row.detail(), row.operator());
  }

  @Test
  void totalsCountWhatMovedMoney() {
    commit(new CommitUnit().insertTransaction(transaction(T1, null, 1)).insertTransaction(
        transaction(T2, null, 3)).insertTransaction(transaction(new TransactionId(1, 3), T1, 2))
        .insertTransaction(transaction(new TransactionId(1, 4), null, 0)));

    assertThat(store.profiles().accountTotals(SITE, 3)).containsExactly(
        new AccountTotalRow(TransactionKind.SALE_CARD, 2, 1_000, 9),
        new AccountTotalRow(TransactionKind.VOID, 1, 500, 9));
    assertThat(store.profiles().accountTotals(SITE, 4)).isEmpty();
  }

  @Test
  void onlyActiveCardsWhoseTimeIsOverAreExpired() {
    var over = new CardRow(SITE, 1, token(1), 3, CardStatus.ACTIVE, false, 50);
    var sooner = new CardRow(SITE, 2, token(2), 3, CardStatus.ACTIVE, false, 40);
    commit(new CommitUnit().putCard(over).putCard(sooner)
        .putCard(new CardRow(SITE, 3, token(3), 3, CardStatus.ACTIVE, false, 51))
        .putCard(new CardRow(SITE, 4, token(4), 3, CardStatus.ACTIVE, false, 0))
        .putCard(new CardRow(SITE, 5, token(5), 3, CardStatus.LOST, false, 1)));

    assertThat(store.profiles().cardsExpired(SITE, 50, 10)).containsExactly(sooner, over);
    assertThat(store.profiles().cardsExpired(SITE, 50, 1)).containsExactly(sooner);
    commit(new CommitUnit().putCard(sooner.withStatus(CardStatus.EXPIRED)));
    assertThat(store.profiles().cardsExpired(SITE, 50, 10)).containsExactly(over);
  }

  @Test
  void logsAreNumberedBySiteAndReadFromTheirEnd() {
    var sync = new SyncRow(SITE, 0, 1, "OK", 5, 6, 2, 4, 3, 900, 0);
    var failed = new SyncRow(SITE, 0, 2, "FAILED", 7, 7, 5, 6, 2, 0, 3);
    var deed = new AdminRow(SITE, 0, 9, "li", "recharge", "account=1");
    commit(new CommitUnit().logSync(sync).logSync(failed).logDeed(deed));
    commit(new CommitUnit().logSync(sync)
        .logSync(new SyncRow(2, 0, 1, "OK", 5, 6, 2, 4, 3, 900, 0)).logDeed(deed));

    assertThat(store.syncs(SITE, 0, 2)).containsExactly(
        new SyncRow(SITE, 2, 2, "FAILED", 7, 7, 5, 6, 2, 0, 3),
        new SyncRow(SITE, 3, 1, "OK", 5, 6, 2, 4, 3, 900, 0));
    assertThat(store.syncs(SITE, 1, 10)).extracting(SyncRow::entry).containsExactly(1L, 3L);
    assertThat(store.syncs(2, 0, 10)).extracting(SyncRow::entry).containsExactly(1L);
    assertThat(store.deeds(SITE, 1)).containsExactly(new AdminRow(SITE, 2, 9, "li", "recharge", "account=1"));
  }

  @Test
  void anAuditTrailIsReadAsItWasWrittenAndGrowsOnlyAtItsEnd() {
    AuditChain.Link first = AuditChain.empty(SITE).append(audit("a\tb"));
    AuditChain.Link second = first.end().append(audit(""));
    AuditChain.Link third = second.end().append(audit("c"));
    var root = new AuditRoot.Signed(new AuditRoot(LocalDate.EPOCH.plusDays(3), second.end()), new byte[64]);
    assertThat(store.auditChain(SITE)).isEqualTo(AuditChain.empty(SITE));
    commit(new CommitUnit().appendAudit(first).appendAudit(second).insertAuditRoot(root));

    assertConflict(new CommitUnit().putSetting(new SettingRow(0, "a", "b")).appendAudit(second));
    assertConflict(new CommitUnit().appendAudit(new AuditChain(SITE, 3, Hash.ZERO).append(audit("gap"))));
    assertConflict(new CommitUnit().appendAudit(third).appendAudit(third));
    assertConflict(new CommitUnit().insertAuditRoot(root));
    commit(new CommitUnit().appendAudit(AuditChain.empty(2).append(audit("other site"))));

    assertThat(store.setting(0, "a")).isEmpty();
    assertThat(store.auditChain(SITE)).isEqualTo(second.end());
    assertThat(store.auditLinks(SITE, 0, 10)).containsExactly(first, second);
    assertThat(store.auditLinks(SITE, 0, 1)).containsExactly(first);
    assertThat(store.auditLinks(SITE, 1, 10)).containsExactly(second);
    assertThat(store.auditLinks(SITE, AuditSearch.ALL, 0, 1)).containsExactly(first);
    var search = new AuditSearch("li", "CARD_LOST", "card 1", 9, 10);
    assertThat(store.auditLinks(SITE, search, 1, 10)).containsExactly(second);
    for (var other : List.of(new AuditSearch("l", "", "", 0, 99), new AuditSearch("", "CARD", "", 0, 99),
        new AuditSearch("", "", "card", 0, 99), new AuditSearch("", "", "", 10, 99),
        new AuditSearch("", "", "", 0, 9))) {
      assertThat(store.auditLinks(SITE, other, 0, 9)).as("%s", other).isEmpty();
    }
    assertThat(store.auditRoots(SITE, 2, 10)).extracting(AuditRoot.Signed::root).containsExactly(root.root());
    assertThat(store.auditRoots(SITE, 2, 10).getFirst().signature()).isEqualTo(root.signature());
    assertThat(store.auditRoots(SITE, 3, 10)).isEmpty();
  }

  private static OperatorRow operator(long number, String name) {
    return new OperatorRow(new Operator(SITE, number, name, Role.FINANCE, true), "$argon2id$", new byte[] {7},
        new RecoveryCodes(List.of(A, B)), new SignIn.Guard(3, Instant.ofEpochMilli(77), 41), number == 1,
        5_000 + number);
  }

  private static Approval approval(Approval.State state, long requester) {
    return new Approval(SITE, GuardedAction.REFUND, A, requester, Instant.ofEpochMilli(500), state);
  }

  @Test
  void anOperatorIsKeptWithWhatSigningInNeeds() {
    commit(new CommitUnit().putOperator(operator(1, "li.wei")).putOperator(operator(2, "wang.fang")));
    commit(new CommitUnit().putOperator(operator(1, "li.wei").with(SignIn.Guard.FRESH)));
    assertConflict(new CommitUnit().putOperator(operator(3, "li.wei")));

    assertThat(store.operators(SITE)).usingRecursiveComparison()
        .isEqualTo(List.of(operator(1, "li.wei").with(SignIn.Guard.FRESH), operator(2, "wang.fang")));
    assertThat(store.operator(SITE, "wang.fang")).map(row -> row.operator().number()).contains(2L);
    assertThat(store.operator(SITE, "nobody")).isEmpty();
    assertThat(store.operators(2)).isEmpty();
  }

  @Test
  void aSessionEndsOnceAndIsNeverPutToLifeAgain() {
    var first = new Session.State.Active(SITE, A, 7, Role.CASHIER, Instant.ofEpochMilli(10),
        Instant.ofEpochMilli(10));
    var used = new Session.State.Active(SITE, A, 7, Role.CASHIER, Instant.ofEpochMilli(10),
        Instant.ofEpochMilli(20));
    var second = new Session.State.Active(SITE, B, 7, Role.CASHIER, Instant.ofEpochMilli(15),
        Instant.ofEpochMilli(15));
    var ended = new Session.State.Ended(SITE, A, 7, Session.End.LOGGED_OUT, Instant.ofEpochMilli(30));
    assertConflict(new CommitUnit().putSession(ended));
    commit(new CommitUnit().putSession(first).putSession(second));
    commit(new CommitUnit().putSession(used));
    assertThat(store.openSessions(SITE, 7)).containsExactly(used, second);

    commit(new CommitUnit().putSession(ended));
    assertConflict(new CommitUnit().putSession(used));
    assertConflict(new CommitUnit().putSession(ended));

    assertThat(store.session(SITE, A)).contains(ended);
    assertThat(store.session(2, A)).isEmpty();
    assertThat(store.openSessions(SITE, 7)).containsExactly(second);
  }

  @Test
  void anAnswerIsKeptOnceForItsCallersKeyUntilItIsTooOld() {
    var answer = new AnswerRow(SITE, "operator/1", "k", A, 201, "{}", 50);
    var later = new AnswerRow(SITE, "operator/1", "l", A, 201, "{}", 60);
    commit(new CommitUnit().insertAnswer(answer).insertAnswer(later)
        .insertAnswer(new AnswerRow(SITE, "operator/2", "k", B, 200, "[]", 50)));
    assertConflict(new CommitUnit().putSetting(new SettingRow(0, "a", "b"))
        .insertAnswer(new AnswerRow(SITE, "operator/1", "k", B, 200, "[]", 70)));

    assertThat(store.answer(SITE, "operator/1", "k")).contains(answer);
    assertThat(store.answer(2, "operator/1", "k")).isEmpty();
    commit(new CommitUnit().forgetAnswers(new AnswersBefore(SITE, 60)));
    assertThat(store.answer(SITE, "operator/1", "k")).isEmpty();
    assertThat(store.answer(SITE, "operator/1", "l")).contains(later);
  }

  @Test
  void anApprovalIsUsedOnceAndStaysWhatWasAskedFor() {
    var approved = new ApprovalRow(1, approval(new Approval.State.Approved(8, Instant.ofEpochMilli(60)), 7),
        "{}");
    var used = new ApprovalRow(1, approval(new Approval.State.Used(8, Instant.ofEpochMilli(61)), 7), "{}");
    var waiting = new ApprovalRow(2, approval(new Approval.State.Waiting(), 7), "{}");
    var rejected = new ApprovalRow(3, approval(new Approval.State.Rejected(8, Instant.ofEpochMilli(62)), 7),
        "{}");
    var withdrawn = new ApprovalRow(4, approval(new Approval.State.Withdrawn(Instant.ofEpochMilli(63)), 7),
        "{}");
    commit(new CommitUnit().putApproval(new ApprovalRow(1, approval(new Approval.State.Waiting(), 7), "{}"))
        .putApproval(waiting).putApproval(rejected).putApproval(withdrawn));
    commit(new CommitUnit().putApproval(approved));
    assertThat(store.openApprovals(SITE)).containsExactly(approved, waiting);
    assertConflict(
        new CommitUnit().putApproval(new ApprovalRow(2, approval(new Approval.State.Waiting(), 9), "{}")));

    commit(new CommitUnit().putApproval(used));
    assertConflict(new CommitUnit().putApproval(used));
    assertConflict(new CommitUnit().putApproval(approved));

    assertThat(store.approval(SITE, 1)).contains(used);
    assertThat(store.approval(SITE, 3)).contains(rejected);
    assertThat(store.approval(SITE, 4)).contains(withdrawn);
    assertThat(store.approval(SITE, 5)).isEmpty();
    assertThat(store.openApprovals(SITE)).containsExactly(waiting);
    assertThat(store.lastApproval(SITE)).isEqualTo(4);
    assertThat(store.lastApproval(2)).isZero();
    assertThat(store.approvals(SITE, true, 0, 9)).containsExactly(waiting);
    assertThat(store.approvals(SITE, true, 2, 9)).isEmpty();
    assertThat(store.approvals(SITE, false, 1, 2)).containsExactly(waiting, rejected);
  }

  @Test
  @Requirement({"ACC-04"})
  void whoAgreedFirstIsKeptWhereTwoMust() {
    Approval asked = approval(new Approval.State.Waiting(), 7);
    var one = new ApprovalRow(1, approval(new Approval.State.Approved(8, Instant.ofEpochMilli(60)), 7), "{}");
    var two = new ApprovalRow(1, new Approval(SITE, asked.action(), asked.content(), 7, asked.expires(),
        new Approval.State.Used(9, Instant.ofEpochMilli(61)), 8), "{}");
    commit(new CommitUnit().putApproval(new ApprovalRow(1, asked, "{}")));
    commit(new CommitUnit().putApproval(one));
    commit(new CommitUnit().putApproval(two));

    assertThat(store.approval(SITE, 1)).contains(two);
    assertThat(store.approval(SITE, 1).orElseThrow().approval().first()).isEqualTo(8);
  }

  private static MachineRow machine(long number, String name, Hash token) {
    return new MachineRow(SITE, number, name, List.of(Permission.RECHARGE, Permission.ACCOUNT_VIEW), token,
        new byte[] {1, 2}, 5, 6, 0);
  }

  @Test
  void machinesAreKnownByTheirTokenAndNoncesAreUsedOnce() {
    commit(new CommitUnit().putMachine(machine(1, "erp", A)).putMachine(machine(2, "till", B)));
    assertConflict(new CommitUnit().putMachine(machine(3, "erp", Hash.ZERO)));
    assertConflict(new CommitUnit().putMachine(machine(3, "third", A)));
    commit(new CommitUnit().putMachine(machine(1, "erp", A).revoked(9)));
    OfficeReads reads = store.office();
    assertThat(reads.machines(SITE)).usingRecursiveComparison()
        .isEqualTo(List.of(machine(1, "erp", A).revoked(9), machine(2, "till", B)));
    assertThat(reads.machine(SITE, B)).map(MachineRow::number).contains(2L);
    assertThat(reads.machine(2, B)).isEmpty();

    commit(new CommitUnit().insertNonce(new NonceRow(SITE, 1, "n", 50))
        .insertNonce(new NonceRow(SITE, 1, "m", 60)));
    assertConflict(new CommitUnit().insertNonce(new NonceRow(SITE, 1, "n", 70)));
    commit(new CommitUnit().insertNonce(new NonceRow(SITE, 2, "n", 70)));
    assertThat(reads.hasNonceBefore(SITE, 50)).isFalse();
    assertThat(reads.hasNonceBefore(SITE, 51)).isTrue();
    commit(new CommitUnit().forgetNonces(new NonceRow.Before(SITE, 60)));
    assertThat(reads.hasNonce(SITE, 1, "n")).isFalse();
    assertThat(reads.hasNonce(SITE, 1, "m")).isTrue();
    assertThat(reads.hasNonce(SITE, 2, "n")).isTrue();
  }

  @Test
  void aRefundApplicationIsDecidedOnce() {
    var asked = new RefundApplicationRow(SITE, 1, T1, T2, 7, 500, "cold", "li", 10,
        RefundApplicationRow.State.REVIEW, "SALE_OLD", "", "", 0);
    var done = asked.decided(RefundApplicationRow.State.DONE, "wang", "seen", 20);
    var notice = new NoticeRow(SITE, 1, 7, "REFUND_REJECTED", "refund application 1", "no", 20);
    OfficeReads reads = store.office();
    assertThat(reads.lastApplication(SITE) + reads.lastNotice(SITE)).isZero();
    commit(new CommitUnit().putRefundApplication(asked).insertNotice(notice));
    assertThat(reads.applications(SITE, RefundApplicationRow.State.REVIEW, 0, 9)).containsExactly(asked);
    commit(new CommitUnit().putRefundApplication(done));
    assertConflict(new CommitUnit()
        .putRefundApplication(asked.decided(RefundApplicationRow.State.REJECTED, "zhou", "no", 21)));
    assertConflict(new CommitUnit().insertNotice(notice));

    assertThat(reads.application(SITE, 1)).contains(done);
    assertThat(reads.application(SITE, T1)).contains(done);
    assertThat(reads.application(SITE, T2)).isEmpty();
    assertThat(reads.applications(SITE, RefundApplicationRow.State.REVIEW, 0, 9)).isEmpty();
    assertThat(reads.applications(SITE, RefundApplicationRow.State.DONE, 1, 9)).isEmpty();
    assertThat(reads.lastApplication(SITE)).isEqualTo(1);
    assertThat(reads.notices(SITE, 7, 0, 9)).containsExactly(notice);
    assertThat(reads.notices(SITE, 7, 1, 9)).isEmpty();
    assertThat(reads.notices(SITE, 8, 0, 9)).isEmpty();
    assertThat(reads.lastNotice(SITE)).isEqualTo(1);
  }

  @Test
  void contactsAreFoundByTheKeyOfTheirNumber() {
    var one = new ContactRow(SITE, 1, new byte[] {1}, new byte[] {9});
    var two = new ContactRow(SITE, 2, new byte[] {2}, new byte[] {9});
    commit(new CommitUnit().putContact(one).putContact(new ContactRow(SITE, 2, new byte[0], new byte[0])));
    commit(new CommitUnit().putContact(two));
    OfficeReads reads = store.office();
    assertThat(reads.contact(SITE, 2)).usingRecursiveComparison().isEqualTo(java.util.Optional.of(two));
    assertThat(reads.contact(2, 2)).isEmpty();
    assertThat(reads.contactsByPhone(SITE, new byte[] {9})).usingRecursiveComparison()
        .isEqualTo(List.of(one, two));
    assertThat(reads.contactsByPhone(SITE, new byte[] {8})).isEmpty();
    assertThat(reads.contacts(SITE, 1, 9)).usingRecursiveComparison().isEqualTo(List.of(two));
    assertThat(reads.contacts(SITE, 0, 1)).usingRecursiveComparison().isEqualTo(List.of(one));
  }

  @Test
  void anAccountOfAnotherSystemComesOnce() {
    var row = new ImportedAccountRow(SITE, "oldpos", "R-1", 7, A, 9);
    commit(new CommitUnit().insertImportedAccount(row)
        .insertImportedAccount(new ImportedAccountRow(SITE, "oldpos", "R-2", 8, B, 9)));

    assertThat(store.profiles().importedAccount(SITE, "oldpos", "R-1")).contains(row);
    assertThat(store.profiles().importedAccount(SITE, "other", "R-1")).isEmpty();
    assertThat(store.profiles().importedAccount(2, "oldpos", "R-1")).isEmpty();
    assertThat(store.commit(new CommitUnit().insertImportedAccount(
        new ImportedAccountRow(SITE, "oldpos", "R-1", 9, B, 10))))
        .isInstanceOf(CommitOutcome.KeyConflict.class);
    assertThat(
        store.commit(new CommitUnit().insertImportedAccount(new ImportedAccountRow(SITE, "x", "R", 1, A, 1))
            .insertImportedAccount(new ImportedAccountRow(SITE, "x", "R", 2, A, 1))))
        .isInstanceOf(CommitOutcome.KeyConflict.class);
    assertThat(store.profiles().importedAccount(SITE, "oldpos", "R-1")).contains(row);
  }

  private static AuditEntry audit(String reason) {
    return new AuditEntry(Instant.ofEpochMilli(9), "li", "CARD_LOST", "card 1", "", "LOST", reason);
  }

  @Test
  void aHeadMovesOnlyFromWhereItStands() {
    commit(new CommitUnit().moveHead(HeadUpdate.first(head(2, A))));

    assertThat(store.commit(new CommitUnit().insertTransfer(transfer(1, T1, 0))
        .moveHead(HeadUpdate.replacing(head(2, B), head(3, B)))))
        .isEqualTo(new CommitOutcome.HeadMoved(SITE, 1));
    assertThat(store.commit(new CommitUnit().moveHead(HeadUpdate.first(head(3, A)))))
        .isEqualTo(new CommitOutcome.HeadMoved(SITE, 1));

    assertThat(store.head(SITE, 1)).contains(head(2, A));
    assertThat(store.transfers(SITE, 0, 10)).isEmpty();
    commit(new CommitUnit().moveHead(HeadUpdate.replacing(head(2, A), head(3, B))));
    assertThat(store.head(SITE, 1)).contains(head(3, B));
  }

  @Test
  void aKeyThatIsNotNewUndoesTheWholeUnit() {
    commit(new CommitUnit().insertTransaction(transaction(T1, null, 1)));

    CommitOutcome outcome = store.commit(new CommitUnit().putSetting(new SettingRow(0, "a", "b"))
        .insertTransfer(transfer(1, T2, 0)).insertTransaction(transaction(T1, null, 2)));

    assertThat(outcome).isInstanceOf(CommitOutcome.KeyConflict.class);
    assertThat(store.transfers(SITE, 0, 10)).isEmpty();
    assertThat(store.setting(0, "a")).isEmpty();
    // And nothing of the failed unit slips into the next one.
    commit(new CommitUnit().insertTransfer(transfer(5, T2, 0)));
    assertThat(store.transfers(SITE, 0, 10)).containsExactly(transfer(5, T2, 0));
  }

  @Test
  void eachKeyThatMustBeNewIsGuarded() {
    commit(new CommitUnit().insertTransfer(transfer(1, T1, 0)).insertTransfer(transfer(2, T1, 1))
        .insertTransaction(transaction(T2, T1, 0))
        .insertRecordKey(new RecordKeyRow(SITE, 1, 2, 5, B, 1, null))
        .insertBatch(new RecordBatchRow(SITE, 1, 1, 2, new byte[1], 9))
        .insertTillReference(new TillReferenceRow(SITE, 1, "ORDER-7", T2, 2, 5))
        .insertAuthorization(
            new AuthorizationRow(SITE, T1, 1, 3, 5, "CNY", AuthorizationOutcome.DECLINED, "X", 0, 0, 0,
                1))
        .putCard(new CardRow(SITE, 1, token(1), 1, CardStatus.ACTIVE, false, 0)));

    assertConflict(new CommitUnit().insertTransfer(transfer(1, T2, 0)));
    assertConflict(new CommitUnit().insertTransfer(transfer(3, T1, 1)));
    assertConflict(new CommitUnit().insertTransaction(transaction(new TransactionId(1, 3), T1, 0)));
    assertConflict(new CommitUnit().insertRecordKey(new RecordKeyRow(SITE, 1, 2, 6, A, 1, null)));
    assertConflict(new CommitUnit().insertBatch(new RecordBatchRow(SITE, 1, 1, 2, new byte[2], 9)));
    assertConflict(new CommitUnit().insertAuthorization(new AuthorizationRow(SITE, T1, 1, 3, 6, "CNY",
        AuthorizationOutcome.APPROVED, "", 0, 0, 0, 1)));
    assertConflict(new CommitUnit().insertTillReference(new TillReferenceRow(SITE, 1, "ORDER-7", T1, 3, 5)));
    assertConflict(new CommitUnit().putCard(new CardRow(SITE, 2, token(1), 1, CardStatus.ACTIVE, false, 0)));
    // The same numbers at another site are other rows.
    commit(new CommitUnit()
        .insertTransfer(new TransferRow(2, 1, T1, 1, 10, 11, "CNY", 5, TransferKind.POSTED, "SALE",
            0, 9, 0, 0)));
  }

  private void assertConflict(CommitUnit unit) {
    assertThat(store.commit(unit)).isInstanceOf(CommitOutcome.KeyConflict.class);
  }

  @Test
  void aLedgerAccountFollowsOnlyItsOwnVersion() {
    LedgerAccountRow first = LedgerAccountRow.empty(SITE, 10, LedgerKind.CASH, 3, "CNY");
    LedgerAccountRow one = new LedgerAccountRow(SITE, 10, LedgerKind.CASH, 3, "CNY", 0, 5, 0, 0, 1, 0, 0, 0);
    LedgerAccountRow two = new LedgerAccountRow(SITE, 10, LedgerKind.CASH, 3, "CNY", 0, 9, 0, 0, 2, 0, 0, 0);
    assertThat(first.version()).isZero();
    commit(new CommitUnit().putLedgerAccount(one));

    assertConflict(new CommitUnit().putLedgerAccount(one));
    commit(new CommitUnit().putLedgerAccount(two));
    assertConflict(new CommitUnit().putLedgerAccount(two));
    // One of several is enough.
    assertConflict(new CommitUnit().putLedgerAccount(cash(11, 4, 1)).putLedgerAccount(two)
        .putLedgerAccount(cash(12, 5, 1)));

    assertThat(store.ledgerAccount(SITE, 10)).contains(two);
    assertThat(store.ledgerAccount(SITE, 11)).isEmpty();
  }

  @Test
  void aUnitMayPutARowTwice() {
    commit(new CommitUnit().putLedgerAccount(cash(11, 4, 1)).putLedgerAccount(cash(11, 4, 2))
        .putAccountChange(new AccountChangeRow(SITE, 3, 1))
        .putAccountChange(new AccountChangeRow(SITE, 3, 2)));

    assertThat(store.ledgerAccount(SITE, 11)).contains(cash(11, 4, 2));
    assertThat(store.accountsChangedAfter(SITE, 0, 10)).containsExactly(new AccountChangeRow(SITE, 3, 2));
  }

  private static LedgerAccountRow cash(long ledger, long owner, long version) {
    return new LedgerAccountRow(SITE, ledger, LedgerKind.CASH, owner, "CNY", 0, 5, 0, 0, version, 0, 0, 0);
  }

  @Test
  void anExceptionIsRaisedOncePerKeyAndResolvedOnce() {
    commit(new CommitUnit().keepException(exception(1, "a")).keepException(exception(2, "a"))
        .keepException(exception(3, "b")));
    ExceptionRow resolved = exception(1, "a").resolved("looked at", "operator", 50);

    commit(new CommitUnit().resolveException(resolved));
    assertConflict(new CommitUnit().resolveException(resolved));

    assertThat(store.exceptions(SITE, false, 0, 10)).containsExactly(resolved, exception(3, "b"));
    assertThat(store.exceptions(SITE, true, 0, 10)).containsExactly(exception(3, "b"));
    assertThat(store.exception(SITE, 1)).contains(resolved);
  }

  @Test
  void anEnrolmentCodeIsUsedOnce() {
    var code = new EnrolmentCodeRow(SITE, A, "till", 0, 1, 2, 0, "admin");
    commit(new CommitUnit().insertEnrolmentCode(code));

    commit(new CommitUnit().useEnrolmentCode(code.used(7)));
    assertConflict(new CommitUnit().useEnrolmentCode(code.used(8)));

    assertThat(store.enrolmentCode(A)).contains(code.used(7));
  }

  @Test
  void batchesAreFoundByAnyOfTheirRecords() {
    commit(new CommitUnit().insertBatch(new RecordBatchRow(SITE, 1, 1, 3, new byte[] {1}, 9))
        .insertBatch(new RecordBatchRow(SITE, 1, 4, 4, new byte[] {2}, 9))
        .insertBatch(new RecordBatchRow(SITE, 1, 10, 12, new byte[] {3}, 9))
        .insertBatch(new RecordBatchRow(SITE, 2, 2, 2, new byte[] {4}, 9)));

    assertThat(store.batches(SITE, 1, 2, 2)).extracting(RecordBatchRow::firstSeq).containsExactly(1L, 4L);
    assertThat(store.batches(SITE, 1, 4, 10)).extracting(RecordBatchRow::firstSeq).containsExactly(4L, 10L);
    // 5..9 are a declared gap.
    assertThat(store.batches(SITE, 1, 6, 10)).extracting(RecordBatchRow::firstSeq).containsExactly(10L);
    assertThat(store.batches(SITE, 1, 13, 10)).isEmpty();
  }

  @Test
  void transfersOfATransactionAreItsHoldItsEndAndItsLegs() {
    TransferRow hold = new TransferRow(SITE, 1, T1, 1, 10, 11, "CNY", 500, TransferKind.HOLD, "AUTHORIZE", 0,
        9, 0, 0);
    TransferRow other = transfer(2, T2, 0);
    TransferRow capture = transfer(3, T1, 1);
    TransferRow rest = new TransferRow(SITE, 4, T1, 2, 10, 11, "CNY", 70, TransferKind.POSTED, "SALE", 0, 9,
        0, 0);
    commit(new CommitUnit().insertTransfer(hold).insertTransfer(other).insertTransfer(capture)
        .insertTransfer(rest)
        .insertTransaction(transaction(T1, null, 3)).insertTransaction(transaction(T2, null, 2))
        .putHold(new HoldRow(SITE, 1, T1, 1, 3, 10, 11, 500, "CNY", 99, HoldState.CAPTURED, 3, 9)));

    assertThat(store.transfersOf(SITE, T1)).containsExactly(hold, capture, rest);
    assertThat(store.transfersOf(SITE, T2)).containsExactly(other);
    assertThat(store.transfersOf(SITE, new TransactionId(9, 9))).isEmpty();
    assertThat(store.openHolds(SITE)).isEmpty();
  }

  @Test
  void transfersOfATransactionAreInTheirOrderAlsoWhereItsHoldEndsLast() {
    TransferRow hold = new TransferRow(SITE, 1, T1, 1, 10, 11, "CNY", 500, TransferKind.HOLD, "AUTHORIZE", 0,
        9, 0, 0);
    TransferRow subsidy = transfer(3, T1, 0);
    TransferRow capture = transfer(4, T1, 1);
    commit(new CommitUnit().insertTransfer(hold).insertTransfer(transfer(2, T2, 0)).insertTransfer(subsidy)
        .insertTransfer(capture).insertTransaction(transaction(T1, null, 3))
        .putHold(new HoldRow(SITE, 1, T1, 1, 3, 10, 11, 500, "CNY", 99, HoldState.CAPTURED, 4, 9)));

    assertThat(store.transfersOf(SITE, T1)).containsExactly(hold, subsidy, capture);
  }

  @Test
  void manyIdsAreAskedForAtOnce() {
    var unit = new CommitUnit();
    LongStream.rangeClosed(1, 200)
        .forEach(i -> unit.insertTransaction(transaction(new TransactionId(7, i), null, 0)));
    commit(unit);
    List<TransactionId> ids = LongStream.rangeClosed(101, 300).mapToObj(i -> new TransactionId(7, i))
        .toList();

    assertThat(store.transactions(SITE, ids)).extracting(TransactionRow::transaction)
        .containsExactlyInAnyOrderElementsOf(ids.subList(0, 100));
    assertThat(store.transactions(SITE, List.of())).isEmpty();
  }

  @Test
  void aVoidIsFoundByWhatItTakesBack() {
    commit(new CommitUnit().insertTransaction(transaction(T1, null, 0))
        .insertTransaction(transaction(T2, T1, 0)));

    assertThat(store.reversalOf(SITE, T1)).contains(transaction(T2, T1, 0));
    assertThat(store.reversalOf(SITE, T2)).isEmpty();
  }

  @Test
  void refundsAreFoundByWhatTheyPayBackAndAreNoVoid() {
    TransactionRow first = refund(T2, T1);
    TransactionRow second = refund(new TransactionId(3, 3), T1);
    commit(new CommitUnit().insertTransaction(transaction(T1, null, 0)).insertTransaction(first));
    commit(new CommitUnit().insertTransaction(second));

    assertThat(store.refundsOf(SITE, T1)).containsExactlyInAnyOrder(first, second);
    assertThat(store.refundsOf(SITE, T2)).isEmpty();
    assertThat(store.reversalOf(SITE, T1)).isEmpty();
  }

  @Test
  void whatChangedAHoldersBalanceComesInItsOrder() {
    TransactionRow later = changing(new TransactionId(4, 1), 7, 30, 200);
    TransactionRow earlier = changing(new TransactionId(4, 2), 7, 20, 100);
    TransactionRow moved = changing(new TransactionId(4, 3), 8, 25, 150);
    TransactionRow nothing = changing(new TransactionId(4, 4), 7, 0, 300);
    commit(new CommitUnit().insertTransaction(later).insertTransaction(earlier).insertTransaction(moved)
        .insertTransaction(nothing));

    assertThat(store.transactionsOfAccount(SITE, 7, 0, 10)).containsExactly(earlier, later);
    assertThat(store.transactionsOfAccount(SITE, 7, 0, 1)).containsExactly(earlier);
    assertThat(store.transactionsOfAccount(SITE, 7, 20, 10)).containsExactly(later);
    assertThat(store.transactionsOfAccount(SITE + 1, 7, 0, 10)).isEmpty();
    assertThat(store.lastOfAccount(SITE, 7, 99)).isEmpty();
    assertThat(store.lastOfAccount(SITE, 7, 100)).contains(earlier);
    assertThat(store.lastOfAccount(SITE, 7, 1_000)).contains(later);
  }

  @Test
  @Requirement({"PAY-26"})
  void transactionsAreFoundByWhatIsKnownOfThemTheNewestFirst() {
    TransactionRow old = found(new TransactionId(4, 9), TransactionKind.SALE_CARD, 1, 7, 500, 100);
    TransactionRow cash = found(new TransactionId(4, 2), TransactionKind.SALE_CASH, 2, 0, 300, 200);
    TransactionRow same = found(new TransactionId(-4, 1), TransactionKind.SALE_CARD, 2, 7, 200, 200);
    TransactionRow refund = found(new TransactionId(4, 4), TransactionKind.REFUND, 0, 7, -500, 300);
    TransactionRow sent = found(new TransactionId(4, 5), TransactionKind.TRANSFER, 0, 8, 50, 400);
    commit(new CommitUnit().insertTransaction(old).insertTransaction(cash).insertTransaction(same)
        .insertTransaction(refund).insertTransaction(sent)
        .insertNote(new TransactionNoteRow(SITE, sent.transaction(), 7, 400, 400, "PERSONAL", "li", "")));
    TransactionSearch all = TransactionSearch.ALL;

    assertThat(search(all)).containsExactly(sent, refund, same, cash, old);
    assertThat(search(all.between(200, 300))).containsExactly(same, cash);
    assertThat(search(all.ofAccount(7))).containsExactly(sent, refund, same, old);
    assertThat(search(all.ofAccount(7).between(100, 201))).containsExactly(same, old);
    assertThat(search(all.ofTerminal(2))).containsExactly(same, cash);
    assertThat(search(all.ofKind(TransactionKind.SALE_CARD))).containsExactly(same, old);
    assertThat(search(all.ofAmount(300, 500))).containsExactly(refund, cash, old);
    assertThat(search(all.ofAccount(7).ofKind(TransactionKind.SALE_CARD).ofTerminal(1).ofAmount(500, 500)))
        .containsExactly(old);
    assertThat(store.transactions(SITE + 1, all, TransactionSearch.Place.FIRST, 9)).isEmpty();
  }

  @Test
  @Requirement({"PAY-13"})
  void transactionsAreFoundByMerchantPlaceAndGoods() {
    TransactionRow here = found(new TransactionId(4, 1), TransactionKind.SALE_CARD, 1, 7, 500, 100);
    TransactionRow there = found(new TransactionId(4, 2), TransactionKind.SALE_CARD, 2, 7, 300, 200);
    TransactionRow back = found(new TransactionId(4, 3), TransactionKind.REFUND, 0, 7, -500, 300);
    commit(new CommitUnit().putLedgerAccount(ledger(1, LedgerKind.CASH, 7))
        .putLedgerAccount(ledger(2, LedgerKind.MERCHANT_PAYABLE, 1))
        .putLedgerAccount(ledger(3, LedgerKind.MERCHANT_PAYABLE, 2)).insertTransfer(moved(110, here, 1, 2))
        .insertTransfer(moved(210, there, 1, 3)).insertTransfer(moved(310, back, 2, 1))
        .insertTransaction(here).insertTransaction(there).insertTransaction(back)
        .insertSaleLine(new SaleLineRow(SITE, here.transaction(), 1, "P-1", "rice", 3, "food", 2, 150))
        .insertSaleLine(new SaleLineRow(SITE, here.transaction(), 2, "P-2", "tea", 0, "", 1, 200))
        .putPlace(new TerminalPlaceRow(SITE, 2, 4, 77, "gate", "shop")));
    TransactionSearch all = TransactionSearch.ALL;

    assertThat(search(all.at(new TransactionSearch.Where(1, 0, 0, "")))).containsExactly(back, here);
    assertThat(search(all.at(new TransactionSearch.Where(2, 0, 0, "")))).containsExactly(there);
    assertThat(search(all.at(new TransactionSearch.Where(7, 0, 0, "")))).isEmpty();
    assertThat(search(all.at(new TransactionSearch.Where(0, 77, 0, "")))).containsExactly(there);
    assertThat(search(all.at(new TransactionSearch.Where(0, 0, 3, "")))).containsExactly(here);
    assertThat(search(all.at(new TransactionSearch.Where(0, 0, 0, "P-2")))).containsExactly(here);
    assertThat(search(all.at(new TransactionSearch.Where(0, 0, 0, "P-3")))).isEmpty();
    assertThat(search(all.ofAccount(7).at(new TransactionSearch.Where(2, 77, 0, "")))).containsExactly(there);
  }

  private static LedgerAccountRow ledger(long number, LedgerKind kind, long owner) {
    return new LedgerAccountRow(SITE, number, kind, owner, "CNY", 0, 0, 0, 0, 1, 0, 0, 0);
  }

  private static TransferRow moved(long number, TransactionRow of, long debit, long credit) {
    return new TransferRow(SITE, number, of.transaction(), 1, debit, credit, "CNY", Math.abs(of.amount()),
        TransferKind.POSTED, "SALE", 0, of.atMs(), 0, 0);
  }

  @Test
  void pagesOfASearchJoinWithoutAHoleOrARepeat() {
    var unit = new CommitUnit();
    for (int i = 1; i <= 7; i++) {
      unit.insertTransaction(
          found(new TransactionId(i % 2 == 0 ? i : -i, i), TransactionKind.SALE_CARD, 1, 7, 5,
              i / 3));
    }
    commit(unit);
    for (TransactionSearch search : List.of(TransactionSearch.ALL, TransactionSearch.ALL.ofAccount(7))) {
      List<TransactionRow> all = search(search);
      var read = new ArrayList<TransactionRow>();
      TransactionSearch.Place place = TransactionSearch.Place.FIRST;
      for (List<TransactionRow> page = store.transactions(SITE, search, place, 2); !page
          .isEmpty(); page = store
              .transactions(SITE, search, place, 2)) {
        assertThat(page).hasSizeLessThanOrEqualTo(2);
        read.addAll(page);
        place = TransactionSearch.Place.after(page.getLast());
      }

      assertThat(all).hasSize(7);
      assertThat(read).isEqualTo(all);
    }
  }

  private List<TransactionRow> search(TransactionSearch search) {
    return store.transactions(SITE, search, TransactionSearch.Place.FIRST, 9);
  }

  private static TransactionRow found(TransactionId id, TransactionKind kind, int terminal, long account,
      long amount, long atMs) {
    return new TransactionRow(SITE, id, kind, terminal, 1, account, amount, "CNY", false, 1, null,
        account == 0 ? 0 : 10 + atMs, atMs, atMs);
  }

  private static TransactionRow changing(TransactionId id, long account, long firstTransfer, long atMs) {
    return new TransactionRow(SITE, id, TransactionKind.RECHARGE, 0, 0, account, 50, "CNY", false, 1, null,
        firstTransfer, atMs, atMs);
  }

  private static TransactionRow refund(TransactionId id, TransactionId sale) {
    return new TransactionRow(SITE, id, TransactionKind.REFUND, 0, 0, 3, -50, "CNY", false, 1, sale, 0, 9, 9);
  }

  @Test
  void transactionsOfATerminalComeInTheOrderOfTheirRecords() {
    commit(new CommitUnit().insertTransaction(transaction(T1, null, 0))
        .insertRecordKey(new RecordKeyRow(SITE, 1, 1, 1, A, 1, null))
        .insertRecordKey(new RecordKeyRow(SITE, 1, 2, 5, A, 1, T1))
        // A second record of the same transaction settled nothing.
        .insertRecordKey(new RecordKeyRow(SITE, 1, 3, 5, A, 1, T1)));

    assertThat(store.transactionsOf(SITE, 1, 0, 10)).containsExactly(transaction(T1, null, 0));
    assertThat(store.transactionsOf(SITE, 1, 2, 10)).isEmpty();
  }

  @Test
  void bothBranchesOfAForkAreKeptOnce() {
    var accepted = new ForkRow(SITE, 1, 2, A, false, new byte[] {1}, 9);
    var losing = new ForkRow(SITE, 1, 2, B, true, new byte[] {2}, 9);
    commit(new CommitUnit().keepFork(losing).keepFork(accepted));
    commit(new CommitUnit().keepFork(losing));

    assertThat(store.forks(SITE, 1)).extracting(ForkRow::hash).containsExactly(A, B);
  }

  @Test
  void anIntentIsOpenUntilItsOutcomeAndAskedAboutOnce() {
    var first = new IntentRow(SITE, 1, 5, T1, 700, 50, 0, 0);
    var later = new IntentRow(SITE, 1, 9, T2, 300, 60, 0, 0);
    var other = new IntentRow(SITE, 2, 3, T2, 300, 40, 0, 0);
    commit(new CommitUnit().putIntent(other).putIntent(later).putIntent(first));

    assertThat(store.openIntents(SITE, 1)).containsExactly(first, later);
    assertThat(store.unaskedIntents(SITE, 50, 9)).containsExactly(first, other);
    assertThat(store.unaskedIntents(SITE, 60, 2)).containsExactly(first, later);
    assertThat(store.unaskedIntents(2, 60, 9)).isEmpty();
    commit(new CommitUnit().putIntent(first.asked(7)).putIntent(other.ended(4)));
    assertThat(store.openIntents(SITE, 1)).containsExactly(first.asked(7), later);
    assertThat(store.openIntents(SITE, 2)).isEmpty();
    assertThat(store.unaskedIntents(SITE, 60, 9)).containsExactly(later);
  }

  private static TransactionNoteRow note(TransactionId id, long other, long first) {
    return new TransactionNoteRow(SITE, id, other, first, 9, "PERSONAL", "li", "why");
  }

  private static FreezeRow freeze(long number, TransactionId id, long expiresMs) {
    return new FreezeRow(SITE, number, id, 3, 500, FreezeKind.SECURITY, "why", "proof", "li", 9, expiresMs,
        null);
  }

  private static MoneyRequestRow request(long number, TransactionId id, long amount) {
    return new MoneyRequestRow(SITE, number, MoneyRequestKind.WITHDRAWAL, id, 3, amount, "BANK", null, "why",
        "li", 50, MoneyRequestState.REQUESTED, "", 0, "", 0);
  }

  private void conflicts(CommitUnit unit) {
    assertThat(store.commit(unit)).isInstanceOf(CommitOutcome.KeyConflict.class);
  }

  @Test
  void aTransactionIsFoundUnderBothAccountsThatItTouches() {
    TransactionRow own = transaction(T1, null, 5);
    var shared = new TransactionRow(SITE, T2, TransactionKind.TRANSFER, 0, 0, 4, 500, "CNY", false, 1, null,
        7,
        8, 9);
    var last = transaction(new TransactionId(1, 3), null, 8);
    commit(new CommitUnit().insertTransaction(shared).insertNote(note(T2, 3, 7)).insertTransaction(own)
        .insertTransaction(last).insertNote(note(last.transaction(), 0, 8)));

    assertThat(store.money().note(SITE, T2)).contains(note(T2, 3, 7));
    assertThat(store.money().note(SITE, T1)).isEmpty();
    assertThat(store.transactionsOfAccount(SITE, 3, 0, 10)).containsExactly(own, shared, last);
    assertThat(store.transactionsOfAccount(SITE, 3, 5, 1)).containsExactly(shared);
    assertThat(store.transactionsOfAccount(SITE, 4, 0, 10)).containsExactly(shared);
    assertThat(store.transactionsOfAccount(SITE, 0, 0, 10)).isEmpty();
    assertThat(store.lastOfAccount(SITE, 4, 9)).contains(shared);
    assertThat(store.lastOfAccount(SITE, 3, 9)).contains(last);
    assertThat(store.lastOfAccount(SITE, 4, 8)).isEmpty();
    conflicts(new CommitUnit().insertNote(note(T2, 3, 7)));
  }

  @Test
  void aTransactionIsTakenBackOnceAndPaidBackOften() {
    var reversal = new TransactionRow(SITE, T2, TransactionKind.REVERSAL, 0, 0, 4, -500, "CNY", false, 1, T1,
        7,
        8, 9);
    var back = new TransactionRow(SITE, new TransactionId(1, 4), TransactionKind.TRANSFER, 0, 0, 4, 5, "CNY",
        false, 1, T1, 8, 8, 9);
    var again = new TransactionRow(SITE, new TransactionId(1, 5), TransactionKind.TRANSFER, 0, 0, 4, 5, "CNY",
        false, 1, T1, 9, 8, 9);
    commit(new CommitUnit().insertTransaction(reversal).insertTransaction(back).insertTransaction(again));

    assertThat(store.reversalOf(SITE, T1)).contains(reversal);
    assertThat(store.refundsOf(SITE, T1)).containsExactlyInAnyOrder(back, again);
    conflicts(new CommitUnit().insertTransaction(transaction(new TransactionId(1, 6), T1, 0)));
  }

  @Test
  void whatAnAccountSentIsSummedFromAMomentOn() {
    commit(new CommitUnit().insertTransaction(sent(T1, 4, 500, null, 10))
        .insertTransaction(sent(T2, 4, 70, null, 20))
        .insertTransaction(sent(new TransactionId(1, 3), 4, 9, T1, 20))
        .insertTransaction(sent(new TransactionId(1, 4), 5, 3, null, 20))
        .insertTransaction(transaction(new TransactionId(1, 5), null, 8)));

    assertThat(store.money().sentSince(SITE, 4, 10)).isEqualTo(570);
    assertThat(store.money().sentSince(SITE, 4, 11)).isEqualTo(70);
    assertThat(store.money().sentSince(SITE, 4, 21)).isZero();
    assertThat(store.money().sentSince(SITE, 3, 0)).isZero();
  }

  private static TransactionRow sent(TransactionId id, long account, long amount,
      @Nullable TransactionId reverses, long atMs) {
    return new TransactionRow(SITE, id, TransactionKind.TRANSFER, 0, 0, account, amount, "CNY", false, 1,
        reverses, 7, 8, atMs);
  }

  @Test
  void linesOfATransferToManyReadBackInTheirOrderAndAreNew() {
    var first = new TransferLineRow(SITE, T1, 1, T2, 3, 4, 500, "", 9);
    var second = new TransferLineRow(SITE, T1, 2, new TransactionId(1, 3), 3, 5, -7, "TRANSFER_AMOUNT", 9);
    commit(new CommitUnit().insertTransferLine(first).insertTransferLine(second));

    assertThat(store.money().transferLines(SITE, T1)).containsExactly(first, second);
    assertThat(store.money().transferLines(SITE, T2)).isEmpty();
    conflicts(new CommitUnit().insertTransferLine(first));
  }

  @Test
  void aFreezeEndsOnceAndIsDueOnlyWhileItLasts() {
    FreezeRow soon = freeze(1, T1, 70);
    FreezeRow never = freeze(2, T2, 0);
    commit(new CommitUnit().putFreeze(soon).putFreeze(never));

    MoneyReads money = store.money();
    assertThat(money.lastFreeze(SITE)).isEqualTo(2);
    assertThat(money.lastFreeze(9)).isZero();
    assertThat(money.freeze(SITE, T1)).contains(soon);
    assertThat(money.freezesOf(SITE, 3, 0, 10)).containsExactly(soon, never);
    assertThat(money.freezesOf(SITE, 3, 1, 10)).containsExactly(never);
    assertThat(money.freezesDue(SITE, 69, 10)).isEmpty();
    assertThat(money.freezesDue(SITE, 70, 10)).containsExactly(soon);
    FreezeRow ended = soon.ended(new FreezeRow.End(UnfreezeKind.CONDITIONAL, "seen", "wang", 80));
    commit(new CommitUnit().putFreeze(ended));
    assertThat(money.freeze(SITE, 1)).contains(ended);
    assertThat(money.freezesDue(SITE, 90, 10)).isEmpty();
    conflicts(new CommitUnit().putFreeze(soon.ended(new FreezeRow.End(UnfreezeKind.MANUAL, "x", "li", 90))));
    conflicts(new CommitUnit().putFreeze(never));
    conflicts(new CommitUnit().putFreeze(freeze(2, T1, 0)));
  }

  @Test
  void aRequestForMoneyIsCarriedOnOnlyWhileItIsOpen() {
    MoneyRequestRow row = request(1, T1, 500);
    MoneyRequestRow other = request(2, T2, 70);
    var reversal = new MoneyRequestRow(SITE, 3, MoneyRequestKind.REVERSAL, new TransactionId(1, 3), 3, -5, "",
        T1, "why", "li", 50, MoneyRequestState.REQUESTED, "", 0, "", 0);
    commit(new CommitUnit().putMoneyRequest(row).putMoneyRequest(other).putMoneyRequest(reversal));

    MoneyReads money = store.money();
    assertThat(money.lastRequest(SITE)).isEqualTo(3);
    assertThat(money.request(SITE, 3)).contains(reversal);
    assertThat(money.request(SITE, T1)).contains(row);
    assertThat(money.withdrawnSince(SITE, 3, 50)).isEqualTo(570);
    assertThat(money.withdrawnSince(SITE, 3, 51)).isZero();
    MoneyRequestRow approved = row.decided(MoneyRequestState.APPROVED, "wang", "", 60);
    MoneyRequestRow rejected = other.decided(MoneyRequestState.REJECTED, "wang", "no", 60);
    commit(new CommitUnit().putMoneyRequest(approved).putMoneyRequest(rejected));
    assertThat(money.withdrawnSince(SITE, 3, 50)).isEqualTo(500);
    assertThat(money.requests(SITE, MoneyRequestKind.WITHDRAWAL, MoneyRequestState.APPROVED, 0, 9))
        .containsExactly(approved);
    assertThat(money.requests(SITE, MoneyRequestKind.WITHDRAWAL, MoneyRequestState.REQUESTED, 0, 9))
        .isEmpty();
    conflicts(new CommitUnit().putMoneyRequest(approved));
    conflicts(
        new CommitUnit().putMoneyRequest(other.decided(MoneyRequestState.APPROVED, "wang", "", 61)));
    MoneyRequestRow done = approved.closed(MoneyRequestState.DONE, "slip", 70);
    commit(new CommitUnit().putMoneyRequest(done));
    assertThat(money.request(SITE, 1)).contains(done);
    conflicts(new CommitUnit().putMoneyRequest(approved.closed(MoneyRequestState.FAILED, "no", 71)));
  }

  private static GatewayOrderRow order(TransactionId id, long amount, GatewayOrder.Phase phase,
      List<GatewayOrder.RefundLine> refunds) {
    var request = new OrderRequest(id.toString(), amount, "Recharge", Instant.ofEpochMilli(9_000),
        new OrderRequest.Presentation.Page("https://here/done"));
    var order = new GatewayOrder(request, phase, new Asking(2, 1, Instant.ofEpochMilli(70)), refunds);
    return new GatewayOrderRow(SITE, GatewayName.ALIPAY, id, 3, 7, "li", 50, 60, 1, order);
  }

  @Test
  void anOrderAtAGatewayReadsBackInEveryPhase() {
    var payment = new Payment(T1.toString(), "42", 500, Instant.ofEpochMilli(65));
    var refund = new GatewayOrder.RefundLine(T2.toString(), 200, GatewayOrder.RefundPhase.OPEN, 1,
        new Asking(1, 0, Instant.ofEpochMilli(90)));
    List<GatewayOrder.Phase> phases = List.of(new GatewayOrder.Phase.Placing(3),
        new GatewayOrder.Phase.Waiting("weixin://x"), new GatewayOrder.Phase.Closed(),
        new GatewayOrder.Phase.Refused(new GatewayProblem(GatewayCode.GATEWAY_REFUSED, "NO")),
        new GatewayOrder.Phase.Paid(payment));
    GatewayOrderRow row = order(T1, 500, phases.getFirst(), List.of());
    commit(new CommitUnit().putGatewayOrder(row));
    for (GatewayOrder.Phase phase : phases) {
      row = row.next(new GatewayOrder(row.order().request(), phase, row.order().asking(),
          phase instanceof GatewayOrder.Phase.Paid ? List.of(refund) : List.of()), row.updatedMs() + 1);
      commit(new CommitUnit().putGatewayOrder(row));
      assertThat(store.recharges().order(SITE, T1)).contains(row);
    }
    assertThat(store.recharges().ordersSince(SITE, GatewayName.ALIPAY, 65, new TransactionId(0, 0), 9))
        .containsExactly(row);
    assertThat(store.recharges().ordersSince(SITE, GatewayName.ALIPAY, 66, new TransactionId(0, 0), 9))
        .isEmpty();
    assertThat(store.recharges().ordersSince(SITE, GatewayName.ALIPAY, 0, T1, 9)).isEmpty();
    assertThat(store.recharges().ordersSince(SITE, GatewayName.WECHAT, 0, new TransactionId(0, 0), 9))
        .isEmpty();
    assertThat(store.recharges().order(SITE, T2)).isEmpty();
  }

  @Test
  void anOrderAtAGatewayFollowsOnlyItsOwnVersion() {
    GatewayOrderRow row = order(T1, 500, new GatewayOrder.Phase.Placing(1), List.of());
    commit(new CommitUnit().putGatewayOrder(row));
    conflicts(new CommitUnit().putGatewayOrder(row));
    GatewayOrderRow next = row.next(row.order(), 61);
    commit(new CommitUnit().putGatewayOrder(next));
    conflicts(new CommitUnit().putGatewayOrder(next));
    conflicts(new CommitUnit().putGatewayOrder(next.next(row.order(), 62).next(row.order(), 63)));
    assertThat(store.recharges().order(SITE, T1)).contains(next);
  }

  @Test
  void anOrderIsDueWhileSomethingIsLeftToAsk() {
    var payment = new Payment(T1.toString(), "42", 500, Instant.ofEpochMilli(65));
    var refund = new GatewayOrder.RefundLine(T2.toString(), 200, GatewayOrder.RefundPhase.OPEN, 1,
        new Asking(1, 0, Instant.ofEpochMilli(40)));
    commit(new CommitUnit()
        .putGatewayOrder(order(T1, 500, new GatewayOrder.Phase.Paid(payment), List.of(refund)))
        .putGatewayOrder(order(T2, 300, new GatewayOrder.Phase.Placing(0), List.of()))
        .putGatewayOrder(order(new TransactionId(1, 3), 300, new GatewayOrder.Phase.Closed(), List.of())));
    RechargeReads recharges = store.recharges();
    assertThat(recharges.ordersDue(SITE, GatewayName.ALIPAY, 70, 9)).containsExactly(T1, T2);
    assertThat(recharges.ordersDue(SITE, GatewayName.ALIPAY, 70, 1)).containsExactly(T1);
    assertThat(recharges.ordersDue(SITE, GatewayName.ALIPAY, 69, 9)).containsExactly(T1);
    assertThat(recharges.ordersDue(SITE, GatewayName.ALIPAY, 39, 9)).isEmpty();
    assertThat(recharges.ordersDue(SITE, GatewayName.WECHAT, 70, 9)).isEmpty();
    assertThat(recharges.underWay(SITE, 3, 50)).isEqualTo(new RechargeReads.UnderWay(1, 300, 800));
    assertThat(recharges.underWay(SITE, 3, 51)).isEqualTo(new RechargeReads.UnderWay(0, 0, 0));
  }

  private static ArrivalRow arrival(long number, TransactionId id, RechargeMethod method, String reference) {
    return new ArrivalRow(SITE, number, id, 3, 400, 1, method, reference, "li", 50, 80, ArrivalState.PENDING,
        0, "", "");
  }

  @Test
  void anAnnouncedRechargeArrivesOnceAndItsReferenceCountsOnce() {
    ArrivalRow row = arrival(1, T1, RechargeMethod.BANK_TRANSFER, "B-1");
    commit(new CommitUnit().putArrival(row).putArrival(arrival(2, T2, RechargeMethod.ONE_CARD, "B-1")));
    RechargeReads recharges = store.recharges();
    assertThat(recharges.lastArrival(SITE)).isEqualTo(2);
    assertThat(recharges.arrival(SITE, 1)).contains(row);
    assertThat(recharges.arrival(SITE, T1)).contains(row);
    assertThat(recharges.arrival(SITE, RechargeMethod.BANK_TRANSFER, "B-1")).contains(row);
    assertThat(recharges.underWay(SITE, 3, 50)).isEqualTo(new RechargeReads.UnderWay(2, 800, 400));
    assertThat(recharges.arrivalsDue(SITE, 79, 9)).isEmpty();
    assertThat(recharges.arrivalsDue(SITE, 80, 1)).containsExactly(row);
    conflicts(new CommitUnit()
        .putArrival(arrival(3, new TransactionId(1, 3), RechargeMethod.BANK_TRANSFER, "B-1")));
    conflicts(new CommitUnit().putArrival(row));
    ArrivalRow gone = row.ended(ArrivalState.CANCELLED, "wang", "never came", 90);
    commit(new CommitUnit().putArrival(gone));
    conflicts(new CommitUnit().putArrival(row.ended(ArrivalState.DONE, "", "", 91)));
    assertThat(recharges.arrivals(SITE, ArrivalState.CANCELLED, 0, 9)).containsExactly(gone);
    assertThat(recharges.arrivals(SITE, ArrivalState.PENDING, 2, 9)).isEmpty();
    assertThat(recharges.arrival(SITE, RechargeMethod.BANK_TRANSFER, "B-1")).isEmpty();
    ArrivalRow again = arrival(3, new TransactionId(1, 3), RechargeMethod.BANK_TRANSFER, "B-1");
    commit(new CommitUnit().putArrival(again));
    assertThat(recharges.underWay(SITE, 3, 50)).isEqualTo(new RechargeReads.UnderWay(2, 800, 400));
  }

  @Test
  void aReaderSeesCommittedUnits() {
    try (SettlementStore.ReadView reader = store.openReader()) {
      commit(new CommitUnit().putSetting(new SettingRow(0, "a", "b")));

      assertThat(reader.setting(0, "a")).contains("b");
    }
  }
}

package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.AccountChangeRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.NoticeRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.TillReferenceRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferKind;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One site's books while one commit unit is being made: working copies in front of the memory, so that everything in
/// the unit sees what came before it, and each touched account is written once. {@link #close} puts the results into
/// the unit; until the unit is committed nothing has happened.
///
/// Invariant: every movement is one {@link TransferRow} between two accounts, so sums are conserved by construction.
public final class Books {

  private final SiteMemory memory;
  private final SettlementReads reads;
  private final CommitUnit unit;
  private final long nowMs;
  private final Map<Long, Sheet> sheets = new LinkedHashMap<>();
  private final Map<Long, AccountRow> accounts = new LinkedHashMap<>();
  private final Map<TransactionId, HoldRow> holds = new LinkedHashMap<>();
  private final Map<TransactionId, TransactionRow> transactions = new HashMap<>();
  private final Map<TransactionId, TransactionRow> reversals = new HashMap<>();
  private final Map<Till, TillReferenceRow> tillReferences = new HashMap<>();
  private final Map<TransactionId, List<TransferRow>> transfers = new HashMap<>();
  private final Map<Owner, Long> opened = new HashMap<>();
  private final Set<Long> changed = new LinkedHashSet<>();
  /// Number of the newest notice of this unit, 0 while there is none.
  private long told;

  private record Owner(LedgerKind kind, long owner) {}

  private record Till(int terminal, String reference) {}

  /// @param unit where the results go
  /// @param nowMs server time, Unix milliseconds
  public Books(SiteMemory memory, SettlementReads reads, CommitUnit unit, long nowMs) {
    this.memory = memory;
    this.reads = reads;
    this.unit = unit;
    this.nowMs = nowMs;
  }

  public int site() {
    return memory.row().site();
  }

  public String currency() {
    return memory.row().currency();
  }

  public long nowMs() {
    return nowMs;
  }

  public SiteMemory memory() {
    return memory;
  }

  public CommitUnit unit() {
    return unit;
  }

  // Accounts.

  public Optional<AccountRow> account(long account) {
    AccountRow working = accounts.get(account);
    return working != null ? Optional.of(working) : memory.account(account);
  }

  /// Writes an account and lets terminals know.
  public void put(AccountRow account) {
    accounts.put(account.account(), account);
    changed.add(account.account());
  }

  /// The holder's figures changed: terminals must learn it.
  public void touch(long account) {
    changed.add(account);
  }

  // Ledger accounts.

  /// Balance less open holds.
  public long available(long ledger) {
    return sheet(ledger).available();
  }

  public long balance(long ledger) {
    return sheet(ledger).balance();
  }

  public long floor(long ledger) {
    return sheet(ledger).floor();
  }

  /// Sets the least available balance that a purchase may leave.
  public void setFloor(long ledger, long floor) {
    sheet(ledger).setFloor(floor);
  }

  /// Another number after every unit that moved something.
  public long version(long ledger) {
    return sheet(ledger).before().version();
  }

  public LedgerKind kind(long ledger) {
    return sheet(ledger).before().kind();
  }

  public String asset(long ledger) {
    return sheet(ledger).before().asset();
  }

  /// Purchases less voids of the day, minor units.
  public long spentOn(long day, long ledger) {
    LedgerAccountRow now = sheet(ledger).after();
    return now.spentDay() == day ? now.spentToday() : 0;
  }

  /// The same of the month that the day belongs to.
  public long spentInMonthOf(long day, long ledger) {
    return sheet(ledger).after().spentInMonthOf(day);
  }

  public void countSpent(long day, long ledger, long amount) {
    sheet(ledger).spent(day, amount);
  }

  /// The ledger account of a kind and owner in the site's currency, opened when it does not exist yet.
  public long ledgerOf(LedgerKind kind, long owner) {
    // A unit may open very many, so those that it opened are not searched for among its sheets.
    Long here = opened.get(new Owner(kind, owner));
    return here != null ? here
        : memory.ledger(kind, owner).map(LedgerAccountRow::ledger).orElseGet(() -> open(kind, owner));
  }

  /// A ledger account of an owner that is new itself; asking for it would find nothing.
  public long open(LedgerKind kind, long owner) {
    long number = memory.numbers().nextLedger();
    sheets.put(number, new Sheet(LedgerAccountRow.empty(site(), number, kind, owner, currency())));
    opened.put(new Owner(kind, owner), number);
    return number;
  }

  /// A new ledger account for a subsidy, which is its own owner.
  public long openPurse() {
    long number = memory.numbers().nextLedger();
    sheets.put(number,
        new Sheet(LedgerAccountRow.empty(site(), number, LedgerKind.SUBSIDY, number, currency())));
    return number;
  }

  /// Money came back to a subsidy: if it is over, the clock must take it again.
  void revive(long ledger) {
    reads.purses().purse(site(), ledger).filter(purse -> purse.isOver(nowMs))
        .ifPresent(purse -> unit.putPurse(purse.withDue(nowMs, true)));
  }

  private Sheet sheet(long ledger) {
    Sheet sheet = sheets.get(ledger);
    if (sheet == null) {
      sheet = new Sheet(memory.ledger(ledger));
      sheets.put(ledger, sheet);
    }
    return sheet;
  }

  // Movements.

  /// Moves an amount.
  public TransferRow post(TransactionId transaction, int leg, long debit, long credit, long amount,
      String reason) {
    Sheet from = sheet(debit);
    Sheet to = sheet(credit);
    from.debit(amount);
    to.credit(amount);
    return write(transaction, leg, debit, credit, amount, TransferKind.POSTED, reason, 0);
  }

  /// Reserves an amount until a capture or release ends it.
  public HoldRow hold(TransactionId transaction, int terminal, long account, long debit, long credit,
      long amount,
      long expiresMs) {
    return reserve(transaction, terminal, account, debit, credit, amount, expiresMs, PostingReason.AUTHORIZE);
  }

  /// Reserves an amount of a holder for no purchase: no terminal and no expiry ends it, only {@link #capture} or
  /// {@link #release} by a transaction of the server's own.
  public HoldRow reserve(TransactionId transaction, long account, long debit, long credit, long amount,
      String reason) {
    return reserve(transaction, HoldRow.NO_TERMINAL, account, debit, credit, amount, Long.MAX_VALUE, reason);
  }

  /// Reserves a provisional charge: like a purchase's, and no time of its own ends it.
  public HoldRow predebit(TransactionId transaction, int terminal, long account, long debit, long credit,
      long amount) {
    return reserve(transaction, terminal, account, debit, credit, amount, Long.MAX_VALUE,
        PostingReason.PREDEBIT);
  }

  private HoldRow reserve(TransactionId transaction, int terminal, long account, long debit, long credit,
      long amount, long expiresMs, String reason) {
    sheet(debit).reserve(amount);
    sheet(credit);
    TransferRow transfer = write(transaction, 1, debit, credit, amount, TransferKind.HOLD, reason, 0);
    var hold = new HoldRow(site(), transfer.transfer(), transaction, terminal, account, debit, credit, amount,
        currency(), expiresMs, HoldState.OPEN, 0, 0);
    holds.put(transaction, hold);
    touch(account);
    return hold;
  }

  /// Ends a hold by moving its amount, or less.
  ///
  /// @throws IllegalArgumentException if the amount exceeds the hold
  public TransferRow capture(HoldRow hold, int leg, long amount, String reason) {
    return capture(hold.transaction(), hold, leg, amount, reason);
  }

  /// The same by another transaction than the one that reserved it.
  public TransferRow capture(TransactionId by, HoldRow hold, int leg, long amount, String reason) {
    if (amount > hold.amount()) {
      throw new IllegalArgumentException(
          "hold " + hold.hold() + " is of " + hold.amount() + ", not " + amount);
    }
    Sheet from = sheet(hold.ledger());
    from.free(hold.amount());
    from.debit(amount);
    sheet(hold.credit()).credit(amount);
    TransferRow transfer = write(by, leg, hold.ledger(), hold.credit(), amount, TransferKind.CAPTURE, reason,
        hold.hold());
    holds.put(hold.transaction(), hold.ended(HoldState.CAPTURED, transfer.transfer(), nowMs));
    touch(hold.account());
    return transfer;
  }

  /// Ends a hold and moves nothing.
  public void release(HoldRow hold, HoldState how, String reason) {
    release(hold.transaction(), hold, how, reason);
  }

  /// The same by another transaction than the one that reserved it.
  public TransferRow release(TransactionId by, HoldRow hold, HoldState how, String reason) {
    sheet(hold.ledger()).free(hold.amount());
    TransferRow transfer = write(by, 1, hold.ledger(), hold.credit(), hold.amount(), TransferKind.RELEASE,
        reason, hold.hold());
    holds.put(hold.transaction(), hold.ended(how, transfer.transfer(), nowMs));
    touch(hold.account());
    return transfer;
  }

  private TransferRow write(TransactionId transaction, int leg, long debit, long credit, long amount,
      TransferKind kind, String reason, long pending) {
    var row = new TransferRow(site(), memory.numbers().nextTransfer(), transaction, leg, debit, credit,
        asset(debit),
        amount, kind, reason, pending, nowMs, balance(debit), balance(credit));
    if (!asset(credit).equals(row.asset())) {
      throw new IllegalStateException("transfer between " + row.asset() + " and " + asset(credit));
    }
    unit.insertTransfer(row);
    transfers.computeIfAbsent(transaction, _ -> new ArrayList<>(1)).add(row);
    return row;
  }

  // Holds and transactions, as seen from inside the unit.

  /// What a terminal's purchase reserved. A terminal that names the transaction of a freeze or of a provisional charge
  /// finds nothing here, so that it can neither spend nor free what others reserved.
  public Optional<HoldRow> openHold(TransactionId transaction) {
    return anyOpenHold(transaction).filter(HoldRow::isOfTerminal);
  }

  /// What a provisional charge reserved, see {@link #predebit}.
  public Optional<HoldRow> openPredebit(TransactionId transaction) {
    return anyOpenHold(transaction).filter(HoldRow::isOfPredebit);
  }

  /// What an operator's doing reserved, see {@link #reserve}.
  public Optional<HoldRow> openReserve(TransactionId transaction) {
    return anyOpenHold(transaction).filter(hold -> !hold.isOfPurchase());
  }

  private Optional<HoldRow> anyOpenHold(TransactionId transaction) {
    HoldRow working = holds.get(transaction);
    if (working != null) {
      return Optional.of(working).filter(hold -> hold.state() == HoldState.OPEN);
    }
    return memory.openHold(transaction);
  }

  /// A transaction of this unit, or one made known to it by {@link #know}.
  public Optional<TransactionRow> transaction(TransactionId id) {
    return Optional.ofNullable(transactions.get(id));
  }

  /// Tells the books of a transaction that was committed earlier.
  public void know(TransactionRow committed) {
    transactions.put(committed.transaction(), committed);
  }

  public void insert(TransactionRow row) {
    unit.insertTransaction(row);
    transactions.put(row.transaction(), row);
    if (row.reverses() != null && row.kind().takesBack()) {
      reversals.put(row.reverses(), row);
    }
  }

  /// The sale booked under a till's own number, in this unit or earlier.
  public Optional<TillReferenceRow> tillReference(int terminal, String reference) {
    TillReferenceRow working = tillReferences.get(new Till(terminal, reference));
    return working != null ? Optional.of(working) : reads.tillReference(site(), terminal, reference);
  }

  /// Binds a till's own number to the sale that is booked now.
  public void insert(TillReferenceRow row) {
    unit.insertTillReference(row);
    tillReferences.put(new Till(row.terminal(), row.reference()), row);
  }

  public Optional<TransactionRow> reversalOf(TransactionId original) {
    TransactionRow working = reversals.get(original);
    return working != null ? Optional.of(working) : reads.reversalOf(site(), original);
  }

  /// Payments back of a sale or transfer that were committed before this unit.
  public List<TransactionRow> refundsOf(TransactionId original) {
    return reads.refundsOf(site(), original);
  }

  /// Transfers of a transaction, from this unit or from the store.
  public List<TransferRow> transfersOf(TransactionId transaction) {
    List<TransferRow> working = transfers.get(transaction);
    return working != null ? List.copyOf(working) : reads.transfersOf(site(), transaction);
  }

  // Exceptions.

  /// Raises an exception once for its key.
  ///
  /// @return its number, if the key is new
  public long raise(ExceptionKind kind, String key, int terminal, long seq,
      Optional<TransactionId> transaction,
      long account, long amount, String detail) {
    long number = memory.numbers().nextException();
    unit.keepException(
        new ExceptionRow(site(), number, kind, kind + ":" + key, terminal,
            seq, transaction.orElse(null), account, amount, detail, nowMs, "", "", 0));
    return number;
  }

  // Notices.

  /// Leaves word for a holder (NTF-01, NTF-03); durable with the unit.
  ///
  /// @param kind stable code
  /// @param about such as `transaction 0190…`
  /// @param words for people
  public void tell(long account, String kind, String about, String words) {
    told = told == 0 ? reads.office().lastNotice(site()) + 1 : told + 1;
    unit.insertNotice(new NoticeRow(site(), told, account, kind, about, words, nowMs));
  }

  /// Puts every working copy into the unit. The books are done then.
  public void close() {
    sheets.values().stream().filter(Sheet::isChanged).map(Sheet::after).forEach(unit::putLedgerAccount);
    accounts.values().forEach(unit::putAccount);
    holds.values().forEach(unit::putHold);
    for (long account : changed) {
      unit.putAccountChange(new AccountChangeRow(site(), account, memory.numbers().nextSnapshotVersion()));
    }
  }
}

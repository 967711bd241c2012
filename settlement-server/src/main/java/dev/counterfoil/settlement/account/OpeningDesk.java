package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.RelationType;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.List;
import java.util.Locale;

/// Opens holders' accounts (ACC-07 to ACC-11). Belongs to the core's thread.
final class OpeningDesk {

  private final StoreMemory memory;
  private final AccountChanges changes;

  OpeningDesk(StoreMemory memory, AccountChanges changes) {
    this.memory = memory;
    this.changes = changes;
  }

  AccountStanding open(int site, Opening opening, TransactionId transaction, long nowMs) {
    opening.check(nowMs);
    AccountRules rules = changes.rules();
    if (rules.requireApproval() && opening.openingMinor() > 0) {
      throw new RefusedException("PARAMETER_ERROR", "an application has no money before it is approved");
    }
    boolean first = checkedCount(site, opening) == 0;
    var unit = new AccountUnit(memory, site, nowMs);
    AccountRow row = row(unit.books(), opening, rules);
    var opened = changes.put(unit, new AccountStanding(row, profile(row, opening, first, rules, nowMs)));
    unit.unit().logAccount(opened.logged("OPENED", opened, nowMs));
    if (opening.main() != 0) {
      unit.unit().putRelation(beneath(changes.existing(site, opening.main()), row));
    }
    if (opening.openingMinor() > 0) {
      checkNew(site, transaction);
      fund(unit.books(), opened.row(), opening.openingMinor(), transaction);
    }
    unit.commit();
    return opened;
  }

  private void checkNew(int site, TransactionId transaction) {
    if (memory.reads().transaction(site, transaction).isPresent()) {
      throw new RefusedException("KEY_REUSED", "transaction " + transaction + " exists already");
    }
  }

  private long checkedCount(int site, Opening opening) {
    long present = memory.reads().profiles().profilesOf(site, opening.owner()).stream()
        .filter(
            profile -> changes.existing(site, profile.account()).status() != AccountStatus.CANCELLED)
        .count();
    if (present >= changes.rules().perOwner()) {
      throw new RefusedException("ACCOUNT_LIMIT",
          "owner " + opening.owner() + " has " + present + " accounts, and may have no more");
    }
    return present;
  }

  private static AccountRow row(Books books, Opening opening, AccountRules rules) {
    long number = books.memory().numbers().nextAccount();
    long ledger = books.ledgerOf(LedgerKind.CASH, number);
    books.setFloor(ledger, -opening.creditMinor());
    boolean active = !rules.requireApproval() && rules.autoActivate();
    return new AccountRow(books.site(), number, String.format(Locale.ROOT, "ACCT%010d", number),
        opening.holderName(), active ? AccountStatus.NORMAL : AccountStatus.PENDING, false, true, true,
        opening.enableOffline(), 0, 0, 0, false, false, books.currency(), ledger);
  }

  private static AccountProfileRow profile(AccountRow row, Opening opening, boolean first,
      AccountRules rules, long nowMs) {
    return new AccountProfileRow(row.site(), row.account(), opening.kind(), opening.ownerKind(),
        opening.owner(), opening.accountName(), first, !rules.requireApproval(), nowMs, nowMs,
        opening.expiresMs(), null, "", 0, 0, false);
  }

  private RelationRow beneath(AccountRow main, AccountRow sub) {
    List<RelationRow> present = memory.reads().profiles().relationsBelow(main.site(), main.account());
    int number = present.isEmpty() ? 1 : present.getLast().number() + 1;
    return new RelationRow(main.site(), main.account(), number, sub.account(), RelationType.MAIN_SUB, 1, "",
        true);
  }

  private static void fund(Books books, AccountRow row, long amount, TransactionId transaction) {
    TransferRow moved = books.post(transaction, 1, books.ledgerOf(LedgerKind.OPENING, 0), row.cashLedger(),
        amount, PostingReason.OPENING);
    books.insert(new TransactionRow(books.site(), transaction, TransactionKind.OPENING, 0, 0, row.account(),
        amount, books.currency(), false, TransactionRow.SYNCED, null, moved.transfer(), books.nowMs(),
        books.nowMs()));
  }
}

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
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The rules by which accounts are opened (ACC-07 to ACC-11), as part of a commit unit: any number of them see each other.
/// An instance belongs to one unit and its thread.
public final class AccountOpening {

  private final Books books;
  private final SettlementReads reads;
  private final AccountRules rules;
  private final Map<String, Integer> openedHere = new HashMap<>();
  private final Map<Long, Integer> lastRelation = new HashMap<>();

  public AccountOpening(Books books, SettlementReads reads, AccountRules rules) {
    this.books = books;
    this.reads = reads;
    this.rules = rules;
  }

  /// Adds an account to the unit.
  ///
  /// @param transaction names the opening balance, and is nowhere yet; unused when there is none
  /// @throws RefusedException PARAMETER_ERROR, ACCOUNT_LIMIT (ACC-11), ACCOUNT_UNKNOWN for the main account; the unit
  ///     is as before then
  public AccountStanding open(Opening opening, TransactionId transaction) {
    opening.check(books.nowMs());
    if (rules.requireApproval() && opening.openingMinor() > 0) {
      throw new RefusedException("PARAMETER_ERROR", "an application has no money before it is approved");
    }
    boolean first = checkedCount(opening.owner()) == 0;
    requireMain(opening);
    AccountRow row = row(opening);
    var standing = new AccountStanding(row, profile(row, opening, first));
    AccountStanding opened = write(standing);
    openedHere.merge(opening.owner(), 1, Integer::sum);
    if (opening.main() != 0) {
      books.unit().putRelation(beneath(opening.main(), row));
    }
    if (opening.openingMinor() > 0) {
      fund(row, opening.openingMinor(), transaction);
    }
    return opened;
  }

  /// A new account has no permissions that the clock must look at.
  private AccountStanding write(AccountStanding standing) {
    AccountProfileRow profile = standing.profile()
        .withDueMs(AccountTimer.next(standing, List.of(), rules, books.nowMs()));
    var opened = new AccountStanding(standing.row(), profile);
    books.put(opened.row());
    books.unit().putProfile(profile);
    books.unit().logAccount(opened.logged("OPENED", opened, books.nowMs()));
    return opened;
  }

  /// Nobody counts the accounts of an owner without a name.
  private long checkedCount(String owner) {
    if (owner.isEmpty()) {
      return 0;
    }
    long present = openedHere.getOrDefault(owner, 0)
        + reads.profiles().profilesOf(books.site(), owner).stream()
            .filter(profile -> existing(profile.account()).status() != AccountStatus.CANCELLED).count();
    if (present >= rules.perOwner()) {
      throw new RefusedException("ACCOUNT_LIMIT",
          "owner " + owner + " has " + present + " accounts, and may have no more");
    }
    return present;
  }

  private void requireMain(Opening opening) {
    if (opening.main() != 0) {
      existing(opening.main());
    }
  }

  private AccountRow existing(long account) {
    return books.account(account).orElseThrow(() -> new RefusedException("ACCOUNT_UNKNOWN",
        "no account " + account + " at site " + books.site()));
  }

  private AccountRow row(Opening opening) {
    long number = books.memory().numbers().nextAccount();
    long ledger = books.open(LedgerKind.CASH, number);
    books.setFloor(ledger, -opening.creditMinor());
    boolean active = !rules.requireApproval() && rules.autoActivate();
    return new AccountRow(books.site(), number, String.format(Locale.ROOT, "ACCT%010d", number),
        opening.holderName(), active ? AccountStatus.NORMAL : AccountStatus.PENDING, false, true, true,
        opening.enableOffline(), 0, 0, 0, false, false, books.currency(), ledger);
  }

  private AccountProfileRow profile(AccountRow row, Opening opening, boolean first) {
    long nowMs = books.nowMs();
    return new AccountProfileRow(row.site(), row.account(), opening.kind(), opening.ownerKind(),
        opening.owner(), opening.accountName(), first, !rules.requireApproval(), nowMs, nowMs,
        opening.expiresMs(), null, "", 0, 0, false);
  }

  private RelationRow beneath(long main, AccountRow sub) {
    int number = 1 + lastRelation.computeIfAbsent(main, this::lastBelow);
    lastRelation.put(main, number);
    return new RelationRow(sub.site(), main, number, sub.account(), RelationType.MAIN_SUB, 1, "", true);
  }

  private int lastBelow(long main) {
    List<RelationRow> present = reads.profiles().relationsBelow(books.site(), main);
    return present.isEmpty() ? 0 : present.getLast().number();
  }

  private void fund(AccountRow row, long amount, TransactionId transaction) {
    TransferRow moved = books.post(transaction, 1, books.ledgerOf(LedgerKind.OPENING, 0), row.cashLedger(),
        amount, PostingReason.OPENING);
    books.insert(new TransactionRow(books.site(), transaction, TransactionKind.OPENING, 0, 0, row.account(),
        amount, books.currency(), false, TransactionRow.SYNCED, null, moved.transfer(), books.nowMs(),
        books.nowMs()));
  }
}

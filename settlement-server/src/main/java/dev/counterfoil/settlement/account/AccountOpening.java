package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.PriceTerms;
import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.RelationType;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules by which accounts are opened (ACC-07 to ACC-11), as part of a commit unit: any number of them see each other.
/// An instance belongs to one unit and its thread.
public final class AccountOpening {

  private final Books books;
  private final SettlementReads reads;
  private final AccountRules rules;
  private final Map<String, Integer> openedHere = new HashMap<>();
  private final Set<String> numbersHere = new HashSet<>();
  private final Map<Long, Integer> lastRelation = new HashMap<>();

  public AccountOpening(Books books, SettlementReads reads, AccountRules rules) {
    this.books = books;
    this.reads = reads;
    this.rules = rules;
  }

  /// Adds an account to the unit.
  ///
  /// @param transaction names the opening balance, and is nowhere yet; unused when there is none
  /// @throws RefusedException PARAMETER_ERROR, ACCOUNT_LIMIT (ACC-11), ACCOUNT_UNKNOWN for the main account,
  ///     ACCOUNT_NUMBER_TAKEN; the unit is as before then
  public AccountStanding open(Opening asked, TransactionId transaction) {
    Opening opening = asked.with(rules);
    opening.check(books.nowMs());
    requireNumber(opening);
    if (rules.requireApproval() && opening.openingMinor() > 0) {
      throw new RefusedException("PARAMETER_ERROR", "an application has no money before it is approved");
    }
    boolean first = checkedCount(opening.owner()) == 0;
    requireMain(opening);
    AccountRow row = row(opening);
    var standing = new AccountStanding(row, profile(row, opening, first));
    AccountStanding opened = write(standing);
    openedHere.merge(opening.owner(), 1, Integer::sum);
    numbersHere.add(row.number());
    if (opening.kind() == AccountKind.PROJECT) {
      closeWaysOut(row);
    }
    if (opening.main() != 0) {
      books.unit().putRelation(beneath(opening.main(), row));
    }
    if (opening.openingMinor() > 0) {
      // What the site gives is booked under the account's own name: nobody brought a key for it.
      fund(row, opening.openingMinor(), asked.openingMinor() == Opening.SITES
          ? OwnId.of(new TransactionId(books.site(), row.account()), "INITIAL")
          : transaction);
    }
    return opened;
  }

  private void requireNumber(Opening opening) {
    if (rules.initial().numbered() != opening.number().isEmpty()) {
      throw new RefusedException("PARAMETER_ERROR", rules.initial().numbered()
          ? "numbers of accounts are made here (accounts.generate-number)"
          : "name the account's number (accounts.generate-number is false)");
    }
    if (!opening.number().isEmpty() && (numbersHere.contains(opening.number())
        || reads.profiles().accountOf(books.site(), opening.number()).isPresent())) {
      throw new RefusedException("ACCOUNT_NUMBER_TAKEN", "there is an account " + opening.number());
    }
  }

  /// A project pays for the project only (ACC-05): nothing goes out before somebody has granted where and how.
  private void closeWaysOut(AccountRow row) {
    int number = 0;
    for (PermissionType type : List.of(PermissionType.CONSUMPTION, PermissionType.TRANSFER,
        PermissionType.WITHDRAWAL)) {
      number++;
      books.unit()
          .putPermission(new PermissionRow(row.site(), row.account(), number, type, false, "", 0, 0, 0,
              0, 0, false, books.nowMs(), books.nowMs()));
    }
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
    boolean active = !rules.requireApproval() && rules.autoActivate() && rules.initial().normal();
    return new AccountRow(books.site(), number,
        opening.number().isEmpty() ? rules.initial().number(number) : opening.number(), opening.holderName(),
        active ? AccountStatus.NORMAL : AccountStatus.PENDING, false, true, true, opening.enableOffline(), 0,
        0,
        0, opening.kind() == AccountKind.PROJECT, false, books.currency(), ledger, PriceTerms.STANDARD);
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
    return new RelationRow(sub.site(), main, number, sub.account(), RelationType.MAIN_SUB, 1, "", true,
        books.nowMs(), books.nowMs());
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

package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.RechargePosting;
import dev.counterfoil.settlement.store.AccountEventRow;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PriceTerms;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.Optional;

/// Opens, changes and recharges holders' accounts. Every method commits before it returns, or throws
/// {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class AccountDesk {

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final AccountChanges changes;
  private final OpeningDesk openings;
  private final PermissionDesk permissions;
  private final PasswordDesk passwords;
  private final AccountClock clock;

  public AccountDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
    this.changes = new AccountChanges(memory, settings.accounts());
    this.openings = new OpeningDesk(memory, changes);
    this.permissions = new PermissionDesk(memory, changes);
    this.passwords = new PasswordDesk(memory, changes);
    this.clock = new AccountClock(memory, changes);
  }

  /// Permissions, limits and relations of accounts.
  public PermissionDesk permissions() {
    return permissions;
  }

  /// Passwords of their purchases.
  public PasswordDesk passwords() {
    return passwords;
  }

  /// What time does to accounts.
  public AccountClock clock() {
    return clock;
  }

  /// Opens a personal account, with money from the opening balances if asked (ACC-09, ACC-10).
  ///
  /// @param openingMinor 0 or more
  /// @param transaction names the opening; unused when `openingMinor` is 0
  public AccountRow open(int site, String holderName, boolean enableOffline, long openingMinor,
      TransactionId transaction, long nowMs) {
    return open(site, Opening.personal(holderName, enableOffline, openingMinor), transaction, nowMs).row();
  }

  /// Opens an account of any kind, or takes the application for one where approval is required (ACC-08). Not to be
  /// repeated blindly: each call opens another account.
  ///
  /// @param transaction names the opening balance; unused when there is none
  /// @throws RefusedException PARAMETER_ERROR, ACCOUNT_LIMIT (ACC-11), ACCOUNT_UNKNOWN for the main account
  public AccountStanding open(int site, Opening opening, TransactionId transaction, long nowMs) {
    return openings.open(site, opening, transaction, nowMs);
  }

  /// Lets something happen to an account's state, as SM-01 allows.
  ///
  /// @throws RefusedException ACCOUNT_UNKNOWN, ACCOUNT_TRANSITION, REASON_NEEDED; ACCOUNT_NOT_EMPTY or
  ///     ACCOUNT_HAS_HOLDS for one that cannot be closed yet
  public AccountStanding apply(int site, long account, AccountEvent event, long nowMs) {
    var unit = new AccountUnit(memory, site, nowMs);
    AccountStanding next = changes.step(unit, changes.standing(site, account), event);
    unit.commit();
    return next;
  }

  /// Restricts an account, or lifts the restriction that an overdraft brought.
  public AccountRow changeRestriction(int site, long account, boolean restricted, long nowMs) {
    return change(existing(site, account).withRestricted(restricted),
        restricted ? "RESTRICTED" : "RESTRICTION_LIFTED", "", nowMs);
  }

  /// Grants or withdraws consumption as a whole (PAY-08), and purchases with and without the server (ACC-18).
  public AccountRow changeChannels(int site, long account, boolean maySpend, boolean enableOnline,
      boolean enableOffline, long nowMs) {
    return change(existing(site, account).withMaySpend(maySpend).withChannels(enableOnline, enableOffline),
        "CHANNELS_CHANGED", "consume=" + maySpend + " online=" + enableOnline + " offline=" + enableOffline,
        nowMs);
  }

  /// Sets the account's own limits (LIM-14), which may only tighten the site's.
  ///
  /// @param perTap minor units, 0 for none of its own; the others likewise
  public AccountRow changeLimits(int site, long account, long perTap, long perDay, long perMonth,
      long nowMs) {
    if (perTap < 0 || perDay < 0 || perMonth < 0) {
      throw new RefusedException("PARAMETER_ERROR", "a limit is 0 for none, or more");
    }
    return change(existing(site, account).withLimits(perTap, perDay, perMonth), "LIMITS_CHANGED",
        "single=" + Money.decimal(perTap) + " daily=" + Money.decimal(perDay) + " monthly="
            + Money.decimal(perMonth),
        nowMs);
  }

  /// Sets by which terms terminals price what it buys. Those that are connected hear of it at once, the others when they
  /// are again.
  ///
  /// @throws RefusedException PARAMETER_ERROR for a class or discount that cannot be, CARD_CLASS_UNKNOWN for a class that
  ///     the house does not name
  public AccountRow changeTerms(int site, long account, PriceTerms terms, long nowMs) {
    if (!PriceTerms.exist(terms.cardClass(), terms.discountPermille())) {
      throw new RefusedException("PARAMETER_ERROR", "a card class is 1 to " + PriceTerms.MOST_CLASS
          + ", a discount 0 to " + PriceTerms.MOST_DISCOUNT + " permille");
    }
    if (!settings.accounts().classes().has(terms.cardClass())) {
      throw new RefusedException("CARD_CLASS_UNKNOWN", "accounts.card-classes names no class "
          + terms.cardClass() + ", but " + settings.accounts().classes().names());
    }
    return change(existing(site, account).withTerms(terms), "TERMS_CHANGED",
        "class=" + terms.cardClass() + " discount=" + terms.discountPermille(), nowMs);
  }

  /// Sets the credit limit (ACC-21): how far below 0 a purchase may bring the account.
  ///
  /// @param creditMinor 0 or more
  public AccountRow changeCredit(int site, long account, long creditMinor, long nowMs) {
    if (creditMinor < 0) {
      throw new RefusedException("PARAMETER_ERROR", "a credit limit is 0 or more");
    }
    AccountRow row = existing(site, account);
    var unit = new AccountUnit(memory, site, nowMs);
    unit.books().setFloor(row.cashLedger(), -creditMinor);
    unit.books().touch(account);
    unit.unit().logAccount(AccountEventRow.within(row, nowMs, "CREDIT_CHANGED", "credit="
        + Money.decimal(creditMinor)));
    unit.commit();
    return row;
  }

  /// Makes an account the first of its owner's (C-10).
  public AccountStanding makePrimary(int site, long account, long nowMs) {
    AccountStanding chosen = changes.standing(site, account);
    var unit = new AccountUnit(memory, site, nowMs);
    memory.reads().profiles().profilesOf(site, chosen.profile().owner())
        .forEach(row -> unit.unit().putProfile(row.withPrimary(row.account() == account)));
    unit.commit();
    return changes.standing(site, account);
  }

  /// Takes a closed account out of what is shown; its rows, ledger and number stay (ACC-26).
  ///
  /// @throws RefusedException ACCOUNT_TRANSITION if it is not closed
  public AccountStanding delete(int site, long account, long nowMs) {
    AccountStanding closed = changes.standing(site, account);
    if (closed.status() != AccountStatus.CANCELLED) {
      throw new RefusedException("ACCOUNT_TRANSITION", "account " + closed.row().number() + " is "
          + closed.status() + " and cannot be deleted");
    }
    var unit = new AccountUnit(memory, site, nowMs);
    AccountProfileRow profile = closed.profile().withDeleted(true);
    unit.unit().putProfile(profile);
    unit.unit().logAccount(AccountEventRow.within(closed.row(), nowMs, "DELETED", ""));
    unit.commit();
    return new AccountStanding(closed.row(), profile);
  }

  /// Takes coins and notes at the desk: cash drawer -> holder CASH. Activates an account that waits for its first
  /// recharge (SM-01).
  ///
  /// @param transaction the caller's idempotency key; a second call with the same one returns the first result
  /// @return the movement, with the balances before and after (PAY-14)
  /// @throws RefusedException RECHARGE_LIMIT, RECHARGE_DAY_LIMIT, RECHARGE_COUNT (RCH-09), ACCOUNT_UNKNOWN,
  ///     ACCOUNT_NOT_NORMAL, KEY_REUSED
  public TransferRow rechargeByCash(int site, long account, long amount, TransactionId transaction,
      long nowMs) {
    Optional<TransactionRow> before = memory.reads().transaction(site, transaction);
    if (before.isPresent()) {
      return repeated(before.get(), account, amount);
    }
    AccountRow row = existing(site, account);
    new RechargeGate(memory.reads(), settings).require(row, RechargeMethod.CASH, amount, nowMs);
    var unit = new AccountUnit(memory, site, nowMs);
    received(unit.books(), row);
    TransferRow moved = new RechargePosting(transaction, RechargeMethod.CASH, amount, 0, "", "")
        .post(unit.books(), row);
    unit.commit();
    return moved;
  }

  /// Money comes into an account, in a unit that somebody else commits: one that waits for its first recharge is in use
  /// then (RCH-10).
  public void received(Books books, AccountRow row) {
    if (row.status() == AccountStatus.PENDING) {
      changes.step(new AccountUnit(memory, books), changes.standing(row.site(), row.account()),
          new AccountEvent.Recharged());
    }
  }

  private TransferRow repeated(TransactionRow before, long account, long amount) {
    if (before.kind() != TransactionKind.RECHARGE || before.account() != account
        || before.amount() != amount) {
      throw new RefusedException("KEY_REUSED", "transaction " + before.transaction() + " was something else");
    }
    return memory.reads().transfersOf(before.site(), before.transaction()).getFirst();
  }

  /// @throws RefusedException ACCOUNT_UNKNOWN
  public AccountRow existing(int site, long account) {
    return changes.existing(site, account);
  }

  private AccountRow change(AccountRow next, String event, String detail, long nowMs) {
    var unit = new AccountUnit(memory, next.site(), nowMs);
    unit.books().put(next);
    unit.unit().logAccount(AccountEventRow.within(next, nowMs, event, detail));
    unit.commit();
    return next;
  }
}

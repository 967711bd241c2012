package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.ServerEntry;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransferRow;

/// Money of the holder's own that leaves the account later or comes back: what a withdrawal and a refund to the payer
/// have in common. Pure but for the books it is given; belongs to their thread.
public final class Reservation {

  private Reservation() {}

  /// @throws RefusedException ACCOUNT_NOT_NORMAL
  public static void requireNormal(AccountRow account) {
    if (account.status() != AccountStatus.NORMAL) {
      throw new RefusedException("ACCOUNT_NOT_NORMAL",
          "account " + account.number() + " is " + account.status());
    }
  }

  /// Whether the holder may take so much out. Subsidies are not his own.
  ///
  /// @param amount minor units, more than 0
  /// @throws RefusedException ACCOUNT_NOT_NORMAL, ACCOUNT_RESTRICTED, BALANCE_INSUFFICIENT
  public static void requireMoney(Books books, AccountRow account, long amount) {
    requireNormal(account);
    if (account.restricted()) {
      throw new RefusedException("ACCOUNT_RESTRICTED", "account " + account.number() + " was overdrawn");
    }
    long available = books.available(account.cashLedger());
    if (Math.subtractExact(available, amount) < books.floor(account.cashLedger())) {
      throw new RefusedException("BALANCE_INSUFFICIENT", "of account " + account.number() + " " + available
          + " minor units are available, not " + amount);
    }
  }

  /// Reserves it and lists that as a transaction.
  ///
  /// @param id names the reservation
  /// @param credit ledger account that it is to go to
  /// @param reason a [dev.counterfoil.settlement.ledger.PostingReason]
  /// @param why    as the operator said it
  public static HoldRow make(Books books, TransactionId id, AccountRow account, long credit, long amount,
      String reason, String operator, String why) {
    HoldRow hold = books.reserve(id, account.account(), account.cashLedger(), credit, amount, reason);
    TransferRow held = books.transfersOf(hold.transaction()).getFirst();
    ServerEntry.of(id, TransactionKind.FREEZE, account.account(), amount, operator, why).insert(books, held);
    return hold;
  }
}

package dev.counterfoil.settlement.transfer;

import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.AccountRow;
import java.util.Optional;

/// The gates of a transfer in their order (F-10, TRF-03). They look at the books of the unit that is being made, so the
/// lines of one order see each other.
final class TransferRules {

  private final Books books;
  private final long most;

  /// @param most largest single transfer, minor units
  TransferRules(Books books, long most) {
    this.books = books;
    this.most = most;
  }

  Optional<TransferRefusal> refusal(TransferLine line) {
    if (line.amount() <= 0) {
      return Optional.of(TransferRefusal.TRANSFER_AMOUNT);
    }
    if (line.payer() == line.payee()) {
      return Optional.of(TransferRefusal.TRANSFER_SELF);
    }
    if (line.amount() > most) {
      return Optional.of(TransferRefusal.TRANSFER_LIMIT);
    }
    Optional<AccountRow> payer = books.account(line.payer());
    Optional<AccountRow> payee = books.account(line.payee());
    if (payer.isEmpty() || payee.isEmpty()) {
      return Optional.of(payer.isEmpty() ? TransferRefusal.PAYER_UNKNOWN : TransferRefusal.PAYEE_UNKNOWN);
    }
    return refusal(payer.get(), payee.get(), line.amount());
  }

  private Optional<TransferRefusal> refusal(AccountRow payer, AccountRow payee, long amount) {
    if (payer.status() != AccountStatus.NORMAL) {
      return Optional.of(TransferRefusal.PAYER_NOT_NORMAL);
    }
    if (payee.status() != AccountStatus.NORMAL) {
      return Optional.of(TransferRefusal.PAYEE_NOT_NORMAL);
    }
    if (payer.restricted()) {
      return Optional.of(TransferRefusal.PAYER_RESTRICTED);
    }
    if (!payer.currency().equals(payee.currency())) {
      return Optional.of(TransferRefusal.TRANSFER_CURRENCY);
    }
    long left = Math.subtractExact(books.available(payer.cashLedger()), amount);
    return left < books.floor(payer.cashLedger()) ? Optional.of(TransferRefusal.BALANCE_INSUFFICIENT)
        : Optional.empty();
  }
}

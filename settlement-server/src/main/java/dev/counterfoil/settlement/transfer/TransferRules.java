package dev.counterfoil.settlement.transfer;

import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.Expenditure;
import dev.counterfoil.settlement.account.PermissionRefusal;
import dev.counterfoil.settlement.account.Permissions;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The gates of a transfer in their order (F-10, TRF-03, TRF-04). They look at the books of the unit that is being made, so the
/// lines of one order see each other.
final class TransferRules {

  private final Books books;
  private final SettlementReads reads;
  private final CoreSettings settings;
  private final boolean approved;
  /// By payer, what this unit has sent already and the store does not know yet.
  private final Map<Long, Long> sentHere = new HashMap<>();

  /// @param approved two people have agreed to it
  TransferRules(Books books, SettlementReads reads, CoreSettings settings, boolean approved) {
    this.approved = approved;
    this.books = books;
    this.reads = reads;
    this.settings = settings;
  }

  /// A line was let through.
  void sent(TransferLine line) {
    sentHere.merge(line.payer(), line.amount(), Math::addExact);
  }

  Optional<TransferRefusal> refusal(TransferLine line) {
    if (line.amount() <= 0) {
      return Optional.of(TransferRefusal.TRANSFER_AMOUNT);
    }
    if (line.payer() == line.payee()) {
      return Optional.of(TransferRefusal.TRANSFER_SELF);
    }
    if (line.amount() > settings.moves().transferMaxMinor()) {
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
    Optional<TransferRefusal> permission = permission(payer, amount);
    if (permission.isPresent()) {
      return permission;
    }
    long left = Math.subtractExact(books.available(payer.cashLedger()), amount);
    if (left < books.floor(payer.cashLedger())) {
      return Optional.of(TransferRefusal.BALANCE_INSUFFICIENT);
    }
    return !approved && Expenditure.takesTwo(reads.profiles(), settings.accounts(), payer, amount)
        ? Optional.of(TransferRefusal.TRANSFER_TWO_APPROVALS)
        : Optional.empty();
  }

  /// TRF-04: an account without any permission for transfers may make them; with some, one of them must hold.
  private Optional<TransferRefusal> permission(AccountRow payer, long amount) {
    if (!payer.guarded()) {
      return Optional.empty();
    }
    long now = books.nowMs();
    return new Permissions(books.memory().permissions(payer.account())).allows(PermissionType.TRANSFER,
        amount,
        sentSince(payer, settings.startOf(settings.dayAt(now))), sentSince(payer, settings.startOfMonth(now)),
        now).map(TransferRules::told);
  }

  private long sentSince(AccountRow payer, long sinceMs) {
    return Math.addExact(reads.money().sentSince(payer.site(), payer.account(), sinceMs),
        sentHere.getOrDefault(payer.account(), 0L));
  }

  private static TransferRefusal told(PermissionRefusal refusal) {
    return switch (refusal) {
      case PERMISSION_DISABLED, PERMISSION_NOT_YET, PERMISSION_EXPIRED, PERMISSION_ELSEWHERE ->
        TransferRefusal.TRANSFER_NOT_PERMITTED;
      case LIMIT_SINGLE, LIMIT_DAILY, LIMIT_MONTHLY -> TransferRefusal.TRANSFER_OVER_PERMISSION;
    };
  }
}

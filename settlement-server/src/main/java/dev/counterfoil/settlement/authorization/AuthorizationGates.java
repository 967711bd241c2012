package dev.counterfoil.settlement.authorization;

import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.account.PermissionRefusal;
import dev.counterfoil.settlement.account.Permissions;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalStatus;
import java.util.Optional;

/// The gates of an online purchase, in their order: request, identity (PAY-04), card, account status (PAY-05),
/// permission (PAY-08, ACC-18), limits (LIM-01 to LIM-03, LIM-14), the account's permissions (ACC-15), balance (PAY-06).
/// The strictest limit wins (LIM-21); the first gate that is closed names the reason.
final class AuthorizationGates {

  private final Books books;
  private final CoreSettings settings;

  AuthorizationGates(Books books, CoreSettings settings) {
    this.books = books;
    this.settings = settings;
  }

  Optional<DeclineReason> refusal(TerminalRow terminal, Optional<CardRow> card, Optional<AccountRow> account,
      Authorize question) {
    long amount = question.getAmountMinor();
    if (terminal.status() != TerminalStatus.ACTIVE) {
      return Optional.of(DeclineReason.MERCHANT_INVALID);
    }
    if (amount <= 0 || !question.getCurrency().equals(books.currency())
        || question.getOwnUnsettledMinor() < 0) {
      return Optional.of(DeclineReason.PARAMETER_ERROR);
    }
    if (isPaid(terminal, question.getExternalReference())) {
      return Optional.of(DeclineReason.PARAMETER_ERROR);
    }
    if (card.isEmpty() || account.isEmpty()) {
      return Optional.of(card.isEmpty() ? DeclineReason.IDENTITY_ERROR : DeclineReason.CARD_INVALID);
    }
    return cardRefusal(card.get()).or(() -> statusRefusal(account.get()))
        .or(() -> limitRefusal(account.get(), amount))
        .or(() -> permissionRefusal(account.get(), terminal.terminal(), amount))
        .or(() -> balanceRefusal(account.get(), amount, question.getOwnUnsettledMinor()));
  }

  /// The till's number has its sale already: this would be a second debit for one order (PAY-17).
  private boolean isPaid(TerminalRow terminal, String reference) {
    return !reference.isEmpty() && books.tillReference(terminal.terminal(), reference).isPresent();
  }

  private Optional<DeclineReason> cardRefusal(CardRow card) {
    if (card.isOver(books.nowMs())) {
      return Optional.of(DeclineReason.CARD_EXPIRED);
    }
    return switch (card.status()) {
      case ACTIVE -> Optional.empty();
      case LOST -> Optional.of(DeclineReason.CARD_LOST);
      case EXPIRED -> Optional.of(DeclineReason.CARD_EXPIRED);
      case RETIRED -> Optional.of(DeclineReason.CARD_INVALID);
    };
  }

  private static Optional<DeclineReason> statusRefusal(AccountRow account) {
    return account.status().refusal().or(() -> account.maySpend() && account.enableOnline()
        ? Optional.<DeclineReason>empty()
        : Optional.of(DeclineReason.PERMISSION_DENIED))
        .or(() -> account.restricted() ? Optional.of(DeclineReason.RISK_REFUSED) : Optional.empty());
  }

  private Optional<DeclineReason> limitRefusal(AccountRow account, long amount) {
    if (amount > tighter(account.perTapMinor(), settings.perTapMinor())) {
      return Optional.of(DeclineReason.LIMIT_PER_TRANSACTION);
    }
    long perDay = tighter(account.perDayMinor(), settings.perDayMinor());
    long perMonth = tighter(account.perMonthMinor(), settings.accounts().perMonthMinor());
    return sum(today(account), amount) > perDay || sum(thisMonth(account), amount) > perMonth
        ? Optional.of(DeclineReason.LIMIT_PER_PERIOD)
        : Optional.empty();
  }

  /// What the account's own permissions and its holder say (ACC-15, ACC-17).
  private Optional<DeclineReason> permissionRefusal(AccountRow account, int terminal, long amount) {
    if (!account.guarded()) {
      return Optional.empty();
    }
    var asked = new Permissions.Asked(PermissionType.CONSUMPTION, terminal, amount, today(account),
        thisMonth(account), books.nowMs());
    return new Permissions(books.memory().permissions(account.account())).refusal(asked)
        .map(AuthorizationGates::told);
  }

  private static DeclineReason told(PermissionRefusal refusal) {
    return switch (refusal) {
      case PERMISSION_DISABLED, PERMISSION_NOT_YET, PERMISSION_EXPIRED, PERMISSION_ELSEWHERE ->
        DeclineReason.PERMISSION_DENIED;
      case LIMIT_SINGLE -> DeclineReason.LIMIT_PER_TRANSACTION;
      case LIMIT_DAILY, LIMIT_MONTHLY -> DeclineReason.LIMIT_PER_PERIOD;
    };
  }

  private long today(AccountRow account) {
    return books.spentOn(settings.dayAt(books.nowMs()), account.cashLedger());
  }

  private long thisMonth(AccountRow account) {
    return books.spentInMonthOf(settings.dayAt(books.nowMs()), account.cashLedger());
  }

  private static long sum(long spent, long amount) {
    return Math.addExact(Math.max(0, spent), amount);
  }

  /// What the terminal has approved itself and not yet sent is spent already, though these books do not know it.
  private Optional<DeclineReason> balanceRefusal(AccountRow account, long amount, long ownUnsettled) {
    long ledger = account.cashLedger();
    long spendable = Math.subtractExact(books.available(ledger), ownUnsettled);
    return Math.subtractExact(spendable, amount) < books.floor(ledger)
        ? Optional.of(DeclineReason.INSUFFICIENT_BALANCE)
        : Optional.empty();
  }

  /// An account's own limit may only tighten the site's.
  private static long tighter(long own, long site) {
    return own > 0 ? Math.min(own, site) : site;
  }
}

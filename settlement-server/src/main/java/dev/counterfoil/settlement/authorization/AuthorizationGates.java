package dev.counterfoil.settlement.authorization;

import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.account.Expenditure;
import dev.counterfoil.settlement.account.PermissionRefusal;
import dev.counterfoil.settlement.account.Permissions;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.Purses;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.LimitReads;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalStatus;
import java.time.Duration;
import java.util.Optional;

/// The gates of an online purchase, in their order: request, identity (PAY-04), card, account status (PAY-05),
/// permission (PAY-08, ACC-18), hours (LIM-05), sums (LIM-01 to LIM-03, LIM-05, LIM-14), the account's permissions
/// (ACC-15), balance (PAY-06, LIM-06), counts (LIM-04).
/// The strictest limit wins (LIM-21); the first gate that is closed names the reason.
final class AuthorizationGates {

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private final Books books;
  private final SettlementReads reads;
  private final CoreSettings settings;
  private final MealTaps meals;

  /// Of a purchase that belongs to no meal.
  AuthorizationGates(Books books, SettlementReads reads, CoreSettings settings) {
    this(books, reads, settings, new MealTaps());
  }

  AuthorizationGates(Books books, SettlementReads reads, CoreSettings settings, MealTaps meals) {
    this.meals = meals;
    this.books = books;
    this.reads = reads;
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
    if (!question.getPaymentCode().isEmpty()) {
      return Optional.of(DeclineReason.METHOD_UNSUPPORTED);
    }
    if (card.isEmpty() || account.isEmpty()) {
      return Optional.of(card.isEmpty() ? DeclineReason.IDENTITY_ERROR : DeclineReason.CARD_INVALID);
    }
    return cardRefusal(card.get()).or(() -> statusRefusal(account.get()))
        .or(() -> hoursRefusal(terminal))
        .or(() -> limitRefusal(account.get(), amount, 0))
        .or(() -> permissionRefusal(account.get(), terminal.terminal(), amount, 0))
        .or(() -> expenditureRefusal(account.get(), amount))
        .or(() -> balanceRefusal(account.get(), amount, question.getOwnUnsettledMinor()))
        .or(() -> countRefusal(account.get()))
        .or(() -> mealRefusal(account.get(), question))
        .or(() -> orderRefusal(account.get(), question.getOrderId()));
  }

  /// As often as the terminal's rules let a card eat in this period, wherever it ate (LIM-04).
  private Optional<DeclineReason> mealRefusal(AccountRow account, Authorize question) {
    int most = question.getMealMostTaps();
    return question.getMealPeriod() > 0 && most > 0
        && meals.had(books, reads, settings, account, question.getMealPeriod()) >= most
            ? Optional.of(DeclineReason.LIMIT_MEAL_COUNT)
            : Optional.empty();
  }

  /// A meal that another terminal has handed out meanwhile, or that was cancelled. Two that ask at once both hear yes: then
  /// their records show it.
  private Optional<DeclineReason> orderRefusal(AccountRow account, long order) {
    if (order == 0) {
      return Optional.empty();
    }
    return reads.meals().order(books.site(), order).filter(row -> row.account() == account.account())
        .map(row -> switch (row.state()) {
          case OPEN -> Optional.<DeclineReason>empty();
          case COLLECTED -> Optional.of(DeclineReason.ORDER_COLLECTED);
          case CANCELLED -> Optional.of(DeclineReason.ORDER_NONE);
        }).orElse(Optional.of(DeclineReason.ORDER_NONE));
  }

  /// Whether a provisional charge may become a larger final amount: what counted when it was held counts again for the
  /// whole of it, but for hours and counts. The balance is asked last, so that it alone is told when only it is short.
  ///
  /// @param held the provisional amount, minor units
  /// @param amount the final one, above it
  Optional<DeclineReason> moreRefusal(TerminalRow terminal, AccountRow account, long held, long amount) {
    return statusRefusal(account).or(() -> limitRefusal(account, amount, held))
        .or(() -> permissionRefusal(account, terminal.terminal(), amount, held))
        .or(() -> expenditureRefusal(account, amount))
        .or(() -> settings.passwords().demand(amount) && !settings.passwords().demand(held)
            ? Optional.of(DeclineReason.PASSWORD_NEEDED)
            : Optional.empty())
        .or(() -> balanceRefusal(account, amount - held, 0));
  }

  /// What an account may still spend beside everything that is held, credit included; minor units.
  long spendable(AccountRow account) {
    long least = Math.addExact(books.floor(account.cashLedger()), settings.purchases().leastBalanceMinor());
    return Math.max(0, Math.subtractExact(new Purses(books, account).available(), least));
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

  /// @param held what of `amount` is reserved already, so that it is not counted twice
  private Optional<DeclineReason> limitRefusal(AccountRow account, long amount, long held) {
    if (amount > tighter(account.perTapMinor(), settings.perTapMinor())) {
      return Optional.of(DeclineReason.LIMIT_PER_TRANSACTION);
    }
    long perDay = tighter(account.perDayMinor(), settings.perDayMinor());
    long perMonth = tighter(account.perMonthMinor(), settings.accounts().perMonthMinor());
    long sumToday = sum(today(account), amount - held);
    return sumToday > perDay || sum(thisMonth(account), amount - held) > perMonth
        ? Optional.of(DeclineReason.LIMIT_PER_PERIOD)
        : settings.purchases().dayRefusal(settings.dayAt(books.nowMs()), sumToday);
  }

  private Optional<DeclineReason> hoursRefusal(TerminalRow terminal) {
    return settings.purchases().hoursRefusal(terminal.terminal(), settings.minuteAt(books.nowMs()));
  }

  /// The last gate, as it alone asks the store.
  private Optional<DeclineReason> countRefusal(AccountRow account) {
    if (!settings.purchases().countsPurchases()) {
      return Optional.empty();
    }
    long now = books.nowMs();
    LimitReads.Approvals counted = reads.limits().approvals(account.site(), account.account(),
        now - HOUR_MS + 1,
        settings.startOf(settings.dayAt(now)));
    return settings.purchases().countRefusal(counted.inHour(), counted.today());
  }

  /// What the account's own permissions and its holder say (ACC-15, ACC-17).
  private Optional<DeclineReason> permissionRefusal(AccountRow account, int terminal, long amount,
      long held) {
    if (!account.guarded()) {
      return Optional.empty();
    }
    var asked = new Permissions.Asked(PermissionType.CONSUMPTION, terminal, amount,
        today(account) - held, thisMonth(account) - held, books.nowMs());
    return new Permissions(books.memory().permissions(account.account())).refusal(asked)
        .map(AuthorizationGates::told);
  }

  /// Nobody can agree to a large one while a card is on the reader.
  private Optional<DeclineReason> expenditureRefusal(AccountRow account, long amount) {
    return Expenditure.takesTwo(reads.profiles(), settings.accounts(), account, amount)
        ? Optional.of(DeclineReason.LIMIT_PER_TRANSACTION)
        : Optional.empty();
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
    return sum(books.spentOn(settings.dayAt(books.nowMs()), account.cashLedger()), reserved(account));
  }

  private long thisMonth(AccountRow account) {
    return sum(books.spentInMonthOf(settings.dayAt(books.nowMs()), account.cashLedger()), reserved(account));
  }

  /// What was approved and is not yet sold counts too, or two purchases at a time could each reach the limit.
  private long reserved(AccountRow account) {
    return books.memory().reservedForPurchases(account.account());
  }

  private static long sum(long spent, long amount) {
    return Math.addExact(Math.max(0, spent), amount);
  }

  /// What the terminal has approved itself and not yet sent is spent already, though these books do not know it.
  private Optional<DeclineReason> balanceRefusal(AccountRow account, long amount, long ownUnsettled) {
    long ledger = account.cashLedger();
    long spendable = Math.subtractExact(new Purses(books, account).available(), ownUnsettled);
    long least = Math.addExact(books.floor(ledger), settings.purchases().leastBalanceMinor());
    return Math.subtractExact(spendable, amount) < least
        ? Optional.of(DeclineReason.INSUFFICIENT_BALANCE)
        : Optional.empty();
  }

  /// An account's own limit may only tighten the site's.
  private static long tighter(long own, long site) {
    return own > 0 ? Math.min(own, site) : site;
  }
}

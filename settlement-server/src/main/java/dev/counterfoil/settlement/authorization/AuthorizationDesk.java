package dev.counterfoil.settlement.authorization;

import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Cancelled;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.authorization.PurchaseAnswer.Decided;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.Purses;
import dev.counterfoil.settlement.ledger.SubsidyShare;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AuthorizationOutcome;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.List;
import java.util.Optional;

/// Answers Authorize and Cancel. The same transaction id gets the same answer for ever (PAY-17), because a terminal
/// asks again when an answer was lost; an approval reserves the amount until the sale's record, a cancellation or the
/// hold's time ends it. Belongs to the core's thread.
public final class AuthorizationDesk {

  /// Holds ended in one unit by the clock.
  private static final int EXPIRE_AT_ONCE = 500;
  private static final int CABINET = 2;
  private static final int LONGEST_REASON = 500;

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final MealTaps meals = new MealTaps();

  public AuthorizationDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// Decides one purchase, or says that its password has to be compared first.
  ///
  /// @param tried what comparing came to, if it was done
  /// @return always an answer; SYSTEM_BUSY when it could not be made durable, and then nothing is reserved
  public PurchaseAnswer authorize(TerminalId terminalId, TransactionId id, Authorize question,
      Optional<PasswordTry> tried, long nowMs) {
    Optional<TerminalMemory> terminal = memory.terminal(terminalId);
    if (terminal.isEmpty()) {
      return new Decided(declined(id, DeclineReason.MERCHANT_INVALID));
    }
    TerminalRow row = terminal.get().row();
    if (question.getTest()) {
      return new Decided(rehearsed(row, id, question, nowMs));
    }
    Optional<AuthorizationRow> before = answered(row.site(), id);
    return before.isPresent()
        ? new Decided(repeat(row, question, before.get()))
        : decide(row, id, question, tried, nowMs);
  }

  /// Decides as it would, and keeps nothing (MCH-02): no answer, no hold, no count. A password is never compared, or tries
  /// that nobody counts would find it.
  private Decision rehearsed(TerminalRow terminal, TransactionId id, Authorize question, long nowMs) {
    var books = new Books(memory.site(terminal.site()), memory.reads(), new CommitUnit(), nowMs);
    Optional<CardRow> card = token(question).flatMap(books.memory()::card);
    Optional<AccountRow> account = card.flatMap(known -> books.account(known.account()));
    Optional<DeclineReason> refusal = new AuthorizationGates(books, memory.reads(), settings, meals)
        .refusal(terminal, card, account, question)
        .or(() -> settings.passwords().demand(question.getAmountMinor())
            ? Optional.of(DeclineReason.PASSWORD_NEEDED)
            : Optional.empty());
    if (refusal.isPresent() || account.isEmpty()) {
      return declined(id, refusal.orElse(DeclineReason.IDENTITY_ERROR));
    }
    return Decision.newBuilder().setTransactionId(Wire.bytes(id)).setOutcome(Outcomes.OUTCOMES_APPROVED)
        .setAmountMinor(question.getAmountMinor()).setAccountId(account.get().account())
        .setBalanceMinor(new Purses(books, account.get()).available()).build();
  }

  private PurchaseAnswer decide(TerminalRow terminal, TransactionId id, Authorize question,
      Optional<PasswordTry> tried, long nowMs) {
    if (settled(terminal.site(), id).isPresent()) {
      return new Decided(declined(id, DeclineReason.PARAMETER_ERROR));
    }
    var unit = new CommitUnit();
    var books = new Books(memory.site(terminal.site()), memory.reads(), unit, nowMs);
    Optional<CardRow> card = token(question).flatMap(books.memory()::card);
    Optional<AccountRow> account = card.flatMap(known -> books.account(known.account()));
    var gates = new AuthorizationGates(books, memory.reads(), settings, meals);
    Optional<DeclineReason> refusal = gates.refusal(terminal, card, account, question);
    if (refusal.isPresent() || account.isEmpty()) {
      return answer(books,
          refuse(books, terminal, id, question, account, refusal.orElse(DeclineReason.IDENTITY_ERROR)));
    }
    return switch (new PasswordGate(books, memory.reads().profiles(), settings.passwords())
        .pass(account.get(), question, tried)) {
      case PasswordGate.Passage.Open _ ->
        answer(books, approve(books, terminal, id, question, account.get()));
      case PasswordGate.Passage.Closed(var reason) ->
        answer(books, refuse(books, terminal, id, question, account, reason));
      // Not kept, so that the same purchase can be asked for again with a password.
      case PasswordGate.Passage.Wanted _ -> new Decided(wanted(id));
      case PasswordGate.Passage.Compared(var stored) -> new PurchaseAnswer.Compare(stored);
    };
  }

  private Decided answer(Books books, AuthorizationRow answer) {
    books.unit().insertAuthorization(answer);
    books.close();
    return new Decided(memory.commit(books.unit()).isCommitted()
        ? decision(answer)
        : declined(answer.transaction(), DeclineReason.SYSTEM_BUSY));
  }

  private static Decision wanted(TransactionId id) {
    return Decision.newBuilder().setTransactionId(Wire.bytes(id)).setOutcome(Outcomes.OUTCOMES_ASK_PIN)
        .setReason(DeclineReason.PASSWORD_NEEDED.name()).build();
  }

  private AuthorizationRow approve(Books books, TerminalRow terminal, TransactionId id, Authorize question,
      AccountRow account) {
    long available = new Purses(books, account).available();
    long life = (question.getMode() == CABINET ? settings.holdAtCabinet() : settings.holdAtCounter())
        .toMillis();
    HoldRow hold = books.hold(id, terminal.terminal(), account.account(), account.cashLedger(),
        terminal.merchantLedger(), question.getAmountMinor(), books.nowMs() + life);
    meals.approved(id, account, question.getMealPeriod());
    return new AuthorizationRow(books.site(), id, terminal.terminal(), account.account(),
        question.getAmountMinor(),
        books.currency(), AuthorizationOutcome.APPROVED, "", hold.hold(), hold.expiresMs(), available,
        books.nowMs());
  }

  static AuthorizationRow refuse(Books books, TerminalRow terminal, TransactionId id,
      Authorize question,
      Optional<AccountRow> account, DeclineReason reason) {
    long available = account.map(known -> new Purses(books, known).available()).orElse(0L);
    return new AuthorizationRow(books.site(), id, terminal.terminal(),
        account.map(AccountRow::account).orElse(0L),
        question.getAmountMinor(), books.currency(), AuthorizationOutcome.DECLINED, reason.name(), 0, 0,
        available,
        books.nowMs());
  }

  private Decision repeat(TerminalRow terminal, Authorize question, AuthorizationRow answer) {
    if (answer.outcome() != AuthorizationOutcome.CANCELLED
        && (answer.terminal() != terminal.terminal() || answer.amount() != question.getAmountMinor())) {
      // The key of another purchase: neither its answer nor a second hold.
      return declined(answer.transaction(), DeclineReason.PARAMETER_ERROR);
    }
    boolean ended = answer.outcome() == AuthorizationOutcome.APPROVED
        && memory.site(answer.site()).openHold(answer.transaction()).isEmpty()
        && settled(answer.site(), answer.transaction()).isEmpty();
    // An approval whose hold is gone promises nothing any more.
    return ended ? declined(answer.transaction(), DeclineReason.PAYMENT_FAILED) : decision(answer);
  }

  /// Keeps that deciding a purchase failed, after everything of it was rolled back: the same question gets PAYMENT_FAILED
  /// from now on, and why it failed stands in the exception queue (PAY-21, PAY-23).
  ///
  /// @param why for people; what is longer than 500 characters is cut
  public Decision failed(TerminalId terminalId, TransactionId id, Authorize question, String why,
      long nowMs) {
    Optional<TerminalRow> terminal = memory.terminal(terminalId).map(TerminalMemory::row);
    if (terminal.isPresent() && answered(terminal.get().site(), id).isEmpty()) {
      var unit = new CommitUnit();
      var books = new Books(memory.site(terminal.get().site()), memory.reads(), unit, nowMs);
      unit.insertAuthorization(refuse(books, terminal.get(), id, question, Optional.empty(),
          DeclineReason.PAYMENT_FAILED));
      books.raise(ExceptionKind.PAYMENT_FAILED, id.toString(), terminal.get().terminal(), 0,
          Optional.of(id), 0, question.getAmountMinor(),
          why.substring(0, Math.min(why.length(), LONGEST_REASON)));
      books.close();
      memory.commit(unit);
    }
    return declined(id, DeclineReason.PAYMENT_FAILED);
  }

  /// Ends what was reserved for a transaction, now and for an Authorize that may still be on its way.
  public Cancelled cancel(TerminalId terminalId, TransactionId id, long nowMs) {
    var answer = Cancelled.newBuilder().setTransactionId(Wire.bytes(id));
    Optional<TerminalMemory> terminal = memory.terminal(terminalId);
    if (terminal.isEmpty()) {
      return answer.build();
    }
    TerminalRow row = terminal.get().row();
    var unit = new CommitUnit();
    var books = new Books(memory.site(row.site()), memory.reads(), unit, nowMs);
    Optional<HoldRow> hold = books.openHold(id).filter(open -> open.terminal() == row.terminal());
    hold.ifPresent(open -> books.release(open, HoldState.RELEASED, PostingReason.CANCELLED));
    if (hold.isEmpty() && answered(row.site(), id).isEmpty()) {
      unit.insertAuthorization(new AuthorizationRow(row.site(), id, row.terminal(), 0, 0, books.currency(),
          AuthorizationOutcome.CANCELLED, "", 0, 0, 0, nowMs));
    }
    books.close();
    boolean done = unit.isEmpty() || memory.commit(unit).isCommitted();
    return answer.setReleased(done && hold.isPresent()).build();
  }

  /// Ends the holds whose time is over. Call about once a second; what does not fit is due again at the next call.
  ///
  /// @return how many ended
  public int expireHolds(int site, long nowMs) {
    List<HoldRow> due = memory.site(site).holdsExpiredAt(nowMs, EXPIRE_AT_ONCE);
    if (due.isEmpty()) {
      return 0;
    }
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    due.forEach(hold -> books.release(hold, HoldState.EXPIRED, PostingReason.EXPIRED));
    books.close();
    return memory.commit(unit).isCommitted() ? due.size() : 0;
  }

  private Optional<AuthorizationRow> answered(int site, TransactionId id) {
    return memory.reads().authorizations(site, List.of(id)).stream().findFirst();
  }

  private Optional<TransactionRow> settled(int site, TransactionId id) {
    return memory.reads().transaction(site, id);
  }

  private static Optional<CardToken> token(Authorize question) {
    return question.getCardToken().size() == CardToken.LENGTH
        ? Optional.of(CardToken.of(question.getCardToken().toByteArray()))
        : Optional.empty();
  }

  private Decision decision(AuthorizationRow answer) {
    var decision = Decision.newBuilder().setTransactionId(Wire.bytes(answer.transaction()))
        .setReason(answer.reason()).setAmountMinor(answer.amount()).setAccountId(answer.account())
        .setBalanceMinor(answer.availableBefore()).setHoldId(answer.hold())
        .setHoldExpiresMs(answer.holdExpiresMs());
    memory.site(answer.site()).account(answer.account())
        .ifPresent(account -> decision.setHolderName(account.holderName())
            .setSubsidyMinor(SubsidyShare.of(memory.site(answer.site()), account, answer.atMs())));
    return switch (answer.outcome()) {
      case APPROVED -> decision.setOutcome(Outcomes.OUTCOMES_APPROVED).build();
      case DECLINED -> decision.setOutcome(Outcomes.OUTCOMES_DECLINED).build();
      case CANCELLED -> declined(answer.transaction(), DeclineReason.PAYMENT_FAILED);
    };
  }

  private static Decision declined(TransactionId id, DeclineReason reason) {
    return Decision.newBuilder().setTransactionId(Wire.bytes(id)).setOutcome(Outcomes.OUTCOMES_DECLINED)
        .setReason(reason.name()).build();
  }
}

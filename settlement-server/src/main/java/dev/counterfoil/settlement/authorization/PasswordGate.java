package dev.counterfoil.settlement.authorization;

import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.password.PasswordGuard;
import dev.counterfoil.settlement.password.PasswordRules;
import dev.counterfoil.settlement.store.AccountPasswordRow;
import dev.counterfoil.settlement.store.AccountReads;
import dev.counterfoil.settlement.store.AccountRow;
import java.util.Optional;

/// The last gate of an online purchase: its holder's password, where the amount needs one (PAY-28, LIM-11, LIM-16). A
/// purchase that another gate stops costs no try.
final class PasswordGate {

  private final Books books;
  private final AccountReads reads;
  private final PasswordRules rules;

  /// What comes of it.
  sealed interface Passage {

    record Open() implements Passage {}

    record Closed(DeclineReason reason) implements Passage {}

    /// None was given.
    record Wanted() implements Passage {}

    /// One was given, and nobody has compared it yet.
    record Compared(String stored) implements Passage {}
  }

  PasswordGate(Books books, AccountReads reads, PasswordRules rules) {
    this.books = books;
    this.reads = reads;
    this.rules = rules;
  }

  /// What a try came to goes into the books' unit, to be durable with the answer.
  Passage pass(AccountRow account, Authorize question, Optional<PasswordTry> tried) {
    if (!rules.demand(question.getAmountMinor())) {
      return new Passage.Open();
    }
    Optional<AccountPasswordRow> known = reads.password(account.site(), account.account())
        .filter(AccountPasswordRow::isSet);
    if (known.isEmpty()) {
      return new Passage.Closed(DeclineReason.PASSWORD_NOT_SET);
    }
    AccountPasswordRow row = known.get();
    if (row.guard().isLocked(books.nowMs())) {
      return new Passage.Closed(DeclineReason.PASSWORD_LOCKED);
    }
    if (question.getPassword().isEmpty()) {
      return new Passage.Wanted();
    }
    return tried.filter(done -> done.stored().equals(row.password())).map(done -> judge(row, done))
        .orElseGet(() -> new Passage.Compared(row.password()));
  }

  private Passage judge(AccountPasswordRow row, PasswordTry done) {
    PasswordGuard.Step step = row.guard().tried(done.right(), rules, books.nowMs());
    if (!step.next().equals(row.guard())) {
      books.unit().putPassword(row.withGuard(step.next()));
    }
    return switch (step.answer()) {
      case RIGHT -> new Passage.Open();
      case WRONG -> new Passage.Closed(DeclineReason.PASSWORD_WRONG);
      case LOCKED -> new Passage.Closed(DeclineReason.PASSWORD_LOCKED);
    };
  }
}

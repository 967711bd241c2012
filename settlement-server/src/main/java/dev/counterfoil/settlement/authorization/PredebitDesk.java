package dev.counterfoil.settlement.authorization;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.PredebitPosting;
import dev.counterfoil.settlement.ledger.Purses;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AuthorizationOutcome;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.PredebitRow;
import dev.counterfoil.settlement.store.SaleSubType;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.List;
import java.util.Optional;

/// Makes provisional charges (预扣费, PAY-24): the gates of an online purchase, then a hold until somebody settles it.
/// What becomes of it is the {@link PredebitSettlement}'s. Every method commits before it returns, or throws
/// {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class PredebitDesk {

  private final StoreMemory memory;
  private final CoreSettings settings;

  public PredebitDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// What is asked for.
  ///
  /// @param terminal the site's number of the place: its merchant is paid
  /// @param amount provisional, minor units
  /// @param password the holder's, as typed, empty if none was
  /// @param consumerIp of an online purchase, else empty
  /// @param operator who asks, an operator's or program's name
  public record Wish(int terminal, CardToken card, long amount, String password, SaleSubType subType,
      String consumerIp, String operator) {

    @Override
    public String toString() {
      return "Wish[" + terminal + ", " + amount + "]";
    }
  }

  /// What came of it; both are durable, and the same id gets the same one again.
  public sealed interface Answer {

    record Held(PredebitRow row) implements Answer {}

    /// Nothing is reserved. It is listed as a declined transaction (PAY-04 to PAY-06).
    record Declined(TransactionId transaction, long amount, String reason) implements Answer {}
  }

  /// Reserves a provisional amount.
  ///
  /// @param tried what comparing the password came to, if it was done
  /// @param id names it; a second call with the same one changes nothing and returns the first result, so a retry is safe
  /// @throws RefusedException TERMINAL_UNKNOWN, PASSWORD_NEEDED (ask the holder, then the same id again), KEY_REUSED,
  /// SYSTEM_BUSY (try again)
  public Answer open(int site, Wish wish, Optional<PasswordTry> tried, TransactionId id, long nowMs) {
    Optional<Answer> before = before(site, wish, id);
    if (before.isPresent()) {
      return before.get();
    }
    TerminalRow terminal = memory.reads().terminal(site, wish.terminal())
        .orElseThrow(() -> new RefusedException("TERMINAL_UNKNOWN", "no terminal " + wish.terminal()));
    var unit = new CommitUnit();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    Answer answer = decide(books, terminal, wish, tried, id);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return answer;
  }

  private Optional<Answer> before(int site, Wish wish, TransactionId id) {
    Optional<AuthorizationRow> known = memory.reads().authorizations(site, List.of(id)).stream().findFirst();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    AuthorizationRow row = known.get();
    if (row.amount() != wish.amount() || row.terminal() != wish.terminal()) {
      throw new RefusedException("KEY_REUSED", "transaction " + id + " was another one");
    }
    return row.outcome() == AuthorizationOutcome.DECLINED
        ? Optional.of(new Answer.Declined(id, row.amount(), row.reason()))
        : memory.reads().predebits().predebit(site, id).map(Answer.Held::new);
  }

  private Answer decide(Books books, TerminalRow terminal, Wish wish, Optional<PasswordTry> tried,
      TransactionId id) {
    Authorize question = question(books, wish);
    Optional<CardRow> card = books.memory().card(wish.card());
    Optional<AccountRow> account = card.flatMap(known -> books.account(known.account()));
    Optional<DeclineReason> refusal = new AuthorizationGates(books, memory.reads(), settings)
        .refusal(terminal, card, account, question);
    if (refusal.isPresent() || account.isEmpty() || card.isEmpty()) {
      return decline(books, terminal, question, wish, account, id,
          refusal.orElse(DeclineReason.IDENTITY_ERROR));
    }
    return switch (new PasswordGate(books, memory.reads().profiles(), settings.passwords())
        .pass(account.get(), question, tried)) {
      case PasswordGate.Passage.Open _ -> hold(books, terminal, wish, account.get(), card.get(), id);
      case PasswordGate.Passage.Closed(var reason) ->
        decline(books, terminal, question, wish, account, id, reason);
      case PasswordGate.Passage.Wanted _ -> throw new RefusedException("PASSWORD_NEEDED",
          "from " + settings.passwords().thresholdMinor() + " minor units on");
      // Changed between the comparison and now.
      case PasswordGate.Passage.Compared _ -> throw RefusedException.busy();
    };
  }

  private static Authorize question(Books books, Wish wish) {
    return Authorize.newBuilder().setCardToken(ByteString.copyFrom(wish.card().bytes()))
        .setAmountMinor(wish.amount()).setCurrency(books.currency()).setPassword(wish.password()).build();
  }

  private Answer hold(Books books, TerminalRow terminal, Wish wish, AccountRow account, CardRow card,
      TransactionId id) {
    long due = books.nowMs() + settings.predebits().settleWithin().toMillis();
    long available = new Purses(books, account).available();
    HoldRow hold = new PredebitPosting(books, settings.dayAt(books.nowMs()))
        .hold(terminal, account, id, wish.amount());
    // As of any approval, so that it counts once for what an account may buy in an hour and a day (LIM-04).
    books.unit().insertAuthorization(new AuthorizationRow(books.site(), id, terminal.terminal(),
        account.account(), wish.amount(), books.currency(), AuthorizationOutcome.APPROVED, "", hold.hold(),
        due, available, books.nowMs()));
    var row = new PredebitRow(books.site(), memory.reads().predebits().lastPredebit(books.site()) + 1, id,
        terminal.terminal(), account.account(), card.card(), wish.amount(), books.currency(), hold.hold(),
        wish.subType(), wish.consumerIp(), wish.operator(), books.nowMs(), due, PredebitRow.State.HELD, 0, 0,
        0, "");
    books.unit().putPredebit(row);
    return new Answer.Held(row);
  }

  private static Answer decline(Books books, TerminalRow terminal, Authorize question, Wish wish,
      Optional<AccountRow> account, TransactionId id, DeclineReason reason) {
    books.unit().insertAuthorization(
        AuthorizationDesk.refuse(books, terminal, id, question, account, reason));
    books.insert(new TransactionRow(books.site(), id, TransactionKind.DECLINE, terminal.terminal(), 0, 0,
        wish.amount(), books.currency(), false, TransactionRow.SYNCED, null, 0, books.nowMs(),
        books.nowMs()));
    books.unit().insertNote(new TransactionNoteRow(books.site(), id, 0, 0, books.nowMs(), "",
        wish.operator(), ""));
    return new Answer.Declined(id, wish.amount(), reason.name());
  }
}

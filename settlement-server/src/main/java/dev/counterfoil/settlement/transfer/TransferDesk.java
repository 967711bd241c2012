package dev.counterfoil.settlement.transfer;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.ServerEntry;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Moves money between holders: holder CASH -> holder CASH (TRF-01 to TRF-05, F-10). What is available is computed on the
/// one thread that writes, so two transfers at once cannot spend the same fen. Every method commits before it returns, or
/// throws {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class TransferDesk {

  /// Lines of one order; they are one commit unit, which must stay far below a second.
  public static final int MOST_LINES = 1_000;

  private final StoreMemory memory;
  private final CoreSettings settings;

  public TransferDesk(StoreMemory memory, CoreSettings settings) {
    this.memory = memory;
    this.settings = settings;
  }

  /// Moves money from one account to another.
  ///
  /// @param id names this transfer; a second call with the same one changes nothing and returns the first result, so a
  /// retry is safe
  /// @throws RefusedException a {@link TransferRefusal}, KEY_REUSED, SYSTEM_BUSY (try again)
  public TransactionRow send(int site, TransferLine line, String operator, String reason, TransactionId id,
      long nowMs) {
    return one(site, line, entry(id, line, TransferSubType.PERSONAL, operator, reason), false, nowMs);
  }

  /// The same, after two people have agreed (ACC-04).
  public TransactionRow sendApproved(int site, TransferLine line, String operator, String reason,
      TransactionId id, long nowMs) {
    return one(site, line, entry(id, line, TransferSubType.PERSONAL, operator, reason), true, nowMs);
  }

  /// Whether nothing but two approvals is missing.
  public boolean takesTwo(int site, TransferLine line, long nowMs) {
    return rules(books(site, new CommitUnit(), nowMs), false).refusal(line)
        .equals(Optional.of(TransferRefusal.TRANSFER_TWO_APPROVALS));
  }

  /// The payee of an earlier transfer gives back up to what is left of it (RFD-08).
  ///
  /// @param amount more than 0, minor units
  /// @param id as of {@link #send}
  /// @throws RefusedException as {@link #send}; TRANSACTION_NOT_FOUND, TRANSACTION_STATUS (no transfer, or taken back),
  /// REFUND_AMOUNT_EXCEEDED
  public TransactionRow giveBack(int site, TransactionId original, long amount, String operator,
      String reason,
      TransactionId id, long nowMs) {
    TransactionRow sent = transaction(site, original)
        .orElseThrow(() -> new RefusedException("TRANSACTION_NOT_FOUND", "no transaction " + original));
    var line = new TransferLine(memory.reads().money().otherAccount(sent), sent.account(), amount);
    if (transaction(site, id).isEmpty()) {
      requireLeft(sent, amount);
    }
    return one(site, line, entry(id, line, TransferSubType.REFUND, operator, reason).reversing(original),
        false, nowMs);
  }

  /// Moves money along many lines, each or none of it; what becomes of one is no other's business unless they share a
  /// payer who does not have enough. All lines, refused ones too, are one commit unit: a crash leaves all or nothing.
  ///
  /// @param subType GROUP (one payer) or BATCH
  /// @param lines 1 to {@link #MOST_LINES}
  /// @param id names the whole order; a second call with the same one changes nothing and returns the first outcomes,
  /// refused lines too, so a retry is safe
  /// @return the outcomes in the order of the lines
  /// @throws RefusedException PARAMETER_ERROR, KEY_REUSED (the same id with other lines), SYSTEM_BUSY (try again)
  public List<TransferLineRow> sendAll(int site, TransferSubType subType, List<TransferLine> lines,
      String operator, String reason, TransactionId id, long nowMs) {
    requireLines(subType, lines);
    List<TransferLineRow> before = memory.reads().money().transferLines(site, id);
    if (!before.isEmpty()) {
      return repeated(id, lines, before);
    }
    var unit = new CommitUnit();
    Books books = books(site, unit, nowMs);
    TransferRules rules = rules(books, false);
    List<TransferLineRow> outcomes = new ArrayList<>(lines.size());
    for (TransferLine line : lines) {
      TransactionId own = OwnId.of(id, "line " + (outcomes.size() + 1));
      Optional<TransferRefusal> refusal = rules.refusal(line);
      if (refusal.isEmpty()) {
        rules.sent(line);
        post(books, line, entry(own, line, subType, operator, reason));
      }
      outcomes.add(new TransferLineRow(site, id, outcomes.size() + 1, own, line.payer(), line.payee(),
          line.amount(), refusal.map(TransferRefusal::name).orElse(""), nowMs));
    }
    outcomes.forEach(unit::insertTransferLine);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return outcomes;
  }

  private static void requireLines(TransferSubType subType, List<TransferLine> lines) {
    if (lines.isEmpty() || lines.size() > MOST_LINES) {
      throw new RefusedException("PARAMETER_ERROR", "1 to " + MOST_LINES + " lines, not " + lines.size());
    }
    boolean many = switch (subType) {
      case GROUP -> lines.stream().mapToLong(TransferLine::payer).distinct().count() > 1;
      case BATCH -> false;
      case PERSONAL, REFUND -> true;
    };
    if (many) {
      throw new RefusedException("PARAMETER_ERROR", "a transfer to a group has one payer");
    }
  }

  private static List<TransferLineRow> repeated(TransactionId id, List<TransferLine> lines,
      List<TransferLineRow> before) {
    boolean same = lines.size() == before.size();
    for (int i = 0; same && i < lines.size(); i++) {
      same = lines.get(i).isThatOf(before.get(i));
    }
    if (!same) {
      throw new RefusedException("KEY_REUSED", "order " + id + " had other lines");
    }
    return before;
  }

  private TransactionRow one(int site, TransferLine line, ServerEntry entry, boolean approved,
      long nowMs) {
    Optional<TransactionRow> before = transaction(site, entry.id());
    if (before.isPresent()) {
      return repeated(before.get(), entry);
    }
    var unit = new CommitUnit();
    Books books = books(site, unit, nowMs);
    rules(books, approved).refusal(line).ifPresent(refusal -> {
      throw new RefusedException(refusal.name(), refusal.meaning() + "; payer=" + line.payer() + " payee="
          + line.payee() + " amount=" + line.amount());
    });
    TransactionRow row = post(books, line, entry);
    books.close();
    RefusedException.unlessCommitted(memory.commit(unit));
    return row;
  }

  private TransactionRow repeated(TransactionRow before, ServerEntry entry) {
    Optional<TransactionNoteRow> note = memory.reads().money().note(before.site(), before.transaction());
    boolean same = before.kind() == TransactionKind.TRANSFER && before.account() == entry.account()
        && before.amount() == entry.amount() && Objects.equals(before.reverses(), entry.reverses())
        && note.filter(row -> row.otherAccount() == entry.otherAccount()).isPresent();
    if (!same) {
      throw new RefusedException("KEY_REUSED", "transaction " + before.transaction() + " was something else");
    }
    return before;
  }

  private static ServerEntry entry(TransactionId id, TransferLine line, TransferSubType subType,
      String operator, String reason) {
    return new ServerEntry(id, TransactionKind.TRANSFER, line.payer(), line.payee(), line.amount(), null,
        subType.name(), operator, reason);
  }

  private static TransactionRow post(Books books, TransferLine line, ServerEntry entry) {
    AccountRow payer = books.account(line.payer()).orElseThrow();
    AccountRow payee = books.account(line.payee()).orElseThrow();
    TransferRow moved = books.post(entry.id(), 1, payer.cashLedger(), payee.cashLedger(), line.amount(),
        entry.reverses() == null ? PostingReason.TRANSFER : PostingReason.REFUND_TRANSFER);
    tell(books, payer, payee, entry);
    return entry.insert(books, moved);
  }

  /// Both holders learn of it (NTF-03).
  private static void tell(Books books, AccountRow payer, AccountRow payee, ServerEntry entry) {
    String amount = Money.decimal(entry.amount());
    String about = "transaction " + entry.id();
    books.tell(payer.account(), "TRANSFER_SENT", about, amount + " to account " + payee.number());
    books.tell(payee.account(), "TRANSFER_RECEIVED", about, amount + " from account " + payer.number());
  }

  private void requireLeft(TransactionRow sent, long amount) {
    if (sent.kind() != TransactionKind.TRANSFER || isTakenBack(sent)) {
      throw new RefusedException("TRANSACTION_STATUS",
          sent.transaction() + " is a " + sent.kind() + (isTakenBack(sent) ? " that was taken back" : ""));
    }
    long left = sent.amount() - memory.reads().refundsOf(sent.site(), sent.transaction()).stream()
        .filter(row -> !isTakenBack(row)).mapToLong(TransactionRow::amount).sum();
    if (amount > left) {
      throw new RefusedException("REFUND_AMOUNT_EXCEEDED",
          "of " + sent.amount() + " minor units " + left + " are left, not " + amount);
    }
  }

  private boolean isTakenBack(TransactionRow row) {
    return memory.reads().reversalOf(row.site(), row.transaction()).isPresent();
  }

  private TransferRules rules(Books books, boolean approved) {
    return new TransferRules(books, memory.reads(), settings, approved);
  }

  private Books books(int site, CommitUnit unit, long nowMs) {
    return new Books(memory.site(site), memory.reads(), unit, nowMs);
  }

  private Optional<TransactionRow> transaction(int site, TransactionId id) {
    return memory.reads().transaction(site, id);
  }
}

package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.IntentRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// INTENTs of one site while one commit unit is being made. An INTENT without OUTCOME is a question that an operator
/// must see (journal page, section 1):
///
/// - once the run that wrote it is over, which the terminal's next RESUME or GENESIS says, or
/// - once the hold of a cabinet would be over, for a terminal that is heard of no more ({@link #askOverdue}).
///
/// An OUTCOME that comes after all, from evidence after the restart, takes the question back. Money moves by the OUTCOME
/// alone. The unit is looked at as a whole: a RESUME and the OUTCOME that came with it ask nothing.
final class IntentBook {

  /// Written into the exception where an operator's name would stand.
  private static final String BY_RECORD = "terminal";

  private final Books books;
  private final SettlementReads reads;
  private final Map<Integer, List<Entry>> terminals = new HashMap<>();

  /// One intent as this unit leaves it so far.
  private static final class Entry {
    private IntentRow row;
    private boolean changed;
    private boolean due;

    Entry(IntentRow row, boolean changed) {
      this.row = row;
      this.changed = changed;
    }
  }

  IntentBook(Books books, SettlementReads reads) {
    this.books = books;
    this.reads = reads;
  }

  private List<Entry> of(int terminal) {
    return terminals.computeIfAbsent(terminal, number -> new ArrayList<>(
        reads.openIntents(books.site(), number).stream().map(row -> new Entry(row, false)).toList()));
  }

  void begun(int terminal, RecordFacts.Intent intent) {
    of(terminal).add(new Entry(new IntentRow(books.site(), terminal, intent.record().seq(), intent.id(),
        intent.amount(), books.nowMs(), 0, 0), true));
  }

  /// An OUTCOME says what became of a transaction.
  void ended(int terminal, TransactionId transaction, long seq) {
    for (Entry entry : of(terminal)) {
      if (entry.row.isOpen() && entry.row.transaction().equals(transaction)) {
        entry.row = entry.row.ended(seq);
        entry.changed = true;
      }
    }
  }

  /// The run before is over; what it began and did not end needs an answer.
  void runIsOver(int terminal) {
    of(terminal).forEach(entry -> entry.due = true);
  }

  /// Puts questions, answers and rows into the unit.
  void close() {
    for (List<Entry> entries : terminals.values()) {
      for (Entry entry : entries) {
        if (entry.row.isOpen() && entry.due && entry.row.asked() == 0) {
          entry.row = ask(books, entry.row, "the run ended before its OUTCOME");
          entry.changed = true;
        }
        if (entry.changed) {
          books.unit().putIntent(entry.row);
        }
        if (!entry.row.isOpen()) {
          takeBack(entry.row);
        }
      }
    }
  }

  private void takeBack(IntentRow row) {
    Optional<ExceptionRow> question = row.asked() == 0 ? Optional.empty()
        : reads.exception(row.site(), row.asked());
    question.filter(ExceptionRow::isOpen).ifPresent(open -> books.unit()
        .resolveException(open.resolved("OUTCOME in record " + row.endedBy(), BY_RECORD, books.nowMs())));
  }

  /// Asks about intents that are older than any hold of theirs.
  ///
  /// @param overdue from {@link SettlementReads#unaskedIntents}
  static void askOverdue(Books books, List<IntentRow> overdue) {
    CommitUnit unit = books.unit();
    overdue.forEach(row -> unit.putIntent(ask(books, row, "its hold is over and no OUTCOME came")));
  }

  private static IntentRow ask(Books books, IntentRow row, String why) {
    return row.asked(books.raise(ExceptionKind.INTENT_WITHOUT_OUTCOME, row.terminal() + ":" + row.seq(),
        row.terminal(), row.seq(), Optional.of(row.transaction()), 0, row.amount(),
        why + ": look at door, weight or stock"));
  }
}

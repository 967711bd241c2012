package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Follows every approved record of every terminal to its posting, and every posting back to its record.
final class PostingAudit {

  private final ServerBooks books;
  private final Consumer<Finding> report;
  private final Map<Place, List<ServerBooks.Transaction>> byPlace = new HashMap<>();
  private final Map<String, List<ServerBooks.Transfer>> byTransaction = new HashMap<>();
  private final Set<Place> inExceptions = new HashSet<>();

  private record Place(int site, int terminal, long seq) {}

  /// What became of one terminal's records.
  ///
  /// @param settled   SALE records posted exactly once
  /// @param settledMinor what they and the voids posted came to
  record Outcome(long settled, long settledMinor, long lost, long doubled) {}

  PostingAudit(ServerBooks books, Consumer<Finding> report) {
    this.books = books;
    this.report = report;
    var ids = new HashSet<String>();
    for (ServerBooks.Transaction transaction : books.transactions()) {
      byPlace.computeIfAbsent(place(transaction), _ -> new ArrayList<>()).add(transaction);
      if (!ids.add(transaction.site() + "/" + transaction.id())) {
        report.accept(
            new Finding(Finding.Kind.DOUBLED, "transaction " + transaction.id(), "stands there twice"));
      }
    }
    for (ServerBooks.Transfer transfer : books.transfers()) {
      byTransaction.computeIfAbsent(transfer.site() + "/" + transfer.transaction(), _ -> new ArrayList<>())
          .add(transfer);
    }
    for (ServerBooks.ExceptionEntry entry : books.exceptions()) {
      inExceptions.add(new Place(entry.site(), entry.terminal(), entry.seq()));
    }
  }

  private static Place place(ServerBooks.Transaction transaction) {
    return new Place(transaction.site(), transaction.terminal(), transaction.seq());
  }

  /// Checks one terminal.
  ///
  /// @param records of its journal, in order
  Outcome check(ServerBooks.Terminal terminal, List<JournalRecord> records) {
    long settled = 0;
    long settledMinor = 0;
    long lost = 0;
    long doubled = 0;
    var seen = new HashSet<Place>();
    for (JournalRecord record : records) {
      if (!movesMoney(record)) {
        continue;
      }
      var place = new Place(terminal.site(), terminal.number(), record.seq());
      seen.add(place);
      List<ServerBooks.Transaction> postings = byPlace.getOrDefault(place, List.of());
      if (postings.isEmpty()) {
        lost += missing(terminal, record, place) ? 1 : 0;
      } else {
        doubled += postings.size() - 1L;
        settled += record.is(RecordKind.VOID) ? 0 : 1;
        settledMinor = Math.addExact(settledMinor, record.amount());
        checkAmount(terminal, record, postings);
      }
    }
    phantoms(terminal, records, seen);
    return new Outcome(settled, settledMinor, lost, doubled);
  }

  private static boolean movesMoney(JournalRecord record) {
    return record.amount() != 0;
  }

  private boolean missing(ServerBooks.Terminal terminal, JournalRecord record, Place place) {
    if (inExceptions.contains(place)) {
      return false;
    }
    report.accept(new Finding(Finding.Kind.LOST, terminal.name(),
        record + " is neither posted nor in the exception"
            + " queue; the server received up to " + terminal.receivedSeq() + " and settled up to "
            + terminal.settledSeq()));
    return true;
  }

  private void checkAmount(ServerBooks.Terminal terminal, JournalRecord record,
      List<ServerBooks.Transaction> postings) {
    if (postings.size() > 1) {
      report
          .accept(new Finding(Finding.Kind.DOUBLED, terminal.name(), record + " was posted " + postings.size()
              + " times: " + postings.stream().map(ServerBooks.Transaction::id).toList()));
    }
    for (ServerBooks.Transaction posting : postings) {
      long moved = byTransaction.getOrDefault(posting.site() + "/" + posting.id(), List.of()).stream()
          .filter(ServerBooks.Transfer::moves).mapToLong(ServerBooks.Transfer::amount).sum();
      if (posting.amount() != record.amount() || moved != Math.absExact(record.amount())) {
        report.accept(new Finding(Finding.Kind.WRONG_AMOUNT, terminal.name(), record + " of "
            + Money.decimal(record.amount()) + " was booked as " + Money.decimal(posting.amount())
            + " moving "
            + Money.decimal(moved)));
      }
    }
  }

  /// Postings that name this terminal and a place where its journal has no approved record. Places before the first
  /// record still on the terminal were pruned and cannot be asked.
  private void phantoms(ServerBooks.Terminal terminal, List<JournalRecord> records, Set<Place> seen) {
    long first = records.isEmpty() ? Long.MAX_VALUE : records.getFirst().seq();
    for (ServerBooks.Transaction transaction : books.transactions()) {
      if (transaction.site() == terminal.site() && transaction.terminal() == terminal.number()
          && isSaleOrVoid(transaction) && transaction.seq() >= first && !seen.contains(place(transaction))) {
        report.accept(new Finding(Finding.Kind.DEBIT_WITHOUT_RECORD, terminal.name(),
            "transaction " + transaction.id() + " of " + Money.decimal(transaction.amount()) + " names seq "
                + transaction.seq() + ", where the journal has no approved record"));
      }
    }
  }

  private static boolean isSaleOrVoid(ServerBooks.Transaction transaction) {
    return switch (transaction.kind()) {
      case SALE, VOID -> true;
      case DECLINE, SERVER_BORN -> false;
    };
  }
}

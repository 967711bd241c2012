package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Audits a finished run: every tap, every record, every posting, every balance. Knows the record codec and nothing
/// else of the programs that made them.
public final class RunAudit {

  private final SignatureVerifier signatures;
  private final ServerBooks books;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public RunAudit(SignatureVerifier signatures, ServerBooks books) {
    this.signatures = signatures;
    this.books = books;
  }

  /// Everything that was found on the disks of one run.
  ///
  /// @param journals    the terminals' journals
  /// @param copies      journals on cloned media, which must hold nothing of their own
  /// @param taps        what customers saw, in the order written
  /// @param tokenByCard what the server calls each card; may be empty
  public record Evidence(List<JournalImage> journals, List<JournalImage> copies, List<Tap> taps,
      Map<String, String> tokenByCard) {

    public Evidence {
      journals = List.copyOf(journals);
      copies = List.copyOf(copies);
      taps = List.copyOf(taps);
      tokenByCard = Map.copyOf(tokenByCard);
    }
  }

  /// Call once.
  public Verdict judge(Evidence evidence) {
    new LedgerAudit(books, findings::add).check();
    var postings = new PostingAudit(books, findings::add);
    var tallies = new ArrayList<TerminalTally>();
    var written = new HashMap<TerminalId, Set<JournalRecord>>();
    for (JournalImage journal : evidence.journals()) {
      ServerBooks.Terminal terminal = terminalOf(journal);
      if (terminal != null) {
        var chain = new ChainAudit(terminal, signatures, findings::add);
        List<JournalRecord> records = chain.journal(journal);
        chain.serverCopy();
        if (journal.startSeq() > 0) {
          notes.add(journal.name() + " pruned its records up to seq " + journal.startSeq()
              + ", which are taken from the server");
        }
        written.put(terminal.id(), new HashSet<>(records));
        tallies.add(tally(journal.name(), terminal, records, postings.check(terminal, records), evidence));
      }
    }
    evidence.copies().forEach(copy -> checkCopy(copy, written));
    missingJournals(written.keySet());
    return new Verdict(tallies, books.exceptions().size(), findings, notes);
  }

  private ServerBooks.@Nullable Terminal terminalOf(JournalImage journal) {
    List<JournalRecord> records = ChainAudit.readable(journal.records());
    if (records.isEmpty()) {
      notes.add("the journal of " + journal.name() + " holds no record");
      return null;
    }
    TerminalId id = records.getFirst().terminal();
    for (ServerBooks.Terminal terminal : books.terminals()) {
      if (terminal.id().equals(id)) {
        return terminal;
      }
    }
    findings.add(new Finding(Finding.Kind.CHAIN, journal.name(), "the server does not know terminal " + id));
    return null;
  }

  private TerminalTally tally(String name, ServerBooks.Terminal terminal, List<JournalRecord> records,
      PostingAudit.Outcome posted, Evidence evidence) {
    List<Tap> taps = evidence.taps().stream().filter(tap -> tap.terminal().equals(name)).toList();
    long unrecorded = evidence.taps().isEmpty()
        ? 0
        : new TapAudit(name, evidence.tokenByCard(), findings::add).check(taps, records);
    checkTotals(terminal, records, posted);
    long exceptions = books.exceptions().stream()
        .filter(entry -> entry.site() == terminal.site() && entry.terminal() == terminal.number()).count();
    return new TerminalTally(name, taps.size(), count(records, RecordKind.SALE),
        count(taps, Tap.Glass.DECLINED),
        count(taps, Tap.Glass.DARK), records.stream().filter(RunAudit::isOffline).count(),
        count(records, RecordKind.VOID), posted.settled(), posted.settledMinor(), exceptions,
        posted.lost() + unrecorded, posted.doubled());
  }

  /// The chain's own running total must be what its amounts add up to, and what was posted or put aside.
  private void checkTotals(ServerBooks.Terminal terminal, List<JournalRecord> records,
      PostingAudit.Outcome posted) {
    if (records.isEmpty()) {
      return;
    }
    JournalRecord first = records.getFirst();
    long amounts = records.stream().mapToLong(JournalRecord::amount).sum();
    long turnover = records.getLast().turnover() - (first.turnover() - first.amount());
    long booked = books.transactions().stream()
        .filter(one -> one.site() == terminal.site() && one.terminal() == terminal.number()
            && one.seq() >= first.seq())
        .filter(one -> one.kind() == ServerBooks.Transaction.Kind.SALE
            || one.kind() == ServerBooks.Transaction.Kind.VOID)
        .mapToLong(ServerBooks.Transaction::amount).sum();
    if (turnover != amounts || posted.settledMinor() != booked) {
      findings.add(new Finding(Finding.Kind.TOTALS, terminal.name(), "records " + Money.decimal(amounts)
          + ", chain's turnover " + Money.decimal(turnover) + ", of that posted "
          + Money.decimal(posted.settledMinor()) + ", ledger " + Money.decimal(booked)));
    }
  }

  private static boolean isOffline(JournalRecord record) {
    return record.is(RecordKind.SALE) && TapAudit.body(record).getOffline();
  }

  private static long count(List<JournalRecord> records, RecordKind kind) {
    return records.stream().filter(record -> record.is(kind)).count();
  }

  private static long count(List<Tap> taps, Tap.Glass glass) {
    return taps.stream().filter(tap -> tap.glass() == glass).count();
  }

  /// A copied medium may hold what the original holds, and bookkeeping of its own, but no money.
  private void checkCopy(JournalImage copy, Map<TerminalId, Set<JournalRecord>> written) {
    long own = 0;
    for (JournalRecord record : ChainAudit.readable(copy.records())) {
      Set<JournalRecord> original = written.getOrDefault(record.terminal(), Set.of());
      if (record.amount() != 0 && !original.contains(record)) {
        findings
            .add(new Finding(Finding.Kind.LOST, copy.name(), record + " was approved on a copied medium"));
      }
      own += original.contains(record) ? 0 : 1;
    }
    notes.add(
        "the copied medium " + copy.name() + " holds " + own + " records that the original does not have");
  }

  private void missingJournals(Set<TerminalId> found) {
    for (ServerBooks.Terminal terminal : books.terminals()) {
      boolean sold = books.transactions().stream()
          .anyMatch(one -> one.site() == terminal.site() && one.terminal() == terminal.number());
      if (!found.contains(terminal.id()) && sold) {
        findings
            .add(new Finding(Finding.Kind.CHAIN, terminal.name(), "has postings, and no journal was found"));
      }
    }
  }
}

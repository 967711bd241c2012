package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.money.Money;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What an audit of a run came to.
///
/// @param terminals  one tally a terminal, by name
/// @param exceptions entries in the exception queue, also those without a terminal
/// @param findings   everything that must not be; empty for a good run
/// @param notes      what a reader should know and nobody has to fix
public record Verdict(List<TerminalTally> terminals, long exceptions, List<Finding> findings,
    List<String> notes) {

  private static final String ROW = "%-12s %7s %9s %9s %6s %8s %6s %8s %11s %11s %5s %8s";
  private static final int MAX_PRINTED = 50;

  public Verdict {
    terminals = List.copyOf(terminals);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  public TerminalTally total() {
    return TerminalTally.sum(terminals);
  }

  public boolean isGood() {
    return findings.isEmpty();
  }

  boolean isBalanced() {
    return findings.stream().noneMatch(
        finding -> finding.kind() == Finding.Kind.UNBALANCED || finding.kind() == Finding.Kind.WRONG_AMOUNT);
  }

  /// Findings, notes, the table and, last, the line that scripts read.
  public void print(PrintStream out) {
    findings.stream().limit(MAX_PRINTED).forEach(finding -> out.println("FINDING " + finding));
    if (findings.size() > MAX_PRINTED) {
      out.println("FINDING … and " + (findings.size() - MAX_PRINTED) + " more");
    }
    notes.forEach(note -> out.println("note: " + note));
    table().forEach(out::println);
    out.println(resultLine());
  }

  List<String> table() {
    var lines = new ArrayList<String>();
    lines.add(String.format(Locale.ROOT, ROW, "terminal", "taps", "approved", "declined", "dark", "offline",
        "voids",
        "settled", "amount", "exceptions", "lost", "doubled"));
    terminals.forEach(terminal -> lines.add(row(terminal)));
    lines.add(row(total()));
    return lines;
  }

  private static String row(TerminalTally one) {
    return String.format(Locale.ROOT, ROW, one.name(), one.taps(), one.approved(), one.declined(), one.dark(),
        one.offline(), one.voids(), one.settled(), Money.decimal(one.settledMinor()), one.exceptions(),
        one.lost(),
        one.doubled());
  }

  /// The line that scripts read. Integers; `settled` counts approved records posted exactly once.
  public String resultLine() {
    TerminalTally all = total();
    return "RESULT taps=" + all.taps() + " approved=" + all.approved() + " declined=" + all.declined()
        + " settled="
        + all.settled() + " exceptions=" + exceptions + " lost=" + all.lost() + " doubled=" + all.doubled()
        + " ledger=" + (isBalanced() ? "balanced" : "unbalanced");
  }
}

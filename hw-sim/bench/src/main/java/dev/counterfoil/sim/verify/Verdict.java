package dev.counterfoil.sim.verify;

import java.util.List;

/// What an audit of a run came to.
///
/// @param terminals  one tally a terminal, by name
/// @param exceptions entries in the exception queue, also those without a terminal
/// @param findings   everything that must not be; empty for a good run
/// @param notes      what a reader should know and nobody has to fix
public record Verdict(List<TerminalTally> terminals, long exceptions, List<Finding> findings,
    List<String> notes) {

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

  /// The line that scripts read. Integers; `settled` counts approved records posted exactly once.
  public String resultLine() {
    TerminalTally all = total();
    return "RESULT taps=" + all.taps() + " approved=" + all.approved() + " declined=" + all.declined()
        + " settled="
        + all.settled() + " exceptions=" + exceptions + " lost=" + all.lost() + " doubled=" + all.doubled()
        + " ledger=" + (isBalanced() ? "balanced" : "unbalanced");
  }
}

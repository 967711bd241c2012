package dev.counterfoil.sim.verify;

/// The bottom line of one terminal, all counts of one run.
///
/// @param taps       attempts to pay
/// @param approved   SALE records in the journal
/// @param declined   attempts refused on the glass
/// @param dark       attempts of which the glass told nothing
/// @param offline    SALE records decided without the server
/// @param voids      VOID records
/// @param settled    approved records posted exactly once
/// @param settledMinor their sum less voids, minor units
/// @param exceptions entries of the exception queue that name this terminal
/// @param lost       see {@link Finding.Kind#LOST}
/// @param doubled    see {@link Finding.Kind#DOUBLED}
public record TerminalTally(String name, long taps, long approved, long declined, long dark, long offline,
    long voids,
    long settled, long settledMinor, long exceptions, long lost, long doubled) {

  static TerminalTally sum(Iterable<TerminalTally> tallies) {
    TerminalTally all = new TerminalTally("all", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (TerminalTally one : tallies) {
      all = new TerminalTally("all", all.taps + one.taps, all.approved + one.approved,
          all.declined + one.declined,
          all.dark + one.dark, all.offline + one.offline, all.voids + one.voids, all.settled + one.settled,
          Math.addExact(all.settledMinor, one.settledMinor), all.exceptions + one.exceptions,
          all.lost + one.lost,
          all.doubled + one.doubled);
    }
    return all;
  }
}

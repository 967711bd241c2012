package dev.counterfoil.sim.verify;

/// One attempt to pay, as the customer saw it.
///
/// @param atMillis    Unix time at which the glass answered
/// @param terminal    name of the terminal
/// @param card        label of the card, `-` for coins and notes
/// @param kind        what was tried
/// @param amountMinor what the glass asked for, 0 when the customer never saw a price
/// @param glass       the answer
/// @param text        the glass as it stood, lines separated by `|`
public record Tap(long atMillis, String terminal, String card, Kind kind, long amountMinor, Glass glass, String text) {

  public enum Kind {
    SALE, VOID, CASH
  }

  public enum Glass {
    /// The customer may take the goods.
    APPROVED,
    /// The customer was refused and saw it.
    DECLINED,
    /// The glass went dark or stayed still: nobody can tell without the journal.
    DARK
  }
}

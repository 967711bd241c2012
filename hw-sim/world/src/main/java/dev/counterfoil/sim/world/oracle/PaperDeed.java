package dev.counterfoil.sim.world.oracle;

/// What somebody at the office did to money, in the words of the paper book. All amounts are minor units.
public sealed interface PaperDeed {

  /// Cash came in over the counter; below 0 when a recharge was taken back.
  record Recharged(long account, long amountMinor) implements PaperDeed {}

  /// A part of a sale, or all of it, went back to where it came from.
  record Refunded(PaperId sale, long amountMinor) implements PaperDeed {}

  record Moved(long payer, long payee, long amountMinor) implements PaperDeed {}

  /// A correction; below 0 when the holder lost it.
  record Adjusted(long account, long amountMinor) implements PaperDeed {}

  /// A subsidy was given.
  ///
  /// @param purse what it is called: a holder is given each once
  /// @param endsMillis server time from which it is not his any more, 0 for never
  record Granted(long account, String purse, long amountMinor, long endsMillis) implements PaperDeed {}

  /// @param fromDrawer in coins and notes, else by the bank
  record PaidOut(long account, long amountMinor, boolean fromDrawer) implements PaperDeed {}

  /// Asked for, refused, frozen or thawed: nobody has more or less.
  record Nothing() implements PaperDeed {}
}

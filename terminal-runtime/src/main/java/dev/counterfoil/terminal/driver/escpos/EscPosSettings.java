package dev.counterfoil.terminal.driver.escpos;

/// What a printer has.
///
/// @param answers whether it can be asked how it is; one behind a device file that only takes bytes cannot
/// @param cuts    whether it has a cutter
/// @param askMillis how often it is asked while nothing is printed
public record EscPosSettings(boolean answers, boolean cuts, long askMillis) {

  /// Often enough to know before the next sale.
  public static final long DEFAULT_ASK_MILLIS = 1_000;
}

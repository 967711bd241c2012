package dev.counterfoil.terminal.driver.escpos;

/// What a printer has.
///
/// @param answers whether it can be asked how it is; one behind a device file that only takes bytes cannot
/// @param cuts    whether it has a cutter
public record EscPosSettings(boolean answers, boolean cuts) {}

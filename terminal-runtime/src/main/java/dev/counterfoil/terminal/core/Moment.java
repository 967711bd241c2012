package dev.counterfoil.terminal.core;

/// When an event happened, by the terminal's two clocks.
///
/// @param bootMillis milliseconds since this run began, never going back
/// @param wallMillis Unix milliseconds by the board's clock, which may be wrong and may jump
public record Moment(long bootMillis, long wallMillis) {}

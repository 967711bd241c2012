package dev.counterfoil.settlement.admin;

/// What a command ended with.
///
/// @param exitCode 0 done, 1 a check found something, 2 bad input or refused
/// @param text     for standard output, or for standard error when refused
public record AdminAnswer(int exitCode, String text) {}

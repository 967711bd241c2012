package dev.counterfoil.terminal.core;

/// Codes of problems that a server tells. What it says goes onto the glass and into the log, so nothing else may be in it.
final class ProblemCode {

  private ProblemCode() {}

  /// The code with whatever no code holds made visible.
  static String printable(String said) {
    return said.replaceAll("[^A-Z_]", "?");
  }
}

package dev.counterfoil.settlement.imports;

/// A file beyond {@link ImportLimits}; nothing of it was taken.
public final class TooLargeException extends Exception {

  private static final long serialVersionUID = 1;

  TooLargeException(String facts) {
    super(facts);
  }
}

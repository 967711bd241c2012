package dev.counterfoil.sim.world.oracle;

/// Numbers of the record kinds, in the order in which the journal page lists them.
final class PaperKind {
  static final int SALE = 5;
  static final int DECLINE = 6;
  static final int VOID = 7;
  static final int GAP = 15;

  private PaperKind() {}
}

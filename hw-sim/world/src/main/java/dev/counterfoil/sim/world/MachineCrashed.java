package dev.counterfoil.sim.world;

/// The simulated machine stopped in the middle of what it was doing. Everything on its stack and heap is gone; only the
/// simulator's machine room catches this.
public final class MachineCrashed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String where;

  public MachineCrashed(String where) {
    super(where, null, false, false);
    this.where = where;
  }

  /// At which point of its work the machine stopped.
  public String where() {
    return where;
  }
}

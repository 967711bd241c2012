package dev.counterfoil.sim.world.oracle;

/// One subsidy as the oracle keeps it: what came in and where it went, in minor units.
final class PaperPurse {
  private final PaperDeed.Granted grant;
  private long spentMinor;
  private long backMinor;
  private long lapsedMinor;

  PaperPurse(PaperDeed.Granted grant) {
    this.grant = grant;
  }

  long account() {
    return grant.account();
  }

  String name() {
    return grant.purse();
  }

  long grantedMinor() {
    return grant.amountMinor();
  }

  long spentMinor() {
    return spentMinor;
  }

  long backMinor() {
    return backMinor;
  }

  long lapsedMinor() {
    return lapsedMinor;
  }

  /// Time from which it is over; never is the end of all time.
  long endsMillis() {
    return grant.endsMillis() == 0 ? Long.MAX_VALUE : grant.endsMillis();
  }

  boolean isOver(long nowMillis) {
    return endsMillis() <= nowMillis;
  }

  long leftMinor() {
    return grantedMinor() - spentMinor + backMinor - lapsedMinor;
  }

  void spend(long amountMinor) {
    spentMinor += amountMinor;
  }

  void takeBack(long amountMinor) {
    backMinor += amountMinor;
  }

  void lapse(long amountMinor) {
    lapsedMinor += amountMinor;
  }

  @Override
  public String toString() {
    return name() + " of account " + account() + ": granted " + grantedMinor() + ", spent " + spentMinor
        + ", back " + backMinor + ", lapsed " + lapsedMinor;
  }
}

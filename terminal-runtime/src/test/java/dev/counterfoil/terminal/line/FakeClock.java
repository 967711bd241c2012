package dev.counterfoil.terminal.line;

/// Time that passes only when somebody waits.
public final class FakeClock implements MonotonicClock {

  private long millis;

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public void await(long waitMillis) {
    advance(waitMillis);
  }

  public void advance(long by) {
    millis += Math.max(0, by);
  }
}

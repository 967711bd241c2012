package dev.counterfoil.terminal.line;

/// The machine's clock, except that the long pauses between two measures of a driver are cut to a tenth. Time-outs
/// stay as they are, because the simulated hardware takes its real time.
public final class ImpatientClock implements MonotonicClock {

  private static final long LONG_PAUSE_MILLIS = 100;

  private final MonotonicClock patient = MonotonicClock.system();

  @Override
  public long millis() {
    return patient.millis();
  }

  @Override
  public void await(long millis) throws InterruptedException {
    patient.await(millis < LONG_PAUSE_MILLIS ? millis : millis / 10);
  }
}

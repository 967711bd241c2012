package dev.counterfoil.sim.replay;

import java.time.Instant;
import java.time.InstantSource;

/// The wall clock of one machine: stands at its latest sale. Safe for several threads.
final class ReplayClock implements InstantSource {

  private volatile Instant now;

  ReplayClock(Instant start) {
    now = start;
  }

  void set(Instant later) {
    now = later;
  }

  @Override
  public Instant instant() {
    return now;
  }
}

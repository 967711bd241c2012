package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.terminal.journal.JournalState;

/// What a terminal tells the server of itself with each greeting and each sign of life. Driven by the core's thread.
final class SelfReport {

  private final TerminalSetup setup;
  private final TerminalClock clock;
  private final DeviceFaults devices;

  SelfReport(TerminalSetup setup, TerminalClock clock, DeviceFaults devices) {
    this.setup = setup;
    this.clock = clock;
    this.devices = devices;
  }

  Condition of(JournalState journal) {
    return Condition.newBuilder().setStartCause(setup.cause().name()).setStarts(journal.boots().count())
        .setUpMs(clock.now().bootMillis()).setRecords(journal.recordCount())
        .setCapacity(setup.capacityRecords())
        .setUnsent(journal.unsent()).setTimeQuality(clock.quality().code())
        .setClockAheadMs(clock.isAnchored() ? clock.now().wallMillis() - clock.bestWallMillis() : 0)
        .setSnapshotVersion(journal.versions().snapshot()).setDenyVersion(journal.versions().deny())
        .addAllDevices(devices.told()).build();
  }
}

package dev.counterfoil.sim.world;

/// Every class of fault the world can deal out. Each has a counter; a run whose seed set leaves one at zero fails,
/// because a fault that silently stopped happening would make every later "no violation" worthless.
public enum FaultKind {
  // network
  FRAME_LOST, FRAME_DUPLICATED, FRAME_REORDERED, FRAME_DELAYED, ACK_LOST_AFTER_COMMIT, DECISION_LATE,
  PARTITION, ASYMMETRIC_PARTITION,
  HALF_OPEN, CONNECTION_RESET, RECONNECT_STORM, LONG_OUTAGE,
  // terminal power and disk
  CUT_BEFORE_COMMIT, CUT_TORN_WRITE, CUT_AFTER_COMMIT, CUT_BETWEEN_COMMIT_AND_ACK, CUT_IN_RECOVERY,
  CUT_SERIES, KILL_PROCESS,
  DISK_STALL, DISK_FULL, WRITE_ERROR_KEPT, WRITE_ERROR_NOT_KEPT,
  MIRROR_BEHIND, MIRROR_LOST, IMAGE_ROLLED_BACK, IMAGE_CLONED,
  // clocks
  CLOCK_STEP_BACK, CLOCK_STEP_FORWARD,
  // server
  SERVER_CRASH_BEFORE_COMMIT, SERVER_CRASH_AFTER_COMMIT, SERVER_RESTORED, COPY_STALLED,
  // people
  ACCOUNT_FROZEN, CARD_DENIED, FORGED_BYTES
}

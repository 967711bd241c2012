package dev.counterfoil.sim.world.disk;

/// What happens at one write of a terminal's medium.
public enum DiskFault {
  NONE,
  /// Power ends before anything of the unit reached the medium.
  CUT_BEFORE,
  /// Power ends in the middle of the unit: sectors of it are there, its commit mark is not, so it does not count.
  CUT_TORN,
  /// Power ends after the unit is durable and before the caller learns it.
  CUT_AFTER,
  /// The write is refused for lack of space.
  FULL,
  /// The write reports an error, nothing is kept.
  ERROR_NOT_KEPT,
  /// The write reports an error although the unit is durable.
  ERROR_KEPT
}

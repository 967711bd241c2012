package dev.counterfoil.terminal.journal;

/// The durable part of knowing how long the last contact is ago without a clock.
///
/// @param sinceContactMillis sum of monotonic run time since the last contact; written with each record and
///     every five minutes, so a power cut can hide at most five minutes of it
/// @param blindStarts starts since the last contact after which no clock could be trusted
/// @param contactWallMillis wall clock at the last contact, for terminals whose clock kept running; 0 = never
public record RunTime(long sinceContactMillis, long blindStarts, long contactWallMillis) {

  public static final RunTime NONE = new RunTime(0, 0, 0);
}

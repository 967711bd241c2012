package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What may be pruned (journal page, section 4): records that are settled and in the verified copy, older
/// than thirty days, and never the last thousand. Pure.
///
/// Age is server time less server time: the signed acknowledgement's, less that which a record carries when it was
/// written under a time anchor of its own run. Other records carry a board's clock that may be wrong by years; they
/// go only with a later one whose age is known, so that a wrong clock keeps records rather than removes them.
public final class Pruning {

  /// How long records stay after they are SAFE.
  public static final Duration KEPT_FOR = Duration.ofDays(30);
  /// Newest records that always stay.
  public static final int KEPT_RECORDS = 1_000;
  /// Most records removed in one unit, so that a tap never waits long behind it.
  public static final int STEP_RECORDS = 2_000;
  /// Most bytes looked at for one step.
  public static final int STEP_BYTES = 8 * 1024 * 1024;

  private Pruning() {}

  /// Whether so much is SAFE and stored that a look at the records can show something to remove.
  static boolean mayRemove(JournalState state) {
    return limit(state) > state.origin().seq();
  }

  private static long limit(JournalState state) {
    return Math.min(state.ack().prunableSeq(), state.head().seq() - KEPT_RECORDS);
  }

  private static long before(JournalState state) {
    return state.ack().statement().getServerMs() - KEPT_FOR.toMillis();
  }

  /// The anchor of the next step, empty if nothing may go.
  ///
  /// @param oldest the oldest stored records, ascending, as many as a step may remove
  public static Optional<PruneAnchor> next(JournalState state, List<JournalRecord> oldest) {
    return oldest.reversed().stream().filter(record -> isOld(state, record)).findFirst()
        .flatMap(newestOld -> upTo(state, oldest, newestOld.seq()));
  }

  /// Whether a record's own time says that it may go.
  static boolean isOld(JournalState state, JournalRecord record) {
    return isAnchored(record) && record.wallMillis() < before(state);
  }

  /// The anchor of a step where records up to `oldSeq` are known to be old enough, empty if none may go.
  static Optional<PruneAnchor> upTo(JournalState state, List<JournalRecord> oldest, long oldSeq) {
    long limit = Math.min(limit(state), oldSeq);
    return oldest.reversed().stream().filter(record -> record.seq() <= limit).findFirst()
        .map(record -> new PruneAnchor(record.epoch(), record.position(), state.ack().signed()));
  }

  static boolean isAnchored(JournalRecord record) {
    return switch (record.timeQuality()) {
      case ANCHORED -> true;
      case ANCHORED_BEFORE, LOCAL_CLOCK, UNKNOWN -> false;
    };
  }
}

package dev.counterfoil.terminal.core;

import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.policy.OfflineUsage.SinceContact;
import dev.counterfoil.terminal.journal.AnchorHeld;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.RunTime;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.OptionalInt;

/// What the terminal may believe about time. The server's time is the only truth; a board's clock is data, and no
/// amount depends on it (I-16).
final class TerminalClock {

  private static final long MILLIS_PER_HOUR = 3_600_000;
  private static final long MILLIS_PER_MINUTE = 60_000;

  private final TerminalSetup setup;
  private Moment now;
  private AnchorHeld anchor;
  private RunTime stored;
  /// Boot time from which time without the server counts; the stored sum is added.
  private long countedFrom;
  private boolean inContact;

  TerminalClock(TerminalSetup setup, Moment start, JournalState state) {
    this.setup = setup;
    this.now = start;
    this.anchor = state.anchor();
    this.stored = blindly(state.runTime(), state);
    this.countedFrom = start.bootMillis();
  }

  /// A start whose clock nobody can vouch for is counted, whether or not it sells anything.
  private RunTime blindly(RunTime before, JournalState state) {
    boolean first = state.boots().count() <= 1;
    // A battery that is empty sets the clock back: then nobody vouches for it either.
    boolean vouched = setup.clockKeepsRunning() && now.wallMillis() >= before.contactWallMillis();
    return first || vouched
        ? before
        : new RunTime(before.sinceContactMillis(), before.blindStarts() + 1, before.contactWallMillis());
  }

  void advance(Moment to) {
    now = to;
  }

  Moment now() {
    return now;
  }

  /// A server time given to this very run was made durable.
  void anchored(AnchorHeld held) {
    anchor = held;
  }

  boolean isAnchored() {
    return anchor.anchorId() != 0 && anchor.bootId().equals(setup.boot());
  }

  /// Whether a fresh server time is worth a record: the first of this run, or after an hour.
  boolean wantsAnchor() {
    return !isAnchored() || now.bootMillis() - anchor.bootMillis() >= MILLIS_PER_HOUR;
  }

  /// The server spoke in a session that it accepted.
  void contact() {
    inContact = true;
    stored = new RunTime(0, 0, bestWallMillis());
    countedFrom = now.bootMillis();
  }

  void contactLost() {
    if (inContact) {
      inContact = false;
      stored = new RunTime(0, 0, bestWallMillis());
      countedFrom = now.bootMillis();
    }
  }

  boolean inContact() {
    return inContact;
  }

  /// Time without the server up to now, for the journal.
  RunTime runTime() {
    return inContact
        ? stored
        : new RunTime(stored.sinceContactMillis() + now.bootMillis() - countedFrom, stored.blindStarts(),
            stored.contactWallMillis());
  }

  SinceContact sinceContact() {
    return new SinceContact(trusted(), bestWallMillis() - stored.contactWallMillis(),
        runTime().sinceContactMillis(), stored.blindStarts());
  }

  /// How old account data is that was current at `servedMillis` or at the last contact.
  long ageMillis(long servedMillis) {
    long elapsed = runTime().sinceContactMillis();
    return trusted()
        ? Math.max(elapsed, bestWallMillis() - Math.max(servedMillis, stored.contactWallMillis()))
        : elapsed;
  }

  private boolean trusted() {
    return isAnchored() || setup.clockKeepsRunning() && now.wallMillis() >= stored.contactWallMillis();
  }

  /// The best guess at the present: the server's time carried on by the monotonic clock; without one in this run, the
  /// board's clock, but never before the last time that the server told.
  long bestWallMillis() {
    return isAnchored()
        ? anchor.serverMillis() + now.bootMillis() - anchor.bootMillis()
        : Math.max(now.wallMillis(), anchor.serverMillis());
  }

  /// Day that a card's sum counts on.
  long epochDay() {
    return Instant.ofEpochMilli(bestWallMillis()).atZone(setup.zone()).toLocalDate().toEpochDay();
  }

  /// Minute of the day at the site at which a record was written.
  int minuteOfDay(long wallMillis) {
    return Instant.ofEpochMilli(wallMillis).atZone(setup.zone()).get(ChronoField.MINUTE_OF_DAY);
  }

  /// Minute of the day at the site; empty while neither a server nor a clock with a battery vouches for the time.
  OptionalInt minuteOfDay() {
    return trusted()
        ? OptionalInt
            .of(Instant.ofEpochMilli(bestWallMillis()).atZone(setup.zone()).get(ChronoField.MINUTE_OF_DAY))
        : OptionalInt.empty();
  }

  /// When the next minute of the clock begins, boot milliseconds.
  long nextMinute() {
    return now.bootMillis() + MILLIS_PER_MINUTE - Math.floorMod(bestWallMillis(), MILLIS_PER_MINUTE);
  }

  TimeQuality quality() {
    if (isAnchored()) {
      return TimeQuality.ANCHORED;
    }
    return anchor.anchorId() != 0 ? TimeQuality.ANCHORED_BEFORE : TimeQuality.LOCAL_CLOCK;
  }

  /// Under a server time of this run a record carries that time, carried on by the monotonic clock: how long it must be
  /// kept is measured by it. Otherwise the board's clock, which proves nothing.
  RecordCircumstances circumstances() {
    long wall = isAnchored() ? bestWallMillis() : now.wallMillis();
    return new RecordCircumstances(wall, quality(), now.bootMillis(), anchor.anchorId(), 0);
  }
}

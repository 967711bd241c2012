package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.protocol.journal.RecordCircumstances;

/// Equal declines of one card and reason within ten seconds are one record with a count (journal page,
/// section 1): a card left on the reader, or a stubborn customer, must not fill the journal.
///
/// The first decline is made durable as state and becomes a record when its window ends or when anything else
/// is to be written, whichever is first, so the order of events in the chain stays true. A power cut in
/// between loses nothing: the held decline is written right after the RESUME of the next start.
final class DeclineWindow {

  private DeclineWindow() {}

  /// Whether `decline` counts into `held`.
  static boolean covers(PendingDecline held, Decline decline, RecordCircumstances now, long windowMillis) {
    var first = held.decline();
    return !isOver(held, now, windowMillis) && first.getCardToken().equals(decline.getCardToken())
        && first.getReason().equals(decline.getReason()) && first.getAccountId() == decline.getAccountId();
  }

  /// Whether the window has ended. A monotonic time before the window's start belongs to another run, which
  /// ends it.
  static boolean isOver(PendingDecline held, RecordCircumstances now, long windowMillis) {
    long age = now.bootMillis() - held.first().bootMillis();
    return age < 0 || age >= windowMillis;
  }

  static PendingDecline opened(Decline decline, RecordCircumstances now) {
    return new PendingDecline(decline.toBuilder().setCount(1).build(), now);
  }

  static PendingDecline counted(PendingDecline held) {
    var decline = held.decline();
    return new PendingDecline(decline.toBuilder().setCount(decline.getCount() + 1).build(), held.first());
  }
}

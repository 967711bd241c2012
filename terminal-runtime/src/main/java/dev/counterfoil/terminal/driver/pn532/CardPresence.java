package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.ReaderEvent;
import java.util.List;

/// Turns looks into the field into cards presented and removed. Pure.
///
/// ```
/// Empty      --one card--------------------------> Confirming
/// Confirming --same card again-------------------> Present, CardPresented
/// Confirming --other card------------------------> Confirming the other one
/// Confirming --nothing for the removal time------> Empty
/// Present    --nothing for the removal time------> Empty, CardRemoved
/// Present    --other card, twice alike-----------> Present, CardRemoved and CardPresented
/// any        --two cards-------------------------> Crowded, SeveralCardsPresent
/// Crowded    --nothing for the removal time------> Empty, CardRemoved if one had been presented
/// ```
/// A crowded field must become empty before any card counts: of two cards taken away, one is always the last, and
/// it is not the customer's choice.
final class CardPresence {

  /// What the field looks like; times are on the caller's monotonic clock.
  sealed interface State {

    record Empty() implements State {}

    /// @param candidate seen once, waiting for a second reading
    /// @param seenAt    when it was seen last
    record Confirming(CardIdentity candidate, long seenAt) implements State {}

    record Present(CardIdentity card, long seenAt) implements State {}

    /// A card other than the present one was seen once.
    record Exchanging(CardIdentity card, CardIdentity candidate, long seenAt) implements State {}

    /// @param presented the card that had been presented before the crowd came; none or one
    record Crowded(List<CardIdentity> presented, long seenAt) implements State {}
  }

  /// @param state  next state
  /// @param events what to tell the terminal, in order
  record Step(State state, List<ReaderEvent> events) {

    private static Step stay(State state) {
      return new Step(state, List.of());
    }
  }

  private final long removalMillis;

  CardPresence(long removalMillis) {
    this.removalMillis = removalMillis;
  }

  /// Whether the next look should follow at once, because a card waits for its second reading.
  static boolean isUrgent(State state) {
    return switch (state) {
      case State.Confirming _,State.Exchanging _ -> true;
      case State.Empty _,State.Present _,State.Crowded _ -> false;
    };
  }

  /// @param cards what one look found: none, one or two different cards
  /// @param now   when
  Step look(State state, List<CardIdentity> cards, long now) {
    var distinct = cards.stream().distinct().toList();
    return switch (distinct.size()) {
      case 0 -> nothing(state, now);
      case 1 -> one(state, distinct.getFirst(), now);
      default -> crowd(state, now);
    };
  }

  private Step nothing(State state, long now) {
    return switch (state) {
      case State.Empty _ -> Step.stay(state);
      case State.Confirming(var _, long seenAt) when !isGone(seenAt, now) -> Step.stay(state);
      case State.Confirming _ -> Step.stay(new State.Empty());
      case State.Present(var _, long seenAt) when !isGone(seenAt, now) -> Step.stay(state);
      case State.Present(var card, var _) -> removed(card);
      case State.Exchanging(var card, var _, long seenAt) when !isGone(seenAt, now) ->
        Step.stay(new State.Present(card, seenAt));
      case State.Exchanging(var card, var _, var _) -> removed(card);
      case State.Crowded(var _, long seenAt) when !isGone(seenAt, now) -> Step.stay(state);
      case State.Crowded(var presented, var _) ->
        new Step(new State.Empty(),
            presented.stream().<ReaderEvent>map(ReaderEvent.CardRemoved::new).toList());
    };
  }

  private Step one(State state, CardIdentity seen, long now) {
    return switch (state) {
      case State.Empty _ -> Step.stay(new State.Confirming(seen, now));
      case State.Confirming(var candidate, var _) when candidate.equals(seen) ->
        new Step(new State.Present(seen, now), List.of(new ReaderEvent.CardPresented(seen)));
      case State.Confirming _ -> Step.stay(new State.Confirming(seen, now));
      case State.Present(var card, var _) when card.equals(seen) -> Step.stay(new State.Present(card, now));
      case State.Present(var card, var _) -> Step.stay(new State.Exchanging(card, seen, now));
      case State.Exchanging(var card, var _, var _) when card.equals(seen) ->
        Step.stay(new State.Present(card, now));
      case State.Exchanging(var card, var candidate, var _) when candidate.equals(seen) ->
        new Step(new State.Present(seen, now),
            List.of(new ReaderEvent.CardRemoved(card), new ReaderEvent.CardPresented(seen)));
      case State.Exchanging(var card, var _, var _) -> Step.stay(new State.Exchanging(card, seen, now));
      case State.Crowded(var presented, var _) -> Step.stay(new State.Crowded(presented, now));
    };
  }

  private static Step crowd(State state, long now) {
    return switch (state) {
      case State.Empty _,State.Confirming _ -> crowded(List.of(), now);
      case State.Present(var card, var _) -> crowded(List.of(card), now);
      case State.Exchanging(var card, var _, var _) -> crowded(List.of(card), now);
      case State.Crowded(var presented, var _) -> Step.stay(new State.Crowded(presented, now));
    };
  }

  private static Step crowded(List<CardIdentity> presented, long now) {
    return new Step(new State.Crowded(presented, now), List.of(new ReaderEvent.SeveralCardsPresent()));
  }

  private static Step removed(CardIdentity card) {
    return new Step(new State.Empty(), List.of(new ReaderEvent.CardRemoved(card)));
  }

  private boolean isGone(long seenAt, long now) {
    return now - seenAt >= removalMillis;
  }
}

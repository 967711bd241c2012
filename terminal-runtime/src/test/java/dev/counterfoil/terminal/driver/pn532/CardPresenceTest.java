package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.ReaderEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardPresenceTest {

  private static final CardIdentity A = card(0xA);
  private static final CardIdentity B = card(0xB);

  private final CardPresence presence = new CardPresence(300);
  private final List<ReaderEvent> events = new ArrayList<>();
  private CardPresence.State state = new CardPresence.State.Empty();

  @Test
  void aCardIsPresentedWhenItWasReadTwiceAlike() {
    look(0, A);
    assertThat(events).isEmpty();
    assertThat(CardPresence.isUrgent(state)).isTrue();

    look(10, A);

    assertThat(events).containsExactly(new ReaderEvent.CardPresented(A));
    assertThat(CardPresence.isUrgent(state)).isFalse();
  }

  @Test
  void twoReadingsThatDifferPresentNobody() {
    look(0, A);
    look(10, B);
    look(20, A);
    look(30, B);

    assertThat(events).isEmpty();
  }

  @Test
  void aCardThatFlickersIsPresentedOnce() {
    look(0, A);
    look(10, A);
    look(50);
    look(100, A);
    look(390);
    look(399, A);

    assertThat(events).containsExactly(new ReaderEvent.CardPresented(A));
  }

  @Test
  void aCardIsRemovedAfterTheRemovalTimeAndMayComeBack() {
    look(0, A);
    look(10, A);
    look(309);
    look(310);
    look(400, A);
    look(410, A);

    assertThat(events).containsExactly(new ReaderEvent.CardPresented(A), new ReaderEvent.CardRemoved(A),
        new ReaderEvent.CardPresented(A));
  }

  @Test
  void aSingleReadingBetweenTwoLooksIsForgotten() {
    look(0, A);
    look(150);
    look(301);
    look(400, A);

    assertThat(events).isEmpty();
    assertThat(state).isInstanceOf(CardPresence.State.Confirming.class);
  }

  @Test
  void anotherCardInPlaceOfTheFirstIsAlsoReadTwice() {
    look(0, A);
    look(10, A);
    look(50, B);
    assertThat(events).hasSize(1);

    look(60, B);

    assertThat(events).containsExactly(new ReaderEvent.CardPresented(A), new ReaderEvent.CardRemoved(A),
        new ReaderEvent.CardPresented(B));
  }

  @Test
  void oneMisreadingWhileACardLiesThereChangesNothing() {
    look(0, A);
    look(10, A);
    look(50, B);
    look(60, A);

    assertThat(events).containsExactly(new ReaderEvent.CardPresented(A));
  }

  @Test
  void ofTwoCardsTakenAwayTheLastOneIsNotPresented() {
    look(0, A, B);
    look(50, A, B);
    look(100, B);
    look(150, B);
    assertThat(events).containsExactly(new ReaderEvent.SeveralCardsPresent());

    look(450);
    look(500, B);
    look(510, B);

    assertThat(events).containsExactly(new ReaderEvent.SeveralCardsPresent(),
        new ReaderEvent.CardPresented(B));
  }

  @Test
  void aSecondCardBesideThePresentedOneIsReportedAndThePresentedOneRemovedInTheEnd() {
    look(0, A);
    look(10, A);
    look(50, A, B);
    look(100, A);
    look(400);

    assertThat(events).containsExactly(new ReaderEvent.CardPresented(A),
        new ReaderEvent.SeveralCardsPresent(),
        new ReaderEvent.CardRemoved(A));
  }

  @Test
  void oneCardListedTwiceIsOneCard() {
    look(0, A, A);
    look(10, A);

    assertThat(events).containsExactly(new ReaderEvent.CardPresented(A));
  }

  private void look(long now, CardIdentity... cards) {
    var step = presence.look(state, List.of(cards), now);
    state = step.state();
    events.addAll(step.events());
  }

  private static CardIdentity card(int tail) {
    return new CardIdentity(CardTechnology.MIFARE_CLASSIC, new byte[] {4, 1, 2, (byte) tail}, 4, 8,
        new byte[0]);
  }
}

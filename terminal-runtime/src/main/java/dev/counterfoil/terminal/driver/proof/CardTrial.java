package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.ReaderEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One card before its [CardProver], with what belongs to it: a card that lost contact and still lies there is tried
/// again, because weak antennas and hasty hands are more common than forgers.
///
/// Threads: the reader's.
public final class CardTrial {

  /// A card that loses contact so often in a row will lose it again.
  static final int MOST_TRIES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CardTrial.class);

  /// The reader with the card on it.
  public interface Place {

    /// The conversation with the card, good again after [#selectAgain()].
    CardChannel channel();

    /// Whether this very card lies there alone, ready from the start.
    boolean selectAgain() throws DeviceFaultException, InterruptedException;

    /// The card is gone: if it comes back, at once even, it is presented anew.
    void forget();
  }

  private final CardProver prover;

  public CardTrial(CardProver prover) {
    this.prover = prover;
  }

  /// What the terminal is told about this card.
  ///
  /// @throws DeviceFaultException if the reader does not work; nothing was decided
  public ReaderEvent judge(Place place) throws DeviceFaultException, InterruptedException {
    var card = place.channel().card();
    for (int tries = 1;; tries++) {
      try {
        return new ReaderEvent.CardPresented(card, prover.prove(place.channel()));
      } catch (CardRefusedException e) {
        var verdict = verdict(e.refusal(), tries, place);
        if (verdict != null) {
          LOG.info("event=card_refused code={} technology={} detail=\"{}\"", verdict, card.technology(),
              e.getMessage());
          return new ReaderEvent.CardRefused(card, verdict);
        }
      }
    }
  }

  /// The final word, or none when the card gets another try.
  private static @Nullable CardRefusal verdict(CardRefusal refusal, int tries, Place place)
      throws DeviceFaultException, InterruptedException {
    if (refusal != CardRefusal.CARD_REMOVED) {
      return refusal;
    }
    if (!place.selectAgain()) {
      place.forget();
      return CardRefusal.CARD_REMOVED;
    }
    return tries < MOST_TRIES ? null : CardRefusal.CARD_UNSTEADY;
  }
}

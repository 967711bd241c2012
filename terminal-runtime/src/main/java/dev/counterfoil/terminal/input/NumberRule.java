package dev.counterfoil.terminal.input;

import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.ReaderEvent;

/// What cards are worth of which a reader tells nothing but a number. Pure.
///
/// Anybody can copy a number, so a terminal whose rule demands a proof takes none of them: a second reader must not be a
/// way around the first one. A number that a card has just invented is nobody's.
///
/// @param suffices whether this terminal takes a card's word for who it is
public record NumberRule(boolean suffices) {

  ReaderEvent judge(ReaderEvent event) {
    return switch (event) {
      case ReaderEvent.CardPresented(var card, var _) when !suffices ->
        new ReaderEvent.CardRefused(card, CardRefusal.CARD_WRONG_KIND);
      case ReaderEvent.CardPresented(var card, var _) when card.hasRandomUid() ->
        new ReaderEvent.CardRefused(card, CardRefusal.CARD_UNIDENTIFIED);
      case ReaderEvent.CardPresented _,ReaderEvent.CardRefused _,ReaderEvent.CardMisread _,ReaderEvent.CardRemoved _,ReaderEvent.SeveralCardsPresent _,ReaderEvent.ReaderFault _,ReaderEvent.ReaderRecovered _ ->
        event;
    };
  }
}

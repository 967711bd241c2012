package dev.counterfoil.terminal.input;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a card reader tells, as events of the core. A card's identity ends here; beyond it there are tokens. Pure, but
/// for a line in the log.
///
/// @param tokens makes the token of a card's identity
public record CardEvents(Function<byte[], CardToken> tokens) {

  private static final Logger LOG = LoggerFactory.getLogger(CardEvents.class);

  /// @param reader which one, as [dev.counterfoil.terminal.core.DeviceNeeds] knows it
  public Event of(String reader, ReaderEvent event) {
    return switch (event) {
      case ReaderEvent.CardPresented(var _, var proof) ->
        input(new SaleEvent.CardPresented(tokens.apply(proof.identity())));
      case ReaderEvent.CardRefused(var _, var why) -> input(new SaleEvent.CardUnidentified(why));
      case ReaderEvent.CardRemoved _ -> input(new SaleEvent.CardRemoved());
      case ReaderEvent.SeveralCardsPresent() -> input(new SaleEvent.SeveralCards());
      case ReaderEvent.CardMisread(var fault) -> {
        LOG.warn("event=card_misread detail=\"{}\"", fault.describe());
        yield input(new SaleEvent.Misread(Screen.Mistake.PRESENT_AGAIN));
      }
      case ReaderEvent.ReaderFault(var fault) -> new Event.DeviceFailed(reader, fault.code().name());
      case ReaderEvent.ReaderRecovered() -> new Event.DeviceWell(reader);
    };
  }

  private static Event input(SaleEvent event) {
    return new Event.Input(event);
  }
}

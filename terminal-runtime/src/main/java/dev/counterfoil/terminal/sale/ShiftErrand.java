package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleMachine.Step;
import dev.counterfoil.terminal.sale.SaleState.ShiftRecording;
import java.util.Optional;

/// An operator's card opens the shift, or closes the one that is open. Pure, as [SaleMachine].
final class ShiftErrand {

  private final SaleSteps steps;

  ShiftErrand(SaleSteps steps) {
    this.steps = steps;
  }

  static Step begin(CardToken operator, SaleDesk desk) {
    return Step.of(new ShiftRecording(), new SaleEffect.Indicate(Signal.WAIT),
        new SaleEffect.RecordShift(!desk.shiftOpen(), operator));
  }

  /// Test mode is switched like a shift: by a card and a durable record.
  static Step test(CardToken operator, SaleDesk desk) {
    return Step.of(new ShiftRecording(), new SaleEffect.Indicate(Signal.WAIT),
        new SaleEffect.SetTestMode(!desk.testMode(), operator));
  }

  Step step(ShiftRecording state, SaleEvent event, long now) {
    return switch (event) {
      case SaleEvent.ShiftOpened(var number) -> done(new Screen.ShiftOpened(number), Signal.APPROVE, now);
      case SaleEvent.ShiftClosed(var number, var net) ->
        done(new Screen.ShiftClosed(number, net), Signal.APPROVE, now);
      case SaleEvent.TestModeSet(var on) -> done(new Screen.TestMode(on), Signal.APPROVE, now);
      case SaleEvent.ShiftFailed(var code) -> done(new Screen.OutOfOrder(code), Signal.ERROR, now);
      case SaleEvent.BasketOffered(var basket) -> Step.of(state, SaleSteps.busy(basket));
      case SaleEvent.CashTaken(var basket) -> Step.of(state, SaleSteps.busy(basket));
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _,SaleEvent.Tick _ ->
        Step.of(state);
    };
  }

  private Step done(Screen result, Signal signal, long now) {
    return steps.show(result, Optional.empty(), now).plus(new SaleEffect.Indicate(signal));
  }
}

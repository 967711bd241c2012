package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleEffect.SaleName;
import dev.counterfoil.terminal.sale.SaleMachine.Step;
import dev.counterfoil.terminal.sale.SaleState.Recording;
import dev.counterfoil.terminal.sale.SaleState.RefundAmount;
import dev.counterfoil.terminal.sale.SaleState.RefundAsking;
import dev.counterfoil.terminal.sale.SaleState.RefundSale;
import java.util.Optional;

/// An operator pays a sale back, whole or in part (RFD-03, RFD-05). Only the server knows what is left of a sale, so without
/// it nothing is paid back; what it allows moves money with the durable record alone. Pure, as [SaleMachine].
final class RefundErrand {

  /// Somebody waits who can be told to try again; a purchase falls back sooner.
  private static final long ANSWER_MILLIS = 5_000;
  private static final int MOST_DIGITS = 12;

  private final SaleSettings settings;
  private final SaleSteps steps;

  RefundErrand(SaleSettings settings, SaleSteps steps) {
    this.settings = settings;
    this.steps = steps;
  }

  Step begin(CardToken operator, long now, SaleDesk desk) {
    return desk.errandsTaken() ? which(operator, "", now) : offline(now);
  }

  private Step which(CardToken operator, String typed, long now) {
    return Step.of(new RefundSale(operator, typed, now + settings.armedMillis()),
        new SaleEffect.Show(new Screen.RefundSale(typed)), new SaleEffect.Indicate(Signal.IDLE));
  }

  private Step offline(long now) {
    return rejected(Screen.Mistake.REFUND_ONLINE_ONLY, now);
  }

  private Step rejected(Screen.Mistake mistake, long now) {
    return steps.show(new Screen.Rejected(mistake), Optional.empty(), now)
        .plus(new SaleEffect.Indicate(Signal.DECLINE));
  }

  Step step(RefundSale state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> find(state, new SaleName.Card(token), now);
      case SaleEvent.ReceiptPresented(var code) -> find(state, new SaleName.Receipt(code), now);
      case SaleEvent.KeyPressed(var key) -> whichKey(state, key, now, desk);
      case SaleEvent.Tick _ ->
        now >= state.untilMillis() ? steps.toIdle(Optional.empty(), desk) : Step.of(state);
      case SaleEvent.LinkLost _ -> offline(now);
      case SaleEvent.BasketOffered(var basket) -> Step.of(state, SaleSteps.busy(basket));
      case SaleEvent.CashTaken(var basket) -> Step.of(state, SaleSteps.busy(basket));
      case SaleEvent.Misread(var mistake) -> SaleSteps.misread(state, mistake);
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private Step whichKey(RefundSale state, char key, long now, SaleDesk desk) {
    String typed = state.typed();
    if (key >= '0' && key <= '9' && typed.length() < MOST_DIGITS) {
      return which(state.operator(), typed + key, now);
    }
    return switch (key) {
      case '<' -> which(state.operator(), typed.isEmpty() ? "" : typed.substring(0, typed.length() - 1), now);
      case 'D' -> typed.isEmpty() ? steps.toIdle(Optional.empty(), desk) : which(state.operator(), "", now);
      case '#' -> typed.isEmpty() || Long.parseLong(typed) == 0 ? Step.of(state)
          : find(state, new SaleName.Record(Long.parseLong(typed)), now);
      default -> Step.of(state);
    };
  }

  private static Step find(RefundSale state, SaleName name, long now) {
    return Step.of(new RefundAsking(state.operator(), Optional.empty(), now + ANSWER_MILLIS),
        new SaleEffect.Show(new Screen.RefundAsked()), new SaleEffect.Indicate(Signal.WAIT),
        new SaleEffect.FindSale(state.operator(), name));
  }

  Step step(RefundAsking state, SaleEvent event, long now) {
    return switch (event) {
      case SaleEvent.SaleFound(var sale) when state.refund().isEmpty() && sale.leftMinor() <= 0 ->
        rejected(Screen.Mistake.REFUND_TOO_HIGH, now);
      case SaleEvent.SaleFound(var sale) when state.refund().isEmpty() ->
        howMuch(state.operator(), sale, "", now);
      case SaleEvent.RefundApproved(var transaction, var left) when state.refund()
          .filter(wanted -> wanted.transaction().equals(transaction)).isPresent() ->
        record(state.operator(), state.refund().get(), left);
      case SaleEvent.RefundRefused(var code) ->
        steps.show(new Screen.RefundRefused(code), Optional.empty(), now)
            .plus(new SaleEffect.Indicate(Signal.DECLINE));
      // What the server may have allowed meanwhile moves no money: no record follows.
      case SaleEvent.LinkLost _ -> offline(now);
      case SaleEvent.Tick _ -> now >= state.answerByMillis() ? offline(now) : Step.of(state);
      case SaleEvent.BasketOffered(var basket) -> Step.of(state, SaleSteps.busy(basket));
      case SaleEvent.CashTaken(var basket) -> Step.of(state, SaleSteps.busy(basket));
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private Step howMuch(CardToken operator, RefundableSale sale, String typed, long now) {
    return Step.of(new RefundAmount(operator, sale, typed, now + settings.armedMillis()),
        new SaleEffect.Show(new Screen.RefundAmount(sale.leftMinor(), typed)),
        new SaleEffect.Indicate(Signal.IDLE));
  }

  Step step(RefundAmount state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.KeyPressed(var key) -> amountKey(state, key, now, desk);
      case SaleEvent.Tick _ ->
        now >= state.untilMillis() ? steps.toIdle(Optional.empty(), desk) : Step.of(state);
      case SaleEvent.BasketOffered(var basket) -> Step.of(state, SaleSteps.busy(basket));
      case SaleEvent.CashTaken(var basket) -> Step.of(state, SaleSteps.busy(basket));
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private Step amountKey(RefundAmount state, char key, long now, SaleDesk desk) {
    String typed = state.typed();
    return switch (key) {
      case '<' -> howMuch(state.operator(), state.sale(),
          typed.isEmpty() ? "" : typed.substring(0, typed.length() - 1), now);
      case 'D' -> typed.isEmpty() ? steps.toIdle(Optional.empty(), desk)
          : howMuch(state.operator(), state.sale(), "", now);
      case '#' -> order(state, now, desk);
      default -> KeyedInput.isAmount(typed + key) ? howMuch(state.operator(), state.sale(), typed + key, now)
          : Step.of(state);
    };
  }

  private Step order(RefundAmount state, long now, SaleDesk desk) {
    long left = state.sale().leftMinor();
    long amount = state.typed().isEmpty() ? left : KeyedInput.amountOf(state.typed());
    if (amount <= 0 || amount > left) {
      return rejected(Screen.Mistake.REFUND_TOO_HIGH, now);
    }
    var wanted = new RefundAsking.Wanted(desk.nextTransaction(), state.sale(), amount);
    return Step.of(new RefundAsking(state.operator(), Optional.of(wanted), now + ANSWER_MILLIS),
        new SaleEffect.Show(new Screen.RefundAsked()), new SaleEffect.Indicate(Signal.WAIT),
        new SaleEffect.AskRefund(state.operator(), wanted.transaction(), state.sale().original(), amount));
  }

  private static Step record(CardToken operator, RefundAsking.Wanted wanted, long left) {
    return Step.of(
        new Recording(wanted.transaction(), Basket.ofAmount(wanted.amountMinor()),
            new Screen.Refunded(wanted.amountMinor(), wanted.sale().isCash()), Optional.empty(), false),
        new SaleEffect.RecordRefund(wanted.transaction(), operator, wanted.sale(), wanted.amountMinor(),
            left));
  }
}

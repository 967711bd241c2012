package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleMachine.Step;
import dev.counterfoil.terminal.sale.SaleState.BalanceAsked;
import dev.counterfoil.terminal.sale.SaleState.OperatorNeeded;
import dev.counterfoil.terminal.sale.SaleState.Recording;
import java.util.Optional;

/// What else a card is presented for than to pay: an operator's takes back the last sale, any card may ask for its balance.
/// Pure, as [SaleMachine].
final class CardErrands {

  private final SaleSteps steps;

  CardErrands(SaleSteps steps) {
    this.steps = steps;
  }

  Step step(OperatorNeeded state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> takeBack(token, now, desk);
      case SaleEvent.KeyPressed(var key) ->
        key == 'D' ? steps.toIdle(Optional.empty(), desk) : Step.of(state);
      case SaleEvent.Tick _ ->
        now >= state.untilMillis() ? steps.toIdle(Optional.empty(), desk) : Step.of(state);
      case SaleEvent.CardUnidentified(var why) -> steps.unidentified(state, why, now);
      case SaleEvent.BasketOffered(var basket) -> steps.offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> steps.cash(state, basket, desk);
      case SaleEvent.Misread(var mistake) -> SaleSteps.misread(state, mistake);
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  Step step(BalanceAsked state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> tellBalance(token, now, desk);
      case SaleEvent.KeyPressed _ -> steps.toIdle(Optional.empty(), desk);
      case SaleEvent.Tick _ ->
        now >= state.untilMillis() ? steps.toIdle(Optional.empty(), desk) : Step.of(state);
      case SaleEvent.CardUnidentified(var why) -> steps.unidentified(state, why, now);
      case SaleEvent.BasketOffered(var basket) -> steps.offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> steps.cash(state, basket, desk);
      case SaleEvent.SeveralCards _ -> Step.of(state, new SaleEffect.Show(new Screen.SeveralCards()));
      case SaleEvent.Misread(var mistake) -> SaleSteps.misread(state, mistake);
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private Step takeBack(CardToken operator, long now, SaleDesk desk) {
    if (desk.denied(operator) || !desk.operator(operator)) {
      return steps.show(new Screen.Rejected(Screen.Mistake.NOT_AN_OPERATOR), Optional.empty(), now)
          .plus(new SaleEffect.Indicate(Signal.DECLINE),
              new SaleEffect.LogAttempt(DeclineReason.PERMISSION_DENIED));
    }
    if (desk.refusal().isPresent()) {
      return steps.show(new Screen.OutOfOrder(desk.refusal().get()), Optional.empty(), now);
    }
    if (desk.lastSale().isEmpty()) {
      return steps.show(new Screen.Rejected(Screen.Mistake.NOTHING_TO_VOID), Optional.empty(), now);
    }
    var sale = desk.lastSale().get();
    var transaction = desk.nextTransaction();
    return Step.of(
        new Recording(transaction, Basket.ofAmount(sale.amountMinor()), new Screen.Voided(sale.amountMinor()),
            Optional.empty(), false),
        new SaleEffect.RecordVoid(transaction, sale, operator));
  }

  private Step tellBalance(CardToken token, long now, SaleDesk desk) {
    if (desk.denied(token)) {
      return steps.show(new Screen.Declined(DeclineReason.CARD_LOST), Optional.empty(), now).plus(
          new SaleEffect.Indicate(Signal.DECLINE), new SaleEffect.LogAttempt(DeclineReason.CARD_LOST));
    }
    var balance = desk.balance(token);
    return balance.isPresent()
        ? steps.show(new Screen.Balance(balance.getAsLong(), !desk.online()), Optional.empty(), now)
        : steps.show(new Screen.Rejected(Screen.Mistake.UNKNOWN_CARD), Optional.empty(), now)
            .plus(new SaleEffect.Indicate(Signal.DECLINE));
  }
}

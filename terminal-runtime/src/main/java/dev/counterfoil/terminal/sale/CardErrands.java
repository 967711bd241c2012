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

  private final SaleSettings settings;
  private final SaleSteps steps;
  private final RefundErrand refunds;

  CardErrands(SaleSettings settings, SaleSteps steps, RefundErrand refunds) {
    this.settings = settings;
    this.steps = steps;
    this.refunds = refunds;
  }

  Step step(OperatorNeeded state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> serve(state.errand(), token, now, desk);
      case SaleEvent.KeyPressed(var key) ->
        key == 'D' ? steps.toIdle(Optional.empty(), desk) : chosen(state, key);
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

  private static Step chosen(OperatorNeeded state, char key) {
    var errand = OperatorErrand.after(state.errand(), key);
    return errand == state.errand() ? Step.of(state)
        : Step.of(new OperatorNeeded(errand, state.untilMillis()),
            new SaleEffect.Show(new Screen.OperatorCard(errand)));
  }

  private Step serve(OperatorErrand errand, CardToken operator, long now, SaleDesk desk) {
    if (desk.denied(operator) || !desk.operator(operator)) {
      return steps.show(new Screen.Rejected(Screen.Mistake.NOT_AN_OPERATOR), Optional.empty(), now)
          .plus(new SaleEffect.Indicate(Signal.DECLINE));
    }
    Optional<String> refusal = desk.refusal().filter(code -> !code.equals(SaleDesk.SHIFT_CLOSED));
    if (refusal.isPresent()) {
      return steps.show(new Screen.OutOfOrder(refusal.get()), Optional.empty(), now);
    }
    return switch (errand) {
      case VOID -> takeBack(operator, now, desk);
      case SHIFT -> ShiftErrand.begin(operator, desk);
      case CLEAR -> clear(now, desk);
      case TEST -> ShiftErrand.test(operator, desk);
      case REFUND -> refunds.begin(operator, now, desk);
    };
  }

  private Step takeBack(CardToken operator, long now, SaleDesk desk) {
    if (desk.lastSale().isEmpty()) {
      return steps.show(new Screen.Rejected(Screen.Mistake.NOTHING_TO_VOID), Optional.empty(), now);
    }
    if (isTooOld(desk)) {
      return steps.show(new Screen.Rejected(Screen.Mistake.VOID_TOO_LATE), Optional.empty(), now)
          .plus(new SaleEffect.Indicate(Signal.DECLINE));
    }
    var sale = desk.lastSale().get();
    var transaction = desk.nextTransaction();
    return Step.of(
        new Recording(transaction, Basket.ofAmount(sale.amountMinor()), new Screen.Voided(sale.amountMinor()),
            Optional.empty(), false),
        new SaleEffect.RecordVoid(transaction, sale, operator));
  }

  /// Where a limit is set, a sale of unknown age is too old: its money is paid back by a refund.
  private boolean isTooOld(SaleDesk desk) {
    long within = settings.counter().voidWithinMillis();
    long age = desk.lastSaleAgeMillis().orElse(Long.MAX_VALUE);
    return within > 0 && (age < 0 || age > within);
  }

  /// The queue need not wait for the card of an open sale any longer.
  private Step clear(long now, SaleDesk desk) {
    return desk.openSale().filter(OpenSale::blocks)
        .map(open -> steps.show(new Screen.AlreadyPaid(open.amountMinor(), open.minuteOfDay(), open.seq()),
            Optional.empty(), now).plus(new SaleEffect.SaleTold(open.seq())))
        .orElseGet(() -> steps.show(new Screen.Rejected(Screen.Mistake.NOTHING_OPEN), Optional.empty(), now)
            .plus(new SaleEffect.Indicate(Signal.DECLINE)));
  }

  private Step tellBalance(CardToken token, long now, SaleDesk desk) {
    if (desk.denied(token)) {
      return steps.show(new Screen.Declined(DeclineReason.CARD_LOST), Optional.empty(), now).plus(
          new SaleEffect.Indicate(Signal.LOST_CARD), new SaleEffect.LogAttempt(DeclineReason.CARD_LOST));
    }
    var balance = desk.balance(token);
    return balance.isPresent()
        ? steps.show(new Screen.Balance(balance.getAsLong(), !desk.online()), Optional.empty(), now)
        : steps.show(new Screen.Rejected(Screen.Mistake.UNKNOWN_CARD), Optional.empty(), now)
            .plus(new SaleEffect.Indicate(Signal.DECLINE));
  }
}

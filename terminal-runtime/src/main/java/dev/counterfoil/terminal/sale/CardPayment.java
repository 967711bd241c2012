package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.policy.OfflineVerdict;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleEffect.Charge;
import dev.counterfoil.terminal.sale.SaleMachine.Step;
import dev.counterfoil.terminal.sale.SaleState.Armed;
import dev.counterfoil.terminal.sale.SaleState.Asking;
import dev.counterfoil.terminal.sale.SaleState.PasswordNeeded;
import dev.counterfoil.terminal.sale.SaleState.Recording;
import dev.counterfoil.terminal.sale.SaleState.Showing;
import java.util.Optional;

/// A card pays: the server decides, or the offline policy where it cannot be asked or does not answer in time (PAY-07,
/// OFF-01 to OFF-03). Pure, as [SaleMachine].
final class CardPayment {

  private final SaleSettings settings;
  private final SaleSteps steps;
  private final TypedPassword passwords;
  private final TapRules taps;

  CardPayment(SaleSettings settings, SaleSteps steps, TapRules taps) {
    this.settings = settings;
    this.steps = steps;
    this.passwords = new TypedPassword(settings, steps, this);
    this.taps = taps;
  }

  Step step(PasswordNeeded state, SaleEvent event, long now, SaleDesk desk) {
    return passwords.step(state, event, now, desk);
  }

  Step step(Asking state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.Approved(var transaction, var hold, var account, var funds) when transaction.equals(
          state.transaction()) ->
        funds.fits(state.basket().amountMinor())
            ? record(state, new Charge(state.token(), account, hold, false, funds))
            : unrecordable(state, now);
      case SaleEvent.Declined(var transaction, var reason, var account) when transaction.equals(
          state.transaction()) ->
        steps.decline(state, reason, false, account, now);
      case SaleEvent.PasswordAsked(var transaction) when transaction.equals(state.transaction()) ->
        passwords.ask(state, now);
      case SaleEvent.LinkLost _ -> fallBack(state, now, desk);
      case SaleEvent.Tick _ -> now >= state.answerByMillis() ? fallBack(state, now, desk) : Step.of(state);
      // The till hears at once that this terminal is busy; a second basket must never take the first one's card.
      case SaleEvent.BasketOffered(var basket) -> SaleSteps.meanwhile(state, state.basket(), basket);
      case SaleEvent.CashTaken(var basket) -> SaleSteps.meanwhile(state, state.basket(), basket);
      // Too late to withdraw: the card is being charged, the till learns the outcome.
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  Step present(Armed state, CardToken token, long now, SaleDesk desk) {
    var again = state.charged()
        .filter(charged -> charged.token().equals(token) && now < charged.untilMillis());
    if (again.isPresent()) {
      return Step.of(new Showing(again.get().result(), now + settings.resultMillis(), again),
          new SaleEffect.Show(again.get().result()), new SaleEffect.Indicate(Signal.APPROVE));
    }
    var open = desk.openSale().filter(sale -> sale.blocks() || isDoubted(sale, token, state));
    if (open.isPresent()) {
      return steps.openSale(state, open.get(), token, now);
    }
    if (desk.refusal().isPresent()) {
      return Step.of(state, new SaleEffect.Show(new Screen.OutOfOrder(desk.refusal().get())),
          new SaleEffect.Indicate(Signal.ERROR));
    }
    var asking = new Asking(desk.nextTransaction(), token, state.basket(), now + settings.answerMillis());
    if (desk.denied(token)) {
      return steps.decline(asking, DeclineReason.CARD_LOST, !desk.online(), 0, now);
    }
    return switch (taps.of(state.basket(), token, desk)) {
      case MealRules.Verdict.Refused(var reason) -> steps.decline(asking, reason, !desk.online(), 0, now);
      case MealRules.Verdict.Priced(var basket) -> pay(
          new Asking(asking.transaction(), token, basket, asking.answerByMillis()), now, desk);
      case MealRules.Verdict.Used(var use, var result) -> Step.of(
          new Recording(asking.transaction(), Basket.EMPTY, result, Optional.of(token), false),
          new SaleEffect.RecordUse(asking.transaction(), token, use));
    };
  }

  /// The same card and the same amount again, whatever that is where it was ordered before; a till's basket is told apart by its
  /// reference.
  private static boolean isDoubted(OpenSale open, CardToken token, Armed state) {
    boolean same = state.basket().isEmpty() || open.amountMinor() == state.basket().amountMinor();
    return open.token().equals(token) && same && !state.basket().isReferenced();
  }

  private Step pay(Asking asking, long now, SaleDesk desk) {
    if (!desk.online()) {
      return decideAlone(asking, now, desk);
    }
    return Step.of(asking, new SaleEffect.Show(SaleSteps.working(asking.basket())),
        new SaleEffect.Indicate(Signal.WAIT),
        question(asking));
  }

  static SaleEffect.Authorize question(Asking state) {
    return new SaleEffect.Authorize(state.transaction(), state.token(), state.basket().amountMinor(),
        state.basket().externalReference(), state.basket().meal(), state.basket().occasion().order());
  }

  Step decideAlone(Asking state, long now, SaleDesk desk) {
    return switch (desk.decideOffline(state.token(), state.basket().amountMinor())) {
      case OfflineVerdict.Allowed(var account, var before, _) -> record(state,
          new Charge(state.token(), account, 0, true, new Funds(before, desk.subsidy(state.token()))));
      case OfflineVerdict.Refused(var reason) -> steps.decline(state, reason, true, 0, now);
    };
  }

  /// The server was asked and did not answer in time. A decision that ends the other way than the server's must not
  /// leave its hold standing: a decline is told to the server, an approval is captured by its record.
  Step fallBack(Asking state, long now, SaleDesk desk) {
    var step = decideAlone(state, now, desk);
    boolean approved = step.state() instanceof Recording;
    var told = step.plus(new SaleEffect.FellBack(state.transaction(), approved));
    return approved ? told : told.plus(new SaleEffect.Cancel(state.transaction()));
  }

  Step record(Asking state, Charge charge) {
    var result = SaleSteps.approved(state.basket(), charge.funds(), charge.offline());
    return Step.of(
        new Recording(state.transaction(), state.basket(), result, Optional.of(state.token()),
            charge.holdId() != 0),
        new SaleEffect.RecordSale(state.transaction(), state.basket(), Optional.of(charge)));
  }

  /// An approval that leaves nothing to pay, or more than was asked for, is no sale: its hold is given back.
  private Step unrecordable(Asking state, long now) {
    return steps.decline(state, DeclineReason.PAYMENT_FAILED, false, 0, now)
        .plus(new SaleEffect.Cancel(state.transaction()));
  }
}

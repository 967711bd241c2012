package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleEffect.Charge;
import dev.counterfoil.terminal.sale.SaleMachine.Step;
import dev.counterfoil.terminal.sale.SaleState.Armed;
import dev.counterfoil.terminal.sale.SaleState.AskingCode;
import dev.counterfoil.terminal.sale.SaleState.Recording;
import dev.counterfoil.terminal.sale.SaleState.Showing;
import java.util.Optional;

/// A scanned code pays (PAY-01): online only, because the server alone knows whose code it is and whether it was used
/// (QR-03, QR-06). Pure, as [SaleMachine].
///
/// Refusals are logged without a DECLINE record: nobody here knows the card. The server keeps its own answer.
final class CodePayment {

  private final SaleSettings settings;
  private final TapRules taps;

  CodePayment(SaleSettings settings, TapRules taps) {
    this.settings = settings;
    this.taps = taps;
  }

  Step present(Armed state, PaymentCode code, long now, SaleDesk desk) {
    if (desk.refusal().isPresent()) {
      return Step.of(state, new SaleEffect.Show(new Screen.OutOfOrder(desk.refusal().get())),
          new SaleEffect.Indicate(Signal.ERROR));
    }
    if (!desk.online()) {
      // The price stands: a card may still pay it.
      var reason = DeclineReason.OFFLINE_NOT_ALLOWED;
      return Step.of(state, new SaleEffect.Show(new Screen.Declined(reason)),
          new SaleEffect.Indicate(Signal.DECLINE), new SaleEffect.LogAttempt(reason));
    }
    return switch (taps.ofNobody(state.basket(), desk)) {
      case MealRules.Verdict.Refused(var reason) -> declined(state.basket(), reason, now);
      case MealRules.Verdict.Priced(var basket) -> ask(code, basket, now, desk);
      case MealRules.Verdict.Used _ ->
        throw new IllegalStateException("only cards are counted, timed and collect orders");
    };
  }

  /// Whose code it is, only the server knows: it pays what the glass shows, without a discount of its own.
  private Step ask(PaymentCode code, Basket basket, long now, SaleDesk desk) {
    var asking = new AskingCode(desk.nextTransaction(), basket, now + settings.answerMillis());
    return Step.of(asking, new SaleEffect.Show(SaleSteps.working(basket)),
        new SaleEffect.Indicate(Signal.WAIT), new SaleEffect.AuthorizeCode(asking.transaction(), code,
            basket.amountMinor(), basket.externalReference()));
  }

  Step step(AskingCode state, SaleEvent event, long now) {
    return switch (event) {
      case SaleEvent.CodeApproved approved when approved.transaction().equals(state.transaction()) ->
        approved.funds().fits(state.basket().amountMinor())
            ? record(state, approved)
            : takenBack(state, DeclineReason.PAYMENT_FAILED, now);
      // An approval that does not say whose card is charged cannot be recorded: it is given back.
      case SaleEvent.Approved approved when approved.transaction().equals(state.transaction()) ->
        takenBack(state, DeclineReason.PAYMENT_FAILED, now);
      case SaleEvent.Declined(var transaction, var reason, var _) when transaction.equals(
          state.transaction()) ->
        declined(state.basket(), reason, now);
      // The server keeps nothing of a question that it answers so; who pays by code has no card to fall back on.
      case SaleEvent.PasswordAsked(var transaction) when transaction.equals(state.transaction()) ->
        declined(state.basket(), DeclineReason.PASSWORD_NEEDED, now);
      case SaleEvent.LinkLost _ -> takenBack(state, DeclineReason.OFFLINE_NOT_ALLOWED, now);
      case SaleEvent.Tick _ -> now >= state.answerByMillis()
          ? takenBack(state, DeclineReason.SYSTEM_BUSY, now)
          : Step.of(state);
      case SaleEvent.BasketOffered(var basket) -> SaleSteps.meanwhile(state, state.basket(), basket);
      case SaleEvent.CashTaken(var basket) -> SaleSteps.meanwhile(state, state.basket(), basket);
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private static Step record(AskingCode state, SaleEvent.CodeApproved approved) {
    var charge = new Charge(approved.token(), approved.accountId(), approved.holdId(), false,
        approved.funds(), true);
    var result = SaleSteps.approved(state.basket(), approved.funds(), false);
    return Step.of(
        new Recording(state.transaction(), state.basket(), result, Optional.of(approved.token()),
            approved.holdId() != 0),
        new SaleEffect.RecordSale(state.transaction(), state.basket(), Optional.of(charge)));
  }

  /// Declined here while the server may still approve or has approved: its hold must not stand.
  private Step takenBack(AskingCode state, DeclineReason reason, long now) {
    return declined(state.basket(), reason, now).plus(new SaleEffect.FellBack(state.transaction(), false),
        new SaleEffect.Cancel(state.transaction()));
  }

  private Step declined(Basket basket, DeclineReason reason, long now) {
    var screen = new Screen.Declined(reason);
    return Step.of(new Showing(screen, now + settings.resultMillis(), Optional.empty()),
        new SaleEffect.Show(screen), new SaleEffect.Indicate(Signal.DECLINE),
        new SaleEffect.LogAttempt(reason), SaleSteps.refused(basket, reason));
  }
}

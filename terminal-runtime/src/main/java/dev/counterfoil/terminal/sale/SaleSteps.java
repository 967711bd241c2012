package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleMachine.Step;
import dev.counterfoil.terminal.sale.SaleState.Armed;
import dev.counterfoil.terminal.sale.SaleState.Asking;
import dev.counterfoil.terminal.sale.SaleState.AskingCode;
import dev.counterfoil.terminal.sale.SaleState.BalanceAsked;
import dev.counterfoil.terminal.sale.SaleState.Entering;
import dev.counterfoil.terminal.sale.SaleState.JustCharged;
import dev.counterfoil.terminal.sale.SaleState.OperatorNeeded;
import dev.counterfoil.terminal.sale.SaleState.PasswordNeeded;
import dev.counterfoil.terminal.sale.SaleState.Recording;
import dev.counterfoil.terminal.sale.SaleState.RefundAmount;
import dev.counterfoil.terminal.sale.SaleState.RefundAsking;
import dev.counterfoil.terminal.sale.SaleState.RefundSale;
import dev.counterfoil.terminal.sale.SaleState.ShiftRecording;
import dev.counterfoil.terminal.sale.SaleState.Showing;
import dev.counterfoil.terminal.sale.SaleState.Weighing;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps that several parts of a sale share. Pure, as [SaleMachine].
final class SaleSteps {

  private final SaleSettings settings;
  private final MealRules meals;

  SaleSteps(SaleSettings settings, MealRules meals) {
    this.settings = settings;
    this.meals = meals;
  }

  /// Where a terminal stands after a purchase.
  SaleState idle(Optional<JustCharged> charged) {
    return switch (settings.mode()) {
      case SaleMode.Fixed(var product) -> new Armed(Basket.of(List.of(product), ""), Long.MAX_VALUE, charged);
      case SaleMode.Counted(var product, var _) ->
        new Armed(Basket.of(List.of(product), ""), Long.MAX_VALUE, charged);
      case SaleMode.Timed timed ->
        new Armed(Basket.of(List.of(timed.product()), ""), Long.MAX_VALUE, charged);
      case SaleMode.Preorder _ -> new Armed(Basket.EMPTY, Long.MAX_VALUE, charged);
      case SaleMode.Weighed weighed when weighed.goods().size() == 1 ->
        new Weighing(weighed.goods().getFirst(), Long.MAX_VALUE, charged);
      case SaleMode.Keyed _,SaleMode.Products _,SaleMode.Weighed _ -> Entering.NOTHING;
    };
  }

  /// Whether the next sale begins by itself, so that a card that stays a moment too long would pay again.
  private boolean armsItself() {
    return !(idle(Optional.empty()) instanceof Entering);
  }

  /// Lightest that is sold.
  long leastGrams() {
    return settings.mode() instanceof SaleMode.Weighed weighed ? weighed.leastGrams() : 1;
  }

  Step weigh(SaleLine goods, long now, SaleDesk desk) {
    var weighing = new Weighing(goods, now + settings.armedMillis(), Optional.empty());
    return Step.of(weighing, screenOf(weighing, desk), new SaleEffect.Indicate(Signal.IDLE));
  }

  SaleEffect screenOf(SaleState state, SaleDesk desk) {
    if (desk.refusal().isPresent()) {
      return new SaleEffect.Show(new Screen.OutOfOrder(desk.refusal().get()));
    }
    var open = desk.openSale().filter(OpenSale::blocks);
    boolean idle = state instanceof Entering(var typed, var chosen) && typed.isEmpty() && chosen.isEmpty();
    if (open.isPresent() && (idle || state instanceof Armed || state instanceof Weighing)) {
      return new SaleEffect.Show(new Screen.SameCard(open.get().amountMinor()));
    }
    return new SaleEffect.Show(switch (state) {
      case Entering(var keyed, var basket) when keyed.isEmpty() && basket.isEmpty() -> desk.codeWaits()
          ? new Screen.CodeRead()
          : new Screen.Ready(desk.online());
      case Entering(var keyed, var basket) -> new Screen.Typing(keyed, basket.amountMinor());
      case Armed armed -> meals.shown(armed.basket(), desk);
      case Weighing weighing -> screenOf(weighing.goods(), desk);
      case Asking asking -> working(asking.basket());
      case AskingCode asking -> working(asking.basket());
      case Recording recording -> working(recording.basket());
      case Showing showing -> showing.result();
      case OperatorNeeded operator -> new Screen.OperatorCard(operator.errand());
      case RefundSale refund -> new Screen.RefundSale(refund.typed());
      case RefundAmount refund -> new Screen.RefundAmount(refund.sale().leftMinor(), refund.typed());
      case RefundAsking _ -> new Screen.RefundAsked();
      case ShiftRecording _ -> new Screen.OperatorCard(OperatorErrand.SHIFT);
      case BalanceAsked _ -> new Screen.BalanceCard();
      case PasswordNeeded password -> new Screen.Password(password.basket().amountMinor(),
          password.typed().length());
    });
  }

  private Screen screenOf(SaleLine goods, SaleDesk desk) {
    return switch (desk.weigh(goods.unitPriceMinor(), leastGrams())) {
      case WeighedGoods.Answer.NoPrice(var problem) -> new Screen.NotWeighed(goods.name(), problem);
      case WeighedGoods.Answer.Priced priced ->
        switch (meals.shown(WeighedSale.basket(goods, priced), desk)) {
          case Screen.PresentCard(var amount) ->
            new Screen.Weighed(goods.name(), priced.grams(), goods.unitPriceMinor(), amount);
          case Screen closed -> closed;
        };
    };
  }

  static Screen working(Basket basket) {
    return new Screen.Working(basket.amountMinor(), basket.originalMinor());
  }

  static Screen approved(Basket basket, Funds funds, boolean offline) {
    long paid = funds.payable(basket.amountMinor());
    var details = new ArrayList<Screen.Detail>();
    if (funds.subsidyMinor() > 0) {
      details.add(purses(funds, paid));
    }
    if (funds.pointsUsed() > 0 || funds.pointsEarned() > 0) {
      details.add(new Screen.Detail.Points(funds.pointsUsed(), funds.pointsEarned()));
    }
    details.addAll(details(basket));
    return new Screen.Approved(paid, funds.balanceMinor() - paid, offline, details);
  }

  private static Screen.Detail purses(Funds funds, long paid) {
    long subsidy = funds.subsidyOf(paid);
    long own = funds.balanceMinor() - funds.subsidyMinor();
    return new Screen.Detail.Purses(subsidy, funds.subsidyMinor() - subsidy, paid - subsidy,
        own - (paid - subsidy));
  }

  private static List<Screen.Detail> details(Basket basket) {
    var details = new ArrayList<Screen.Detail>();
    if (basket.occasion().order() > 0) {
      basket.lines().forEach(line -> details.add(new Screen.Detail.Dish(line.name(), line.quantity())));
    }
    if (basket.occasion().count() > 0) {
      details.add(new Screen.Detail.Count(basket.occasion().count()));
    }
    if (basket.occasion().startSeq() > 0) {
      details
          .add(new Screen.Detail.Stay(basket.occasion().endedMillis() - basket.occasion().startedMillis()));
    }
    if (basket.originalMinor() != basket.amountMinor()) {
      details.add(new Screen.Detail.Before(basket.originalMinor()));
    }
    return details;
  }

  Step toIdle(Optional<JustCharged> charged, SaleDesk desk) {
    var idle = idle(charged);
    return Step.of(idle, screenOf(idle, desk), new SaleEffect.Indicate(Signal.IDLE));
  }

  Step show(Screen result, Optional<CardToken> charged, long now) {
    var guard = armsItself()
        ? charged.map(token -> new JustCharged(token, result, now + settings.repeatMillis()))
        : Optional.<JustCharged>empty();
    return Step.of(new Showing(result, now + settings.resultMillis(), guard), new SaleEffect.Show(result));
  }

  Step decline(Asking state, DeclineReason reason, boolean offline, long account, long now) {
    return show(new Screen.Declined(reason), Optional.empty(), now).plus(
        new SaleEffect.Indicate(reason == DeclineReason.CARD_LOST ? Signal.LOST_CARD : Signal.DECLINE),
        new SaleEffect.RecordDecline(state.transaction(), state.token(), state.basket().amountMinor(), reason,
            offline, account),
        refused(state.basket(), reason));
  }

  Step unidentified(SaleState state, CardRefusal why, long now) {
    var shown = state instanceof Armed || state instanceof Weighing ? state
        : show(screenOf(why), Optional.empty(), now).state();
    return Step.of(shown, new SaleEffect.Show(screenOf(why)),
        new SaleEffect.Indicate(Signal.DECLINE), new SaleEffect.LogAttempt(DeclineReason.IDENTITY_ERROR));
  }

  static Screen screenOf(CardRefusal why) {
    return why == CardRefusal.CARD_UNIDENTIFIED
        ? new Screen.Declined(DeclineReason.IDENTITY_ERROR)
        : new Screen.CardRefused(why);
  }

  /// Nothing that was presented can be used; what stands goes on.
  static Step misread(SaleState state, Screen.Mistake mistake) {
    return Step.of(state, new SaleEffect.Show(new Screen.Rejected(mistake)),
        new SaleEffect.Indicate(Signal.DECLINE));
  }

  /// Who has paid is told so and charged nothing; whoever else comes must wait. A till's basket goes on waiting for its card.
  Step openSale(SaleState state, OpenSale open, CardToken token, long now) {
    if (!open.token().equals(token)) {
      return Step.of(state, new SaleEffect.Show(new Screen.SameCard(open.amountMinor())),
          new SaleEffect.Indicate(Signal.AGAIN));
    }
    var screen = new Screen.AlreadyPaid(open.amountMinor(), open.minuteOfDay(), open.seq());
    boolean ofTill = state instanceof Armed armed && armed.basket().isReferenced();
    var shown = ofTill ? Step.of(state, new SaleEffect.Show(screen)) : show(screen, Optional.empty(), now);
    return shown.plus(new SaleEffect.Indicate(Signal.APPROVE), new SaleEffect.SaleTold(open.seq()));
  }

  Step cash(SaleState state, Basket basket, SaleDesk desk) {
    if (KeyedInput.problemOf(basket, settings).isPresent()) {
      return Step.of(state, refused(basket, DeclineReason.PARAMETER_ERROR));
    }
    if (desk.refusal().isPresent()) {
      return Step.of(state, screenOf(state, desk), refused(basket, DeclineReason.PAYMENT_FAILED));
    }
    var transaction = desk.nextTransaction();
    return Step.of(
        new Recording(transaction, basket, new Screen.CashRecorded(basket.amountMinor()), Optional.empty(),
            false),
        new SaleEffect.RecordSale(transaction, basket, Optional.empty()));
  }

  Step offered(SaleState state, Basket basket, long now, SaleDesk desk) {
    if (state instanceof Armed armed && !armed.basket().externalReference().isEmpty()
        && !armed.basket().externalReference().equals(basket.externalReference())) {
      return Step.of(state, busy(basket));
    }
    if (KeyedInput.problemOf(basket, settings).isPresent()) {
      return Step.of(state, refused(basket, DeclineReason.PARAMETER_ERROR));
    }
    return desk.refusal().isPresent()
        ? Step.of(state, screenOf(state, desk), refused(basket, DeclineReason.PAYMENT_FAILED))
        : arm(basket, now, desk);
  }

  Step arm(Basket basket, long now, SaleDesk desk) {
    var armed = new Armed(basket, now + settings.armedMillis(), Optional.empty());
    return Step.of(armed, screenOf(armed, desk), new SaleEffect.Indicate(Signal.IDLE));
  }

  /// A basket that comes while another is being charged. The same one asked again is answered by how this ends: told
  /// "refused" now, the till would believe that nobody paid.
  static Step meanwhile(SaleState state, Basket current, Basket other) {
    if (!other.isReferenced() || !other.externalReference().equals(current.externalReference())) {
      return Step.of(state, busy(other));
    }
    return other.amountMinor() == current.amountMinor()
        ? Step.of(state)
        : Step.of(state, new SaleEffect.AnswerTill(other.externalReference(),
            new TillOutcome.Rejected(SaleEffect.ReferenceProblem.REFERENCE_USED)));
  }

  static SaleEffect busy(Basket basket) {
    return refused(basket, DeclineReason.SYSTEM_BUSY);
  }

  static SaleEffect refused(Basket basket, DeclineReason reason) {
    return new SaleEffect.AnswerTill(basket.externalReference(), new TillOutcome.Refused(reason));
  }

  Step withdrawn(Basket basket, SaleDesk desk) {
    return toIdle(Optional.empty(), desk)
        .plus(new SaleEffect.AnswerTill(basket.externalReference(), new TillOutcome.Withdrawn()));
  }
}

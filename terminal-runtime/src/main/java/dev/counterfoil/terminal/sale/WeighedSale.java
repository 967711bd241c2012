package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.sale.SaleMachine.Step;
import dev.counterfoil.terminal.sale.SaleState.Armed;
import dev.counterfoil.terminal.sale.SaleState.Weighing;
import dev.counterfoil.terminal.weigh.WeighedGoods.Answer;
import dev.counterfoil.terminal.weigh.WeighedGoods.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Goods are on the scale: its weight makes the price, which follows it until a card is there. What is paid is what the
/// glass said when the card was presented, or nothing is sold. Pure, as [SaleMachine].
final class WeighedSale {

  private final SaleSteps steps;
  private final CardPayment cards;
  private final CodePayment codes;
  private final MealRules meals;

  WeighedSale(SaleSteps steps, CardPayment cards, CodePayment codes, MealRules meals) {
    this.steps = steps;
    this.cards = cards;
    this.codes = codes;
    this.meals = meals;
  }

  /// All but keys, which mean the same as elsewhere.
  Step step(Weighing state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> card(state, token, now, desk);
      case SaleEvent.CodePresented(var code) -> code(state, code, now, desk);
      case SaleEvent.CardUnidentified(var why) -> steps.unidentified(state, why, now);
      case SaleEvent.Misread(var mistake) -> SaleSteps.misread(state, mistake);
      case SaleEvent.ReceiptPresented _ -> SaleSteps.misread(state, Screen.Mistake.FOREIGN_CODE);
      case SaleEvent.SeveralCards _ -> Step.of(state, new SaleEffect.Show(new Screen.SeveralCards()));
      case SaleEvent.BasketOffered(var basket) -> steps.offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> steps.cash(state, basket, desk);
      case SaleEvent.CardRemoved _,SaleEvent.WeightChanged _ -> Step.of(state, steps.screenOf(state, desk));
      case SaleEvent.Tick _ -> now >= state.untilMillis() ? steps.toIdle(Optional.empty(), desk)
          : Step.of(state, steps.screenOf(state, desk));
      case SaleEvent.KeyPressed _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private Step card(Weighing state, CardToken token, long now, SaleDesk desk) {
    var again = state.charged()
        .filter(charged -> charged.token().equals(token) && now < charged.untilMillis());
    return again.isPresent()
        ? cards.present(new Armed(Basket.EMPTY, state.untilMillis(), again), token, now, desk)
        : priced(state, desk, basket -> cards.present(armed(state, basket), token, now, desk));
  }

  private Step code(Weighing state, PaymentCode code, long now, SaleDesk desk) {
    return priced(state, desk, basket -> codes.present(armed(state, basket), code, now, desk));
  }

  /// Coins and notes pay what lies there.
  Step cash(Weighing state, SaleDesk desk) {
    return desk.weigh(state.goods().unitPriceMinor(), steps.leastGrams()) instanceof Answer.Priced priced
        ? steps.cash(state, meals.inCash(basket(state.goods(), priced), desk), desk)
        : priced(state, desk, _ -> Step.of(state));
  }

  private static Armed armed(Weighing state, Basket basket) {
    return new Armed(basket, state.untilMillis(), Optional.empty());
  }

  /// A weight is never kept for another presentation: what is not paid at once is weighed again.
  private Step priced(Weighing state, SaleDesk desk, Function<Basket, Step> pays) {
    if (desk.refusal().isPresent()) {
      return Step.of(state, steps.screenOf(state, desk), new SaleEffect.Indicate(Signal.ERROR));
    }
    return switch (desk.weigh(state.goods().unitPriceMinor(), steps.leastGrams())) {
      case Answer.NoPrice(var problem) -> refused(state, problem);
      case Answer.Priced priced when !atTap(priced.grams()).equals(desk.weightAtTap()) ->
        refused(state, Problem.SCALE_CHANGED);
      case Answer.Priced priced -> {
        Step step = pays.apply(basket(state.goods(), priced));
        yield step.state() instanceof Armed ? new Step(state, step.effects()) : step;
      }
    };
  }

  private static Weight atTap(long grams) {
    return new Weight(grams, Weight.State.STABLE);
  }

  static Basket basket(SaleLine goods, Answer.Priced priced) {
    return Basket.of(List.of(goods.weighed(priced.grams(), priced.amountMinor())), "");
  }

  private static Step refused(Weighing state, Problem problem) {
    return Step.of(state, new SaleEffect.Show(new Screen.NotWeighed(state.goods().name(), problem)),
        new SaleEffect.Indicate(Signal.DECLINE), new SaleEffect.LogUnweighed(problem));
  }
}

package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleState.Armed;
import dev.counterfoil.terminal.sale.SaleState.Asking;
import dev.counterfoil.terminal.sale.SaleState.AskingCode;
import dev.counterfoil.terminal.sale.SaleState.BalanceAsked;
import dev.counterfoil.terminal.sale.SaleState.Entering;
import dev.counterfoil.terminal.sale.SaleState.OperatorNeeded;
import dev.counterfoil.terminal.sale.SaleState.PasswordNeeded;
import dev.counterfoil.terminal.sale.SaleState.Recording;
import dev.counterfoil.terminal.sale.SaleState.RefundAmount;
import dev.counterfoil.terminal.sale.SaleState.RefundAsking;
import dev.counterfoil.terminal.sale.SaleState.RefundSale;
import dev.counterfoil.terminal.sale.SaleState.ShiftRecording;
import dev.counterfoil.terminal.sale.SaleState.Showing;
import dev.counterfoil.terminal.sale.SaleState.Weighing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The rules of a purchase: PAY-01, PAY-04 to PAY-07 and OFF-01 to OFF-03 as far as a terminal carries them out.
///
/// Pure: `step` reads the time it is given and the [SaleDesk], changes nothing but its result. One sale at a time; what
/// arrives while another card is being decided or recorded is not kept, the customer presents the card again.
/// Nothing says approved before [SaleEvent.Recorded], nor failed before [SaleEvent.RecordFailed] (I-19), and a card pays once per presentation: the reader
/// reports a card again only after it has left the field.
public final class SaleMachine {

  private final SaleSettings settings;
  private final KeyedInput keys;
  private final MealRules meals;
  private final SaleSteps steps;
  private final CardPayment cards;
  private final CodePayment codes;
  private final CardErrands errands;
  private final WeighedSale weighed;
  private final ShiftErrand shifts;
  private final RefundErrand refunds;

  public SaleMachine(SaleSettings settings) {
    this.settings = settings;
    this.keys = new KeyedInput(settings);
    this.meals = new MealRules(settings);
    this.steps = new SaleSteps(settings, meals);
    var taps = new TapRules(settings, meals);
    this.cards = new CardPayment(settings, steps, taps);
    this.codes = new CodePayment(settings, taps);
    this.shifts = new ShiftErrand(steps);
    this.refunds = new RefundErrand(settings, steps);
    this.errands = new CardErrands(settings, steps, refunds);
    this.weighed = new WeighedSale(steps, cards, codes, meals);
  }

  /// What came of one event.
  public record Step(SaleState state, List<SaleEffect> effects) {

    public Step {
      effects = List.copyOf(effects);
    }

    static Step of(SaleState state, SaleEffect... effects) {
      return new Step(state, List.of(effects));
    }

    Step plus(SaleEffect... more) {
      var all = new ArrayList<>(effects);
      all.addAll(List.of(more));
      return new Step(state, all);
    }
  }

  /// Where a terminal stands after its start, and after each purchase.
  public SaleState idle() {
    return steps.idle(Optional.empty());
  }

  /// When [SaleEvent.Tick] must come next, if nothing else comes before.
  public OptionalLong wakeAt(SaleState state) {
    return switch (state) {
      case Armed armed when armed.untilMillis() != Long.MAX_VALUE -> OptionalLong.of(armed.untilMillis());
      case Weighing weighing when weighing.untilMillis() != Long.MAX_VALUE ->
        OptionalLong.of(weighing.untilMillis());
      case Asking asking -> OptionalLong.of(asking.answerByMillis());
      case AskingCode asking -> OptionalLong.of(asking.answerByMillis());
      case Showing showing -> OptionalLong.of(showing.untilMillis());
      case OperatorNeeded operator -> OptionalLong.of(operator.untilMillis());
      case BalanceAsked balance -> OptionalLong.of(balance.untilMillis());
      case PasswordNeeded password -> OptionalLong.of(password.untilMillis());
      case RefundSale refund -> OptionalLong.of(refund.untilMillis());
      case RefundAmount refund -> OptionalLong.of(refund.untilMillis());
      case RefundAsking refund -> OptionalLong.of(refund.answerByMillis());
      case Armed _,Entering _,Recording _,ShiftRecording _,Weighing _ -> OptionalLong.empty();
    };
  }

  /// One step.
  ///
  /// @param now monotonic milliseconds, never going back
  public Step step(SaleState state, SaleEvent event, long now, SaleDesk desk) {
    return switch (state) {
      // Told while nobody is being served, see ShiftAnswers.
      case Entering _,Armed _,Weighing _,Showing _ when event instanceof SaleEvent.ShiftAnswered(var result) ->
        shiftAnswered(result, now);
      case Entering entering -> entering(entering, event, now, desk);
      case Armed armed -> armed(armed, event, now, desk);
      case Weighing weighing when event instanceof SaleEvent.KeyPressed(var key) ->
        key(weighing, key, now, desk);
      case Weighing weighing -> weighed.step(weighing, event, now, desk);
      case Asking asking -> cards.step(asking, event, now, desk);
      case AskingCode asking -> codes.step(asking, event, now);
      case Recording recording -> recording(recording, event, now);
      case Showing showing -> showing(showing, event, now, desk);
      case OperatorNeeded operator -> errands.step(operator, event, now, desk);
      // A key that begins something else ends the question; the same key, or `D`, does nothing more.
      case BalanceAsked _ when event instanceof SaleEvent.KeyPressed(var key) && key != 'B' && key != 'D' ->
        step(idle(), event, now, desk);
      case BalanceAsked balance -> errands.step(balance, event, now, desk);
      case PasswordNeeded password -> cards.step(password, event, now, desk);
      case RefundSale refund -> refunds.step(refund, event, now, desk);
      case RefundAmount refund -> refunds.step(refund, event, now, desk);
      case RefundAsking refund -> refunds.step(refund, event, now);
      case ShiftRecording recording -> shifts.step(recording, event, now);
    };
  }

  private Step shiftAnswered(Screen result, long now) {
    return Step.of(new Showing(result, now + settings.armedMillis(), Optional.empty()),
        new SaleEffect.Show(result));
  }

  private Step entering(Entering state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.KeyPressed(var key) -> key(state, key, now, desk);
      case SaleEvent.BasketOffered(var basket) -> steps.offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> steps.cash(state, basket, desk);
      case SaleEvent.CardPresented(var token) when desk.openSale().filter(OpenSale::blocks).isPresent() ->
        steps.openSale(state, desk.openSale().get(), token, now);
      case SaleEvent.CardPresented _ -> beforeAPrice(state, desk);
      case SaleEvent.SeveralCards _ -> Step.of(state, new SaleEffect.Show(new Screen.SeveralCards()));
      case SaleEvent.CodePresented _ when !desk.codeWaits() -> beforeAPrice(state, desk);
      case SaleEvent.Misread(var mistake) -> SaleSteps.misread(state, mistake);
      case SaleEvent.ReceiptPresented _ -> SaleSteps.misread(state, Screen.Mistake.FOREIGN_CODE);
      case SaleEvent.CodePresented _,SaleEvent.CardRemoved _,SaleEvent.Tick _ ->
        Step.of(state, steps.screenOf(state, desk));
      case SaleEvent.CardUnidentified(var why) -> Step.of(state, new SaleEffect.Show(SaleSteps.screenOf(why)),
          new SaleEffect.LogAttempt(DeclineReason.IDENTITY_ERROR));
      case SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _,SaleEvent.WeightChanged _ ->
        Step.of(state);
    };
  }

  private static Step beforeAPrice(Entering state, SaleDesk desk) {
    return Step.of(state, new SaleEffect.Show(desk.refusal().<Screen>map(Screen.OutOfOrder::new)
        .orElse(new Screen.Rejected(Screen.Mistake.NO_AMOUNT))));
  }

  private Step armed(Armed state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> cards.present(state, token, now, desk);
      case SaleEvent.CardUnidentified(var why) -> steps.unidentified(state, why, now);
      case SaleEvent.CodePresented(var code) -> codes.present(state, code, now, desk);
      case SaleEvent.Misread(var mistake) -> SaleSteps.misread(state, mistake);
      case SaleEvent.ReceiptPresented _ -> SaleSteps.misread(state, Screen.Mistake.FOREIGN_CODE);
      case SaleEvent.KeyPressed(var key) -> key(state, key, now, desk);
      case SaleEvent.BasketOffered(var basket) -> steps.offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> steps.cash(state, basket, desk);
      case SaleEvent.BasketWithdrawn _ -> steps.withdrawn(state.basket(), desk);
      case SaleEvent.SeveralCards _ -> Step.of(state, new SaleEffect.Show(new Screen.SeveralCards()));
      case SaleEvent.CardRemoved _ -> Step.of(state, steps.screenOf(state, desk));
      case SaleEvent.Tick _ -> now >= state.untilMillis()
          ? steps.withdrawn(state.basket(), desk)
          : Step.of(state, steps.screenOf(state, desk));
      case SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.WeightChanged _ ->
        Step.of(state);
    };
  }

  private Step recording(Recording state, SaleEvent event, long now) {
    return switch (event) {
      case SaleEvent.Recorded(var transaction, var seq) when transaction.equals(state.transaction()) ->
        steps.show(state.result(), state.token(), now).plus(new SaleEffect.Indicate(Signal.APPROVE),
            new SaleEffect.AnswerTill(state.basket().externalReference(),
                new TillOutcome.Paid(transaction, seq)));
      case SaleEvent.RecordFailed(var transaction) when transaction.equals(state.transaction()) ->
        recordFailed(state, now);
      // The glass says neither approved nor failed before the journal knows which it was.
      case SaleEvent.RecordInDoubt(var transaction) when transaction.equals(state.transaction()) ->
        Step.of(state, new SaleEffect.Show(SaleSteps.working(state.basket())),
            new SaleEffect.Indicate(Signal.WAIT));
      case SaleEvent.BasketOffered(var basket) -> SaleSteps.meanwhile(state, state.basket(), basket);
      case SaleEvent.CashTaken(var basket) -> SaleSteps.meanwhile(state, state.basket(), basket);
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _,SaleEvent.Tick _ ->
        Step.of(state);
    };
  }

  private Step showing(Showing state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      // A hand that draws back slowly must not wipe out what it has just paid.
      case SaleEvent.CardUnidentified(var why) when why == CardRefusal.CARD_REMOVED -> Step.of(state);
      // The next customer need not wait for the screen: whatever starts a purchase ends the showing.
      case SaleEvent.KeyPressed _,SaleEvent.BasketOffered _,SaleEvent.CashTaken _,SaleEvent.CardPresented _,SaleEvent.CodePresented _,SaleEvent.Misread _,SaleEvent.CardUnidentified _ ->
        step(steps.idle(state.charged()), event, now, desk);
      case SaleEvent.Tick _ ->
        now >= state.untilMillis() ? steps.toIdle(state.charged(), desk) : Step.of(state);
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private Step recordFailed(Recording state, long now) {
    var reason = DeclineReason.PAYMENT_FAILED;
    var step = steps.show(new Screen.Declined(reason), Optional.empty(), now).plus(
        new SaleEffect.Indicate(Signal.ERROR),
        SaleSteps.refused(state.basket(), reason));
    return state.held() ? step.plus(new SaleEffect.Cancel(state.transaction())) : step;
  }

  private Step key(SaleState state, char key, long now, SaleDesk desk) {
    boolean ofTill = state instanceof Armed armed && !armed.basket().externalReference().isEmpty();
    if (ofTill && key != 'D' || state instanceof Armed && key == '#') {
      return Step.of(state); // a stray key must not change a price that stands
    }
    if (desk.refusal().isPresent() && !Character.isLetter(key)) {
      // Nobody sees what is typed behind the reason, and it would stand there as a price afterwards.
      return Step.of(state, steps.screenOf(state, desk));
    }
    var entering = typedSoFar(state, key);
    if (key == 'C' && settings.cashKey() && state instanceof Weighing weighing) {
      return weighed.cash(weighing, desk);
    }
    if (key == 'C' && settings.cashKey()) {
      return payCash(state, entering, desk);
    }
    return switch (keys.press(entering, key)) {
      case KeyedInput.Pressed.Typed(var next) -> Step.of(next, steps.screenOf(next, desk));
      case KeyedInput.Pressed.Ready(var basket) -> steps.arm(basket, now, desk);
      case KeyedInput.Pressed.Cleared _ -> cleared(state, desk);
      case KeyedInput.Pressed.Void _ -> Step.of(new OperatorNeeded(now + settings.armedMillis()),
          new SaleEffect.Show(new Screen.OperatorCard(OperatorErrand.VOID)));
      case KeyedInput.Pressed.Balance _ -> Step.of(new BalanceAsked(now + settings.armedMillis()),
          new SaleEffect.Show(new Screen.BalanceCard()));
      case KeyedInput.Pressed.Weigh(var goods) -> steps.weigh(goods, now, desk);
      case KeyedInput.Pressed.Tare _ -> Step.of(state, new SaleEffect.Tare());
      case KeyedInput.Pressed.Wrong(var mistake) -> Step.of(entering,
          new SaleEffect.Show(new Screen.Rejected(mistake)), new SaleEffect.Indicate(Signal.DECLINE));
      case KeyedInput.Pressed.Nothing _ -> Step.of(state);
    };
  }

  /// Products and further amounts are added to the basket that already waits for a card; a keyed amount starts anew.
  private Entering typedSoFar(SaleState state, char key) {
    return switch (state) {
      case Entering entering -> entering;
      case Armed armed when keys.continues(key) -> new Entering("", armed.basket());
      case Armed _,Weighing _,Asking _,AskingCode _,Recording _,Showing _,OperatorNeeded _,BalanceAsked _,PasswordNeeded _,ShiftRecording _,RefundSale _,RefundAmount _,RefundAsking _ ->
        Entering.NOTHING;
    };
  }

  private Step cleared(SaleState state, SaleDesk desk) {
    return state instanceof Armed armed
        ? steps.withdrawn(armed.basket(), desk)
        : steps.toIdle(Optional.empty(), desk);
  }

  private Step payCash(SaleState state, Entering entering, SaleDesk desk) {
    var basket = state instanceof Armed armed ? Optional.of(armed.basket()) : keys.finished(entering);
    return basket.map(paid -> steps.cash(state, meals.inCash(paid, desk), desk))
        .orElseGet(() -> Step.of(state,
            new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.NO_AMOUNT))));
  }

}

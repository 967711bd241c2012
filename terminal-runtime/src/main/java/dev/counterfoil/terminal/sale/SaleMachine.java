package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.policy.OfflineVerdict;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleEffect.Charge;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleState.Armed;
import dev.counterfoil.terminal.sale.SaleState.Asking;
import dev.counterfoil.terminal.sale.SaleState.AskingCode;
import dev.counterfoil.terminal.sale.SaleState.BalanceAsked;
import dev.counterfoil.terminal.sale.SaleState.Entering;
import dev.counterfoil.terminal.sale.SaleState.JustCharged;
import dev.counterfoil.terminal.sale.SaleState.OperatorNeeded;
import dev.counterfoil.terminal.sale.SaleState.PasswordNeeded;
import dev.counterfoil.terminal.sale.SaleState.Recording;
import dev.counterfoil.terminal.sale.SaleState.Showing;
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

  /// The requirement's least (CFG-03 password_min_length); the server says what it takes.
  private static final int LEAST_PASSWORD = 6;
  private static final int MOST_PASSWORD = 12;

  private final SaleSettings settings;
  private final KeyedInput keys;
  private final CodePayment codes;

  public SaleMachine(SaleSettings settings) {
    this.settings = settings;
    this.keys = new KeyedInput(settings);
    this.codes = new CodePayment(settings);
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
    return idle(Optional.empty());
  }

  private SaleState idle(Optional<JustCharged> charged) {
    return switch (settings.mode()) {
      case SaleMode.Fixed(var product) -> new Armed(Basket.of(List.of(product), ""), Long.MAX_VALUE, charged);
      case SaleMode.Keyed _,SaleMode.Products _ -> Entering.NOTHING;
    };
  }

  /// When [SaleEvent.Tick] must come next, if nothing else comes before.
  public OptionalLong wakeAt(SaleState state) {
    return switch (state) {
      case Armed armed when armed.untilMillis() != Long.MAX_VALUE -> OptionalLong.of(armed.untilMillis());
      case Asking asking -> OptionalLong.of(asking.answerByMillis());
      case AskingCode asking -> OptionalLong.of(asking.answerByMillis());
      case Showing showing -> OptionalLong.of(showing.untilMillis());
      case OperatorNeeded operator -> OptionalLong.of(operator.untilMillis());
      case BalanceAsked balance -> OptionalLong.of(balance.untilMillis());
      case PasswordNeeded password -> OptionalLong.of(password.untilMillis());
      case Armed _,Entering _,Recording _ -> OptionalLong.empty();
    };
  }

  /// One step.
  ///
  /// @param now monotonic milliseconds, never going back
  public Step step(SaleState state, SaleEvent event, long now, SaleDesk desk) {
    return switch (state) {
      case Entering entering -> entering(entering, event, now, desk);
      case Armed armed -> armed(armed, event, now, desk);
      case Asking asking -> asking(asking, event, now, desk);
      case AskingCode asking -> codes.step(asking, event, now);
      case Recording recording -> recording(recording, event, now);
      case Showing showing -> showing(showing, event, now, desk);
      case OperatorNeeded operator -> operatorNeeded(operator, event, now, desk);
      case BalanceAsked balance -> balanceAsked(balance, event, now, desk);
      case PasswordNeeded password -> passwordNeeded(password, event, now, desk);
    };
  }

  private Step entering(Entering state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.KeyPressed(var key) -> key(state, key, now, desk);
      case SaleEvent.BasketOffered(var basket) -> offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> cash(state, basket, desk);
      case SaleEvent.CardPresented _ -> Step.of(state, new SaleEffect.Show(
          desk.refusal().<Screen>map(Screen.OutOfOrder::new)
              .orElse(new Screen.Rejected(Screen.Mistake.NO_AMOUNT))));
      case SaleEvent.SeveralCards _ -> Step.of(state, new SaleEffect.Show(new Screen.SeveralCards()));
      case SaleEvent.CodePresented _ when !desk.codeWaits() -> Step.of(state, new SaleEffect.Show(
          desk.refusal().<Screen>map(Screen.OutOfOrder::new)
              .orElse(new Screen.Rejected(Screen.Mistake.NO_AMOUNT))));
      case SaleEvent.Misread(var mistake) -> misread(state, mistake);
      case SaleEvent.CodePresented _,SaleEvent.CardRemoved _,SaleEvent.Tick _ ->
        Step.of(state, screenOf(state, desk));
      case SaleEvent.CardUnidentified _ ->
        Step.of(state, new SaleEffect.LogAttempt(DeclineReason.IDENTITY_ERROR));
      case SaleEvent.BasketWithdrawn _,SaleEvent.Approved _,SaleEvent.CodeApproved _,SaleEvent.Declined _,SaleEvent.PasswordAsked _,SaleEvent.LinkLost _,SaleEvent.Recorded _,SaleEvent.RecordInDoubt _,SaleEvent.RecordFailed _ ->
        Step.of(state);
    };
  }

  private Step armed(Armed state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> card(state, token, now, desk);
      case SaleEvent.CardUnidentified _ -> unidentified(state, now);
      case SaleEvent.CodePresented(var code) -> codes.present(state, code, now, desk);
      case SaleEvent.Misread(var mistake) -> misread(state, mistake);
      case SaleEvent.KeyPressed(var key) -> key(state, key, now, desk);
      case SaleEvent.BasketOffered(var basket) -> offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> cash(state, basket, desk);
      case SaleEvent.BasketWithdrawn _ -> withdrawn(state.basket(), desk);
      case SaleEvent.SeveralCards _ -> Step.of(state, new SaleEffect.Show(new Screen.SeveralCards()));
      case SaleEvent.CardRemoved _ -> Step.of(state, screenOf(state, desk));
      case SaleEvent.Tick _ -> now >= state.untilMillis()
          ? withdrawn(state.basket(), desk)
          : Step.of(state, screenOf(state, desk));
      case SaleEvent.Approved _,SaleEvent.CodeApproved _,SaleEvent.Declined _,SaleEvent.PasswordAsked _,SaleEvent.LinkLost _,SaleEvent.Recorded _,SaleEvent.RecordInDoubt _,SaleEvent.RecordFailed _ ->
        Step.of(state);
    };
  }

  private Step asking(Asking state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.Approved(var transaction, var hold, var account, var balance) when transaction.equals(
          state.transaction()) ->
        record(state, new Charge(state.token(), account, hold, false, balance));
      case SaleEvent.Declined(var transaction, var reason, var account) when transaction.equals(
          state.transaction()) ->
        decline(state, reason, false, account, now);
      case SaleEvent.PasswordAsked(var transaction) when transaction.equals(state.transaction()) ->
        askPassword(state, now);
      case SaleEvent.LinkLost _ -> fallBack(state, now, desk);
      case SaleEvent.Tick _ -> now >= state.answerByMillis() ? fallBack(state, now, desk) : Step.of(state);
      // The till hears at once that this terminal is busy; a second basket must never take the first one's card.
      case SaleEvent.BasketOffered(var basket) -> meanwhile(state, state.basket(), basket);
      case SaleEvent.CashTaken(var basket) -> meanwhile(state, state.basket(), basket);
      // Too late to withdraw: the card is being charged, the till learns the outcome.
      case SaleEvent.BasketWithdrawn _,SaleEvent.Approved _,SaleEvent.CodeApproved _,SaleEvent.Declined _,SaleEvent.PasswordAsked _,SaleEvent.KeyPressed _,SaleEvent.CardPresented _,SaleEvent.CodePresented _,SaleEvent.Misread _,SaleEvent.CardUnidentified _,SaleEvent.CardRemoved _,SaleEvent.SeveralCards _,SaleEvent.Recorded _,SaleEvent.RecordInDoubt _,SaleEvent.RecordFailed _ ->
        Step.of(state);
    };
  }

  private Step recording(Recording state, SaleEvent event, long now) {
    return switch (event) {
      case SaleEvent.Recorded(var transaction, var seq) when transaction.equals(state.transaction()) ->
        show(state.result(), state.token(), now).plus(new SaleEffect.Indicate(Signal.APPROVE),
            new SaleEffect.AnswerTill(state.basket().externalReference(),
                new TillOutcome.Paid(transaction, seq)));
      case SaleEvent.RecordFailed(var transaction) when transaction.equals(state.transaction()) ->
        recordFailed(state, now);
      // The glass says neither approved nor failed before the journal knows which it was.
      case SaleEvent.RecordInDoubt(var transaction) when transaction.equals(state.transaction()) ->
        Step.of(state, new SaleEffect.Show(new Screen.Working(state.basket().amountMinor())),
            new SaleEffect.Indicate(Signal.WAIT));
      case SaleEvent.BasketOffered(var basket) -> meanwhile(state, state.basket(), basket);
      case SaleEvent.CashTaken(var basket) -> meanwhile(state, state.basket(), basket);
      case SaleEvent.Recorded _,SaleEvent.RecordInDoubt _,SaleEvent.RecordFailed _,SaleEvent.Approved _,SaleEvent.CodeApproved _,SaleEvent.Declined _,SaleEvent.PasswordAsked _,SaleEvent.LinkLost _,SaleEvent.BasketWithdrawn _,SaleEvent.KeyPressed _,SaleEvent.CardPresented _,SaleEvent.CodePresented _,SaleEvent.Misread _,SaleEvent.CardUnidentified _,SaleEvent.CardRemoved _,SaleEvent.SeveralCards _,SaleEvent.Tick _ ->
        Step.of(state);
    };
  }

  private Step showing(Showing state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      // The next customer need not wait for the screen: whatever starts a purchase ends the showing.
      case SaleEvent.KeyPressed _,SaleEvent.BasketOffered _,SaleEvent.CashTaken _,SaleEvent.CardPresented _,SaleEvent.CodePresented _,SaleEvent.Misread _,SaleEvent.CardUnidentified _ ->
        step(idle(state.charged()), event, now, desk);
      case SaleEvent.Tick _ -> now >= state.untilMillis() ? toIdle(state.charged(), desk) : Step.of(state);
      case SaleEvent.CardRemoved _,SaleEvent.SeveralCards _,SaleEvent.Approved _,SaleEvent.CodeApproved _,SaleEvent.Declined _,SaleEvent.PasswordAsked _,SaleEvent.LinkLost _,SaleEvent.Recorded _,SaleEvent.RecordInDoubt _,SaleEvent.RecordFailed _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private Step operatorNeeded(OperatorNeeded state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> takeBack(token, now, desk);
      case SaleEvent.KeyPressed(var key) -> key == 'D' ? toIdle(Optional.empty(), desk) : Step.of(state);
      case SaleEvent.Tick _ -> now >= state.untilMillis() ? toIdle(Optional.empty(), desk) : Step.of(state);
      case SaleEvent.CardUnidentified _ -> unidentified(state, now);
      case SaleEvent.BasketOffered(var basket) -> offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> cash(state, basket, desk);
      case SaleEvent.Misread(var mistake) -> misread(state, mistake);
      case SaleEvent.CodePresented _,SaleEvent.CardRemoved _,SaleEvent.SeveralCards _,SaleEvent.Approved _,SaleEvent.CodeApproved _,SaleEvent.Declined _,SaleEvent.PasswordAsked _,SaleEvent.LinkLost _,SaleEvent.Recorded _,SaleEvent.RecordInDoubt _,SaleEvent.RecordFailed _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  private Step balanceAsked(BalanceAsked state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.CardPresented(var token) -> tellBalance(token, now, desk);
      case SaleEvent.KeyPressed(var key) -> key == 'D' || key == 'B' ? toIdle(Optional.empty(), desk)
          : step(idle(), event, now, desk);
      case SaleEvent.Tick _ -> now >= state.untilMillis() ? toIdle(Optional.empty(), desk) : Step.of(state);
      case SaleEvent.CardUnidentified _ -> unidentified(state, now);
      case SaleEvent.BasketOffered(var basket) -> offered(state, basket, now, desk);
      case SaleEvent.CashTaken(var basket) -> cash(state, basket, desk);
      case SaleEvent.SeveralCards _ -> Step.of(state, new SaleEffect.Show(new Screen.SeveralCards()));
      case SaleEvent.Misread(var mistake) -> misread(state, mistake);
      case SaleEvent.CodePresented _,SaleEvent.CardRemoved _,SaleEvent.Approved _,SaleEvent.CodeApproved _,SaleEvent.Declined _,SaleEvent.PasswordAsked _,SaleEvent.LinkLost _,SaleEvent.Recorded _,SaleEvent.RecordInDoubt _,SaleEvent.RecordFailed _,SaleEvent.BasketWithdrawn _ ->
        Step.of(state);
    };
  }

  /// The card may be taken away meanwhile: who pays is known.
  private Step passwordNeeded(PasswordNeeded state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.KeyPressed(var key) -> passwordKey(state, key, now, desk);
      case SaleEvent.Tick _ -> now >= state.untilMillis() ? withoutPassword(state, now) : Step.of(state);
      case SaleEvent.BasketOffered(var basket) -> meanwhile(state, state.basket(), basket);
      case SaleEvent.CashTaken(var basket) -> meanwhile(state, state.basket(), basket);
      case SaleEvent.BasketWithdrawn _ -> withdrawn(state.basket(), desk);
      case SaleEvent.CardPresented _,SaleEvent.CodePresented _,SaleEvent.Misread _,SaleEvent.CardUnidentified _,SaleEvent.CardRemoved _,SaleEvent.SeveralCards _,SaleEvent.Approved _,SaleEvent.CodeApproved _,SaleEvent.Declined _,SaleEvent.PasswordAsked _,SaleEvent.LinkLost _,SaleEvent.Recorded _,SaleEvent.RecordInDoubt _,SaleEvent.RecordFailed _ ->
        Step.of(state);
    };
  }

  // --- a password ---

  private Step askPassword(Asking state, long now) {
    return settings.passwordPad()
        ? typed(new PasswordNeeded(state.transaction(), state.token(), state.basket(), "",
            now + settings.armedMillis())).plus(new SaleEffect.Indicate(Signal.IDLE))
        : decline(state, DeclineReason.PASSWORD_NEEDED, false, 0, now);
  }

  private static Step typed(PasswordNeeded state) {
    return Step.of(state,
        new SaleEffect.Show(new Screen.Password(state.basket().amountMinor(), state.typed().length())));
  }

  private static PasswordNeeded with(PasswordNeeded state, String typed) {
    return new PasswordNeeded(state.transaction(), state.token(), state.basket(), typed, state.untilMillis());
  }

  private Step passwordKey(PasswordNeeded state, char key, long now, SaleDesk desk) {
    String typed = state.typed();
    if (key >= '0' && key <= '9') {
      return typed.length() < MOST_PASSWORD ? typed(with(state, typed + key)) : Step.of(state);
    }
    return switch (key) {
      case '#' -> typed.length() < LEAST_PASSWORD
          ? Step.of(with(state, ""), new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.SHORT_PASSWORD)),
              new SaleEffect.Indicate(Signal.DECLINE))
          : askAgain(state, now, desk);
      case '<' -> typed.isEmpty() ? Step.of(state)
          : typed(with(state, typed.substring(0, typed.length() - 1)));
      case 'D' -> typed.isEmpty() ? withoutPassword(state, now) : typed(with(state, ""));
      default -> Step.of(state);
    };
  }

  private Step askAgain(PasswordNeeded state, long now, SaleDesk desk) {
    var asking = new Asking(state.transaction(), state.token(), state.basket(),
        now + settings.answerMillis());
    if (!desk.online()) {
      return decideAlone(asking, now, desk);
    }
    return Step.of(asking, new SaleEffect.Show(new Screen.Working(state.basket().amountMinor())),
        new SaleEffect.Indicate(Signal.WAIT), new SaleEffect.AuthorizeWithPassword(question(asking),
            state.typed()));
  }

  /// The server keeps nothing of a question that it answered with another, so there is no hold to give back.
  private Step withoutPassword(PasswordNeeded state, long now) {
    return decline(new Asking(state.transaction(), state.token(), state.basket(), now),
        DeclineReason.PASSWORD_NEEDED, false, 0, now);
  }

  // --- a card pays ---

  private Step card(Armed state, CardToken token, long now, SaleDesk desk) {
    var again = state.charged()
        .filter(charged -> charged.token().equals(token) && now < charged.untilMillis());
    if (again.isPresent()) {
      return Step.of(new Showing(again.get().result(), now + settings.resultMillis(), again),
          new SaleEffect.Show(again.get().result()), new SaleEffect.Indicate(Signal.APPROVE));
    }
    if (desk.refusal().isPresent()) {
      return Step.of(state, new SaleEffect.Show(new Screen.OutOfOrder(desk.refusal().get())),
          new SaleEffect.Indicate(Signal.ERROR));
    }
    var asking = new Asking(desk.nextTransaction(), token, state.basket(), now + settings.answerMillis());
    if (desk.denied(token)) {
      return decline(asking, DeclineReason.CARD_LOST, !desk.online(), 0, now);
    }
    if (!desk.online()) {
      return decideAlone(asking, now, desk);
    }
    return Step.of(asking, new SaleEffect.Show(new Screen.Working(state.basket().amountMinor())),
        new SaleEffect.Indicate(Signal.WAIT),
        question(asking));
  }

  private static SaleEffect.Authorize question(Asking state) {
    return new SaleEffect.Authorize(state.transaction(), state.token(), state.basket().amountMinor(),
        state.basket().externalReference());
  }

  private Step decideAlone(Asking state, long now, SaleDesk desk) {
    return switch (desk.decideOffline(state.token(), state.basket().amountMinor())) {
      case OfflineVerdict.Allowed(var account, var before, _) -> record(state,
          new Charge(state.token(), account, 0, true, before));
      case OfflineVerdict.Refused(var reason) -> decline(state, reason, true, 0, now);
    };
  }

  /// The server was asked and did not answer in time. A decision that ends the other way than the server's must not
  /// leave its hold standing: a decline is told to the server, an approval is captured by its record.
  private Step fallBack(Asking state, long now, SaleDesk desk) {
    var step = decideAlone(state, now, desk);
    boolean approved = step.state() instanceof Recording;
    var told = step.plus(new SaleEffect.FellBack(state.transaction(), approved));
    return approved ? told : told.plus(new SaleEffect.Cancel(state.transaction()));
  }

  private Step record(Asking state, Charge charge) {
    long amount = state.basket().amountMinor();
    var result = new Screen.Approved(amount, charge.balanceBeforeMinor() - amount, charge.offline());
    return Step.of(
        new Recording(state.transaction(), state.basket(), result, Optional.of(state.token()),
            charge.holdId() != 0),
        new SaleEffect.RecordSale(state.transaction(), state.basket(), Optional.of(charge)));
  }

  private Step decline(Asking state, DeclineReason reason, boolean offline, long account, long now) {
    return show(new Screen.Declined(reason), Optional.empty(), now).plus(
        new SaleEffect.Indicate(Signal.DECLINE),
        new SaleEffect.RecordDecline(state.transaction(), state.token(), state.basket().amountMinor(), reason,
            offline, account),
        refused(state.basket(), reason));
  }

  private Step unidentified(SaleState state, long now) {
    var reason = DeclineReason.IDENTITY_ERROR;
    var shown = state instanceof Armed ? state
        : show(new Screen.Declined(reason), Optional.empty(), now).state();
    return Step.of(shown, new SaleEffect.Show(new Screen.Declined(reason)),
        new SaleEffect.Indicate(Signal.DECLINE), new SaleEffect.LogAttempt(reason));
  }

  /// Nothing that was presented can be used; what stands goes on.
  private static Step misread(SaleState state, Screen.Mistake mistake) {
    return Step.of(state, new SaleEffect.Show(new Screen.Rejected(mistake)),
        new SaleEffect.Indicate(Signal.DECLINE));
  }

  private Step recordFailed(Recording state, long now) {
    var reason = DeclineReason.PAYMENT_FAILED;
    var step = show(new Screen.Declined(reason), Optional.empty(), now).plus(
        new SaleEffect.Indicate(Signal.ERROR),
        refused(state.basket(), reason));
    return state.held() ? step.plus(new SaleEffect.Cancel(state.transaction())) : step;
  }

  // --- cash, tills, voids ---

  private Step cash(SaleState state, Basket basket, SaleDesk desk) {
    if (keys.problemOf(basket).isPresent()) {
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

  private Step offered(SaleState state, Basket basket, long now, SaleDesk desk) {
    if (state instanceof Armed armed && !armed.basket().externalReference().isEmpty()
        && !armed.basket().externalReference().equals(basket.externalReference())) {
      return Step.of(state, busy(basket));
    }
    if (keys.problemOf(basket).isPresent()) {
      return Step.of(state, refused(basket, DeclineReason.PARAMETER_ERROR));
    }
    return desk.refusal().isPresent()
        ? Step.of(state, screenOf(state, desk), refused(basket, DeclineReason.PAYMENT_FAILED))
        : arm(basket, now, desk);
  }

  private Step arm(Basket basket, long now, SaleDesk desk) {
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

  private static SaleEffect busy(Basket basket) {
    return refused(basket, DeclineReason.SYSTEM_BUSY);
  }

  static SaleEffect refused(Basket basket, DeclineReason reason) {
    return new SaleEffect.AnswerTill(basket.externalReference(), new TillOutcome.Refused(reason));
  }

  private Step withdrawn(Basket basket, SaleDesk desk) {
    return toIdle(Optional.empty(), desk)
        .plus(new SaleEffect.AnswerTill(basket.externalReference(), new TillOutcome.Withdrawn()));
  }

  private Step takeBack(CardToken operator, long now, SaleDesk desk) {
    if (desk.denied(operator) || !desk.operator(operator)) {
      return show(new Screen.Rejected(Screen.Mistake.NOT_AN_OPERATOR), Optional.empty(), now)
          .plus(new SaleEffect.Indicate(Signal.DECLINE),
              new SaleEffect.LogAttempt(DeclineReason.PERMISSION_DENIED));
    }
    if (desk.refusal().isPresent()) {
      return show(new Screen.OutOfOrder(desk.refusal().get()), Optional.empty(), now);
    }
    if (desk.lastSale().isEmpty()) {
      return show(new Screen.Rejected(Screen.Mistake.NOTHING_TO_VOID), Optional.empty(), now);
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
      return show(new Screen.Declined(DeclineReason.CARD_LOST), Optional.empty(), now).plus(
          new SaleEffect.Indicate(Signal.DECLINE), new SaleEffect.LogAttempt(DeclineReason.CARD_LOST));
    }
    var balance = desk.balance(token);
    return balance.isPresent()
        ? show(new Screen.Balance(balance.getAsLong(), !desk.online()), Optional.empty(), now)
        : show(new Screen.Rejected(Screen.Mistake.UNKNOWN_CARD), Optional.empty(), now)
            .plus(new SaleEffect.Indicate(Signal.DECLINE));
  }

  // --- keys ---

  private Step key(SaleState state, char key, long now, SaleDesk desk) {
    boolean ofTill = state instanceof Armed armed && !armed.basket().externalReference().isEmpty();
    if (ofTill && key != 'D' || state instanceof Armed && key == '#') {
      return Step.of(state); // a stray key must not change a price that stands
    }
    var entering = typedSoFar(state, key);
    if (key == 'C' && settings.cashKey()) {
      return payCash(state, entering, desk);
    }
    return switch (keys.press(entering, key)) {
      case KeyedInput.Pressed.Typed(var next) -> Step.of(next, screenOf(next, desk));
      case KeyedInput.Pressed.Ready(var basket) -> arm(basket, now, desk);
      case KeyedInput.Pressed.Cleared _ -> cleared(state, desk);
      case KeyedInput.Pressed.Void _ -> Step.of(new OperatorNeeded(now + settings.armedMillis()),
          new SaleEffect.Show(new Screen.OperatorCard()));
      case KeyedInput.Pressed.Balance _ -> Step.of(new BalanceAsked(now + settings.armedMillis()),
          new SaleEffect.Show(new Screen.BalanceCard()));
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
      case Armed _,Asking _,AskingCode _,Recording _,Showing _,OperatorNeeded _,BalanceAsked _,PasswordNeeded _ ->
        Entering.NOTHING;
    };
  }

  private Step cleared(SaleState state, SaleDesk desk) {
    return state instanceof Armed armed
        ? withdrawn(armed.basket(), desk)
        : toIdle(Optional.empty(), desk);
  }

  private Step payCash(SaleState state, Entering entering, SaleDesk desk) {
    var basket = state instanceof Armed armed ? Optional.of(armed.basket()) : keys.finished(entering);
    return basket.map(paid -> cash(state, paid, desk)).orElseGet(() -> Step.of(state,
        new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.NO_AMOUNT))));
  }

  // --- screens ---

  private Step show(Screen result, Optional<CardToken> charged, long now) {
    var guard = settings.mode() instanceof SaleMode.Fixed
        ? charged.map(token -> new JustCharged(token, result, now + settings.repeatMillis()))
        : Optional.<JustCharged>empty();
    return Step.of(new Showing(result, now + settings.resultMillis(), guard), new SaleEffect.Show(result));
  }

  private Step toIdle(Optional<JustCharged> charged, SaleDesk desk) {
    var idle = idle(charged);
    return Step.of(idle, screenOf(idle, desk), new SaleEffect.Indicate(Signal.IDLE));
  }

  private SaleEffect screenOf(SaleState state, SaleDesk desk) {
    if (desk.refusal().isPresent()) {
      return new SaleEffect.Show(new Screen.OutOfOrder(desk.refusal().get()));
    }
    return new SaleEffect.Show(switch (state) {
      case Entering(var keyed, var basket) when keyed.isEmpty() && basket.isEmpty() -> desk.codeWaits()
          ? new Screen.CodeRead()
          : new Screen.Ready(desk.online());
      case Entering(var keyed, var basket) -> new Screen.Typing(keyed, basket.amountMinor());
      case Armed armed -> new Screen.PresentCard(armed.basket().amountMinor());
      case Asking asking -> new Screen.Working(asking.basket().amountMinor());
      case AskingCode asking -> new Screen.Working(asking.basket().amountMinor());
      case Recording recording -> new Screen.Working(recording.basket().amountMinor());
      case Showing showing -> showing.result();
      case OperatorNeeded _ -> new Screen.OperatorCard();
      case BalanceAsked _ -> new Screen.BalanceCard();
      case PasswordNeeded password -> new Screen.Password(password.basket().amountMinor(),
          password.typed().length());
    });
  }
}

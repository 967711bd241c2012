package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleMachine.Step;
import dev.counterfoil.terminal.sale.SaleState.Asking;
import dev.counterfoil.terminal.sale.SaleState.PasswordNeeded;

/// The holder types the password of a purchase that the server wants one for (PAY-28). The digits stand in the state and in
/// the one question that takes them to the server, and are written nowhere. Pure, as [SaleMachine].
final class TypedPassword {

  /// The requirement's least (CFG-03 password_min_length); the server says what it takes.
  private static final int LEAST = 6;
  private static final int MOST = 12;

  private final SaleSettings settings;
  private final SaleSteps steps;
  private final CardPayment payment;

  TypedPassword(SaleSettings settings, SaleSteps steps, CardPayment payment) {
    this.settings = settings;
    this.steps = steps;
    this.payment = payment;
  }

  Step ask(Asking state, long now) {
    return settings.passwordPad()
        ? typed(new PasswordNeeded(state.transaction(), state.token(), state.basket(), "",
            now + settings.armedMillis())).plus(new SaleEffect.Indicate(Signal.IDLE))
        : steps.decline(state, DeclineReason.PASSWORD_NEEDED, false, 0, now);
  }

  /// The card may be taken away meanwhile: who pays is known.
  Step step(PasswordNeeded state, SaleEvent event, long now, SaleDesk desk) {
    return switch (event) {
      case SaleEvent.KeyPressed(var key) -> key(state, key, now, desk);
      case SaleEvent.Tick _ -> now >= state.untilMillis() ? withoutPassword(state, now) : Step.of(state);
      case SaleEvent.BasketOffered(var basket) -> SaleSteps.meanwhile(state, state.basket(), basket);
      case SaleEvent.CashTaken(var basket) -> SaleSteps.meanwhile(state, state.basket(), basket);
      case SaleEvent.BasketWithdrawn _ -> steps.withdrawn(state.basket(), desk);
      case SaleEvent.AtTheCounter _,SaleEvent.FromServer _,SaleEvent.FromJournal _ ->
        Step.of(state);
    };
  }

  private static Step typed(PasswordNeeded state) {
    return Step.of(state,
        new SaleEffect.Show(new Screen.Password(state.basket().amountMinor(), state.typed().length())));
  }

  private static PasswordNeeded with(PasswordNeeded state, String typed) {
    return new PasswordNeeded(state.transaction(), state.token(), state.basket(), typed, state.untilMillis());
  }

  private Step key(PasswordNeeded state, char key, long now, SaleDesk desk) {
    String typed = state.typed();
    if (key >= '0' && key <= '9') {
      return typed.length() < MOST ? typed(with(state, typed + key)) : Step.of(state);
    }
    return switch (key) {
      case '#' -> typed.length() < LEAST
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
      return payment.decideAlone(asking, now, desk);
    }
    return Step.of(asking, new SaleEffect.Show(SaleSteps.working(state.basket())),
        new SaleEffect.Indicate(Signal.WAIT),
        new SaleEffect.AuthorizeWithPassword(CardPayment.question(asking),
            state.typed()));
  }

  /// The server keeps nothing of a question that it answered with another, so there is no hold to give back.
  private Step withoutPassword(PasswordNeeded state, long now) {
    return steps.decline(new Asking(state.transaction(), state.token(), state.basket(), now),
        DeclineReason.PASSWORD_NEEDED, false, 0, now);
  }
}

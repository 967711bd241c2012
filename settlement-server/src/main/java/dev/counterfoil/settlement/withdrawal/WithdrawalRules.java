package dev.counterfoil.settlement.withdrawal;

import dev.counterfoil.settlement.ledger.TwoOperators;
import dev.counterfoil.settlement.store.MoneyRequestState;

/// A withdrawal as a state machine. The amount is reserved from REQUESTED to the end of APPROVED.
///
/// | state | event | next | the reserved money |
/// | --- | --- | --- | --- |
/// | REQUESTED | approve | APPROVED | stays reserved |
/// | REQUESTED | reject | REJECTED | is the holder's again |
/// | APPROVED | paid | DONE | leaves the holder |
/// | APPROVED | failed | FAILED | is the holder's again |
public final class WithdrawalRules {

  public sealed interface Event {

    String by();

    record Approve(String by) implements Event {}

    record Reject(String by) implements Event {}

    /// The bank or the cashier has paid.
    record Paid(String by) implements Event {}

    /// The bank or the cashier cannot pay.
    record Failed(String by) implements Event {}
  }

  /// What becomes of the reserved money.
  public enum Money {
    STAYS,
    LEAVES,
    COMES_BACK
  }

  public sealed interface Step {

    record Moves(MoneyRequestState next, Money money) implements Step {}

    /// It happened before: nothing to do, and no harm done.
    record Repeated() implements Step {}

    /// @param code REQUEST_OWN (nobody decides about what he asked for himself) or REQUEST_STATE
    record Refused(String code) implements Step {}
  }

  private WithdrawalRules() {}

  /// @param requester who asked for it
  public static Step step(MoneyRequestState state, String requester, Event event) {
    return switch (event) {
      case Event.Approve _ -> decide(state, requester, event, MoneyRequestState.APPROVED, Money.STAYS);
      case Event.Reject _ -> decide(state, requester, event, MoneyRequestState.REJECTED, Money.COMES_BACK);
      case Event.Paid _ -> from(MoneyRequestState.APPROVED, state, MoneyRequestState.DONE, Money.LEAVES);
      case Event.Failed _ -> from(MoneyRequestState.APPROVED, state, MoneyRequestState.FAILED,
          Money.COMES_BACK);
    };
  }

  private static Step decide(MoneyRequestState state, String requester, Event event, MoneyRequestState next,
      Money money) {
    return TwoOperators.areOne(requester, event.by()) ? new Step.Refused("REQUEST_OWN")
        : from(MoneyRequestState.REQUESTED, state, next, money);
  }

  private static Step from(MoneyRequestState needed, MoneyRequestState state, MoneyRequestState next,
      Money money) {
    if (state == next) {
      return new Step.Repeated();
    }
    return state == needed ? new Step.Moves(next, money) : new Step.Refused("REQUEST_STATE");
  }
}

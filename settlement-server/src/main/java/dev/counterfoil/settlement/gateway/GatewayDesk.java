package dev.counterfoil.settlement.gateway;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Moves orders of one gateway: steps, commits, and only then calls the gateway. A crash between commit and call is made
/// up for by the next {@link #wake}. Runs in its callers' threads and blocks as long as the gateway does; several
/// threads may use it at once, also about one order.
public final class GatewayDesk {

  /// Orders looked at in one {@link #wake}, so that other work gets its turn.
  static final int MOST_AT_ONCE = 100;

  private final PaymentGateway gateway;
  private final GatewayOrders orders;
  private final InstantSource clock;

  public GatewayDesk(PaymentGateway gateway, GatewayOrders orders, InstantSource clock) {
    this.gateway = gateway;
    this.orders = orders;
    this.clock = clock;
  }

  /// Takes a step with an order, and asks the gateway what follows from it.
  ///
  /// @return whether there is such an order
  public boolean tell(String orderId, GatewayEvent event) {
    return settle(orderId, new ArrayDeque<>(List.of(event)));
  }

  /// Takes a callback that was read and verified.
  ///
  /// @return what to tell the gateway, and why
  public CallbackReceipt notified(CallbackReading reading) {
    return switch (reading) {
      case CallbackReading.Genuine(var orderId, var event) -> tell(orderId, event) ? CallbackReceipt.TAKEN
          : CallbackReceipt.refused(new GatewayProblem(GatewayCode.GATEWAY_ORDER_UNKNOWN, orderId));
      case CallbackReading.Irrelevant _ -> CallbackReceipt.TAKEN;
      case CallbackReading.Refused(var problem) -> CallbackReceipt.refused(problem);
    };
  }

  /// Goes on with orders that are due; called every second or so.
  ///
  /// @return how many there were; as many as {@link #MOST_AT_ONCE} means: call again
  public int wake() {
    List<String> due = orders.due(clock.instant(), MOST_AT_ONCE);
    due.forEach(orderId -> tell(orderId, new GatewayEvent.Tick()));
    return due.size();
  }

  /// Asks the gateway what a step of somebody else wants asked, after that step was made durable, and takes the answers
  /// like its own.
  public void ask(String orderId, List<GatewayEffect.Call> calls) {
    var events = new ArrayDeque<GatewayEvent>();
    calls.forEach(call -> events.add(make(call)));
    boolean _ = settle(orderId, events);
  }

  /// @return whether there is such an order
  private boolean settle(String orderId, Deque<GatewayEvent> events) {
    while (!events.isEmpty()) {
      Optional<List<GatewayEffect.Call>> calls = commit(orderId, events.remove());
      if (calls.isEmpty()) {
        return false;
      }
      calls.get().forEach(call -> events.add(make(call)));
    }
    return true;
  }

  private Optional<List<GatewayEffect.Call>> commit(String orderId, GatewayEvent event) {
    while (true) {
      Optional<GatewayOrder> before = orders.load(orderId);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      GatewayStep step = GatewayOrderRules.step(before.get(), event, clock.instant());
      if (orders.commit(before.get(), step.order(), step.entries())) {
        return Optional.of(step.calls());
      }
    }
  }

  private GatewayEvent make(GatewayEffect.Call call) {
    return switch (call) {
      case GatewayEffect.Place(var request) -> new GatewayEvent.Placed(gateway.order(request));
      case GatewayEffect.Ask(var orderId) -> new GatewayEvent.PaymentLearned(gateway.query(orderId));
      case GatewayEffect.Close(var orderId) -> new GatewayEvent.CloseLearned(gateway.close(orderId));
      case GatewayEffect.SendRefund(var request) ->
        new GatewayEvent.RefundLearned(request.refundId(), gateway.refund(request));
      case GatewayEffect.AskRefund(var orderId, var refundId) ->
        new GatewayEvent.RefundLearned(refundId, gateway.queryRefund(orderId, refundId));
    };
  }
}

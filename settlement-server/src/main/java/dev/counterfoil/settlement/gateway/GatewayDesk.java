package dev.counterfoil.settlement.gateway;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
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

  /// Opens an order and sends it. The same request again finds the first one.
  ///
  /// @return the order as it is now; not paid is not failed
  /// @throws IllegalArgumentException if the ID belongs to an order of another amount
  public GatewayOrder open(OrderRequest request) {
    orders.add(GatewayOrder.open(request, clock.instant()));
    GatewayOrder kept = orders.load(request.orderId()).orElseThrow();
    if (kept.request().amountFen() != request.amountFen()) {
      throw new IllegalArgumentException("order " + request.orderId() + " exists with another amount");
    }
    tell(request.orderId(), new GatewayEvent.Tick());
    return orders.load(request.orderId()).orElseThrow();
  }

  /// Asks for money back. The same refund number again changes nothing.
  ///
  /// @param refundId 6 to 32 letters, digits, `-` or `_`
  /// @param amountFen in fen, at least 1
  /// @return whether there is such an order
  public boolean refund(String orderId, String refundId, long amountFen) {
    return tell(orderId, new GatewayEvent.RefundWanted(refundId, amountFen));
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

  private boolean tell(String orderId, GatewayEvent first) {
    var events = new ArrayDeque<GatewayEvent>(List.of(first));
    while (!events.isEmpty()) {
      Optional<List<GatewayEffect>> effects = commit(orderId, events.remove());
      if (effects.isEmpty()) {
        return false;
      }
      effects.get().stream().filter(GatewayEffect.Call.class::isInstance).map(GatewayEffect.Call.class::cast)
          .forEach(call -> events.add(make(call)));
    }
    return true;
  }

  private Optional<List<GatewayEffect>> commit(String orderId, GatewayEvent event) {
    while (true) {
      Optional<GatewayOrder> before = orders.load(orderId);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      Instant now = clock.instant();
      GatewayStep step = GatewayOrderRules.step(before.get(), event, now);
      List<GatewayEffect.Entry> entries = step.effects().stream()
          .filter(GatewayEffect.Entry.class::isInstance).map(GatewayEffect.Entry.class::cast).toList();
      if (orders.commit(before.get(), step.order(), entries)) {
        return Optional.of(step.effects());
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

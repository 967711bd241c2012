package dev.counterfoil.settlement.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All that is known of one order at a gateway. Changed only by {@link GatewayOrderRules}.
///
/// @param request what was asked for
/// @param phase how far it came
/// @param asking when the gateway is asked next about the payment
/// @param refunds in the order in which they were asked for
public record GatewayOrder(OrderRequest request, Phase phase, Asking asking, List<RefundLine> refunds) {

  /// How long after its expiry an order is closed: clocks differ, and a payment may be under way.
  static final Duration GRACE = Duration.ofSeconds(60);

  /// How far an order came.
  public sealed interface Phase {

    /// It is not known whether the gateway has the order.
    ///
    /// @param sends how often it was sent
    record Placing(int sends) implements Phase {}

    /// The gateway has the order and waits for the payer.
    record Waiting(String payUrl) implements Phase {}

    /// Paid and booked; nothing takes that back but a refund.
    record Paid(Payment payment) implements Phase {}

    /// Paid, but not as asked for: nothing is booked, a person decides.
    record Disputed(Payment payment) implements Phase {}

    /// Not paid and cannot be any more.
    record Closed() implements Phase {}

    /// The gateway did not take it.
    record Refused(GatewayProblem problem) implements Phase {}
  }

  /// One refund of the order.
  ///
  /// @param sends how often it was sent
  public record RefundLine(String refundId, long amountFen, RefundPhase phase, int sends, Asking asking) {

    RefundLine in(RefundPhase next) {
      return new RefundLine(refundId, amountFen, next, sends, asking);
    }

    RefundLine asking(Asking next) {
      return new RefundLine(refundId, amountFen, phase, sends, next);
    }

    RefundLine sent() {
      return new RefundLine(refundId, amountFen, phase, Math.addExact(sends, 1), asking);
    }
  }

  /// How far a refund came.
  public enum RefundPhase {
    /// Not known, or the gateway still works on it.
    OPEN,
    /// The payer has the money; booked.
    DONE,
    /// The gateway does not make it.
    REFUSED,
    /// Another amount went back than was asked for; a person decides.
    DISPUTED
  }

  public GatewayOrder {
    refunds = List.copyOf(refunds);
  }

  /// An order that was not sent yet; it is due at once.
  public static GatewayOrder open(OrderRequest request, Instant now) {
    return new GatewayOrder(request, new Phase.Placing(0), Asking.dueAt(now), List.of());
  }

  public String orderId() {
    return request.orderId();
  }

  /// Whether a tick has something to do at that time.
  public boolean isDue(Instant now) {
    return switch (phase) {
      case Phase.Placing _, Phase.Waiting _ -> asking.isDue(now);
      case Phase.Paid _, Phase.Disputed _, Phase.Closed _, Phase.Refused _ ->
        openRefunds().anyMatch(line -> line.asking().isDue(now));
    };
  }

  /// When a tick has something to do, empty when nothing is left to ask.
  public Optional<Instant> dueAt() {
    return switch (phase) {
      case Phase.Placing _,Phase.Waiting _ -> Optional.of(asking.nextAt());
      case Phase.Paid _,Phase.Disputed _,Phase.Closed _,Phase.Refused _ ->
        openRefunds().map(line -> line.asking().nextAt()).min(Comparator.naturalOrder());
    };
  }

  /// What may still be given back: the payment less all refunds that were not refused, in fen; 0 when it is not paid.
  public long refundableFen() {
    return phase instanceof Phase.Paid(var payment)
        ? refunds.stream().filter(line -> line.phase() != RefundPhase.REFUSED).mapToLong(RefundLine::amountFen)
            .reduce(payment.amountFen(), Math::subtractExact)
        : 0;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(request.expiresAt().plus(GRACE));
  }

  Stream<RefundLine> openRefunds() {
    return refunds.stream().filter(line -> line.phase() == RefundPhase.OPEN);
  }

  GatewayOrder in(Phase next) {
    return new GatewayOrder(request, next, asking, refunds);
  }

  GatewayOrder asking(Asking next) {
    return new GatewayOrder(request, phase, next, refunds);
  }

  GatewayOrder with(RefundLine changed) {
    boolean known = refunds.stream().anyMatch(line -> line.refundId().equals(changed.refundId()));
    Stream<RefundLine> kept = refunds.stream()
        .map(line -> line.refundId().equals(changed.refundId()) ? changed : line);
    return new GatewayOrder(request, phase, asking,
        known ? kept.toList() : Stream.concat(kept, Stream.of(changed)).toList());
  }
}

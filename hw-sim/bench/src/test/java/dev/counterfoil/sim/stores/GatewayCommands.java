package dev.counterfoil.sim.stores;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.gateway.CloseAnswer;
import dev.counterfoil.settlement.gateway.GatewayCode;
import dev.counterfoil.settlement.gateway.GatewayEvent;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrderRules;
import dev.counterfoil.settlement.gateway.GatewayProblem;
import dev.counterfoil.settlement.gateway.GatewayStep;
import dev.counterfoil.settlement.gateway.OrderAnswer;
import dev.counterfoil.settlement.gateway.OrderRequest;
import dev.counterfoil.settlement.gateway.Payment;
import dev.counterfoil.settlement.gateway.PaymentAnswer;
import dev.counterfoil.settlement.gateway.RefundAnswer;
import dev.counterfoil.settlement.recharge.ArrivalDesk;
import dev.counterfoil.settlement.recharge.CollectionDesk;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.sim.stores.LedgerCommands.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Draws what holders have collected by gateways, what gateways tell of it, late and twice, and what goes back; and what banks
/// and employers announce.
final class GatewayCommands {

  private static final int SITE = TestServer.SITE;
  private static final int RECENT = 4;
  private static final GatewayProblem PROBLEM = new GatewayProblem(GatewayCode.GATEWAY_TIMEOUT, "10 s");
  private static final List<RechargeMethod> ANNOUNCED = List.of(RechargeMethod.BANK_TRANSFER,
      RechargeMethod.BANK_CARD, RechargeMethod.PAYROLL);

  private final SplittableRandom random;
  private final LedgerCommands draws;
  private final List<Ordered> orders = new ArrayList<>();
  private @Nullable Ordered newest;
  private int announced;

  /// An order, and the refunds that were asked of it.
  private record Ordered(TransactionId id, long amount, List<Back> refunds) {}

  private record Back(TransactionId id, long amount) {}

  GatewayCommands(SplittableRandom random, LedgerCommands draws) {
    this.random = random;
    this.draws = draws;
  }

  Command next() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> order();
      case 2, 3 -> giveBack();
      case 4 -> announce();
      case 5 -> arrive();
      default -> learn();
    };
  }

  private GatewayName gateway() {
    return GatewayName.values()[random.nextInt(GatewayName.values().length)];
  }

  private Command order() {
    TransactionId id = draws.newMove();
    long amount = draws.amount() * 20;
    orders.add(new Ordered(id, amount, new ArrayList<>()));
    var wanted = new CollectionDesk.Wanted(draws.account(), amount, gateway(),
        new OrderRequest.Presentation.Code(), draws.operator());
    return new Command("order " + id + " " + wanted,
        server -> server.core.inTurn(core -> core.collections().order(SITE, wanted, id, server.now)));
  }

  private Command giveBack() {
    if (orders.isEmpty()) {
      return order();
    }
    Ordered order = recent();
    var back = new Back(draws.id(), random.nextInt(4) == 0 ? order.amount() : 1 + order.amount() / 5);
    order.refunds().add(back);
    newest = order;
    var wanted = new CollectionDesk.BackWanted(order.id(), back.amount(), "changed mind", draws.operator());
    return new Command("give back " + back + " of " + order.id(),
        server -> server.core
            .inTurn(core -> core.collections().giveBack(SITE, wanted, back.id(), server.now)));
  }

  private Ordered recent() {
    return orders.get(orders.size() - 1 - random.nextInt(Math.min(RECENT, orders.size())));
  }

  /// What the gateway says is stepped through the rules that the program has, and taken once or twice.
  private Command learn() {
    if (orders.isEmpty()) {
      return order();
    }
    Ordered asked = newest;
    boolean answers = asked != null && random.nextInt(3) == 0;
    Ordered order = answers ? asked : recent();
    GatewayEvent event = answers ? refund(order) : event(order);
    boolean twice = random.nextInt(4) == 0;
    return new Command(event + " of " + order.id(), server -> {
      Optional<GatewayOrderRow> row = server.store.recharges().order(SITE, order.id());
      if (row.isEmpty()) {
        return "no order";
      }
      GatewayStep step = GatewayOrderRules.step(row.get().order(), event, Instant.ofEpochMilli(server.now));
      boolean first = take(server, row.get(), step);
      return step.effects() + " " + first + (twice ? take(server, row.get(), step) : "");
    });
  }

  private static boolean take(TestServer server, GatewayOrderRow row, GatewayStep step) {
    return server.core.inTurn(
        core -> core.collections().take(SITE, row.order(), step.order(), step.entries(), server.now));
  }

  private GatewayEvent event(Ordered order) {
    return switch (random.nextInt(10)) {
      case 0 -> new GatewayEvent.Tick();
      case 1 -> new GatewayEvent.Placed(switch (random.nextInt(4)) {
        case 0 -> new OrderAnswer.Refused(PROBLEM);
        case 1 -> new OrderAnswer.Unknown(PROBLEM);
        default -> new OrderAnswer.Accepted("weixin://" + order.id());
      });
      case 2, 3, 4, 5 -> new GatewayEvent.PaymentLearned(payment(order));
      case 6 -> new GatewayEvent.CloseLearned(random.nextBoolean() ? new CloseAnswer.AlreadyPaid()
          : new CloseAnswer.Unknown(PROBLEM));
      default -> refund(order);
    };
  }

  private PaymentAnswer payment(Ordered order) {
    return switch (random.nextInt(12)) {
      case 0 -> new PaymentAnswer.Pending();
      case 1 -> new PaymentAnswer.Closed();
      case 2 -> new PaymentAnswer.NotFound();
      case 3 -> new PaymentAnswer.Unknown(PROBLEM);
      case 4 -> paid(order, order.amount() + 1);
      default -> paid(order, order.amount());
    };
  }

  private static PaymentAnswer paid(Ordered order, long amount) {
    return new PaymentAnswer.Paid(
        new Payment(order.id().toString(), "42" + order.id().toString().substring(16),
            amount, Instant.ofEpochMilli(TestServer.NOW)));
  }

  private GatewayEvent refund(Ordered order) {
    Back back = order.refunds().isEmpty() ? new Back(draws.id(), 1)
        : order.refunds().get(random.nextBoolean() ? order.refunds().size() - 1
            : random.nextInt(order.refunds().size()));
    return new GatewayEvent.RefundLearned(back.id().toString(), switch (random.nextInt(8)) {
      case 0 -> new RefundAnswer.Pending();
      case 1, 2 -> new RefundAnswer.Failed(PROBLEM);
      case 3 -> new RefundAnswer.Refused(PROBLEM);
      case 4 -> new RefundAnswer.Unknown(PROBLEM);
      default -> new RefundAnswer.Refunded("5" + back.id(), back.amount());
    });
  }

  private Command announce() {
    announced++;
    var what = new ArrivalDesk.Announced(draws.account(), draws.amount() * 20,
        ANNOUNCED.get(random.nextInt(ANNOUNCED.size())), "slip " + random.nextInt(announced + 1),
        draws.operator());
    TransactionId id = draws.newMove();
    return new Command("announce " + what,
        server -> server.core.inTurn(core -> core.arrivals().announce(SITE, what, id, server.now)));
  }

  private Command arrive() {
    long number = 1 + random.nextInt(announced / 2 + 1);
    String by = draws.operator();
    return random.nextInt(3) > 0
        ? new Command("arrived " + number,
            server -> server.core.inTurn(core -> core.arrivals().confirm(SITE, number, by, server.now)))
        : new Command("never came " + number, server -> server.core
            .inTurn(core -> core.arrivals().cancel(SITE, number, "no such slip", by, server.now)));
  }
}

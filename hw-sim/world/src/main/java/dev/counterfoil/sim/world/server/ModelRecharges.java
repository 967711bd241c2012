package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrder.Phase;
import dev.counterfoil.settlement.store.ArrivalRow;
import dev.counterfoil.settlement.store.ArrivalState;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.RechargeReads;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the model store tells about recharges that are not cash.
final class ModelRecharges implements RechargeReads {

  private final ModelSettlementStore store;

  ModelRecharges(ModelSettlementStore store) {
    this.store = store;
  }

  @Override
  public Optional<GatewayOrderRow> order(int site, TransactionId transaction) {
    return Optional.ofNullable(store.table(site).gatewayOrders.get(transaction));
  }

  @Override
  public List<TransactionId> ordersDue(int site, GatewayName gateway, long nowMs, int limit) {
    return orders(site).filter(row -> row.gateway() == gateway && row.dueMs() > 0 && row.dueMs() <= nowMs)
        .sorted(Comparator.comparingLong(GatewayOrderRow::dueMs).thenComparing(GatewayOrderRow::transaction))
        .limit(limit).map(GatewayOrderRow::transaction).toList();
  }

  @Override
  public List<GatewayOrderRow> ordersSince(int site, GatewayName gateway, long sinceMs, TransactionId after,
      int limit) {
    return orders(site)
        .filter(row -> row.gateway() == gateway && row.updatedMs() >= sinceMs
            && row.transaction().compareTo(after) > 0)
        .sorted(Comparator.comparing(GatewayOrderRow::transaction)).limit(limit).toList();
  }

  private Stream<GatewayOrderRow> orders(int site) {
    return store.table(site).gatewayOrders.values().stream();
  }

  @Override
  public long lastArrival(int site) {
    return store.table(site).arrivals.isEmpty() ? 0 : store.table(site).arrivals.lastKey();
  }

  @Override
  public Optional<ArrivalRow> arrival(int site, long number) {
    return Optional.ofNullable(store.table(site).arrivals.get(number));
  }

  @Override
  public Optional<ArrivalRow> arrival(int site, TransactionId transaction) {
    return arrivals(site, row -> row.transaction().equals(transaction)).findFirst();
  }

  @Override
  public Optional<ArrivalRow> arrival(int site, RechargeMethod method, String reference) {
    return arrivals(site, row -> row.method() == method && row.reference().equals(reference)
        && row.state() != ArrivalState.CANCELLED).findFirst();
  }

  @Override
  public List<ArrivalRow> arrivals(int site, ArrivalState state, long after, int limit) {
    return arrivals(site, row -> row.state() == state && row.number() > after).limit(limit).toList();
  }

  @Override
  public List<ArrivalRow> arrivalsDue(int site, long nowMs, int limit) {
    return arrivals(site, row -> row.state() == ArrivalState.PENDING && row.arrivesMs() <= nowMs).limit(limit)
        .toList();
  }

  private Stream<ArrivalRow> arrivals(int site, Predicate<ArrivalRow> wanted) {
    return store.table(site).arrivals.values().stream().filter(wanted);
  }

  @Override
  public UnderWay underWay(int site, long account, long sinceMs) {
    Stream<UnderWay> ordered = orders(site)
        .filter(row -> row.account() == account && row.openedMs() >= sinceMs).map(ModelRecharges::underWay);
    Stream<UnderWay> announced = arrivals(site,
        row -> row.account() == account && row.askedMs() >= sinceMs).map(ModelRecharges::underWay);
    return Stream.concat(ordered, announced).reduce(new UnderWay(0, 0, 0), UnderWay::plus);
  }

  private static UnderWay underWay(GatewayOrderRow row) {
    return switch (row.order().phase()) {
      case Phase.Placing _,Phase.Waiting _ -> new UnderWay(1, row.amount(), row.amount());
      case Phase.Paid _,Phase.Disputed _ -> new UnderWay(0, 0, row.amount());
      case Phase.Closed _,Phase.Refused _ -> new UnderWay(0, 0, 0);
    };
  }

  private static UnderWay underWay(ArrivalRow row) {
    long own = row.method() == RechargeMethod.ONE_CARD ? row.amount() : 0;
    return switch (row.state()) {
      case PENDING -> new UnderWay(1, row.amount(), own);
      case DONE -> new UnderWay(0, 0, own);
      case CANCELLED -> new UnderWay(0, 0, 0);
    };
  }
}

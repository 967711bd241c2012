package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.gateway.GatewayEffect;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.OrderRequest.Presentation;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.payment.Gateways;
import dev.counterfoil.settlement.recharge.ArrivalDesk;
import dev.counterfoil.settlement.recharge.CollectionDesk;
import dev.counterfoil.settlement.recharge.Receipt;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.request.Reply;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ArrivalRow;
import dev.counterfoil.settlement.store.ArrivalState;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/// Recharges by every method, what became of them, and their receipts (RCH). A gateway is asked on the request's thread
/// after the order is durable; whoever loses the answer finds the order by its number.
final class RechargeRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access RECHARGE = new Access.Needs(Permission.RECHARGE);
  private static final Access REFUND = new Access.Needs(Permission.REFUND_REQUEST);
  private static final String ID = "transactionId";
  private static final int LONGEST_REFERENCE = 64;
  private static final int LONGEST_ADDRESS = 256;

  private final Gateways gateways;
  private final Readers readers;

  RechargeRoutes(Gateways gateways, Readers readers) {
    this.gateways = gateways;
    this.readers = readers;
  }

  List<Route> routes() {
    return List.of(
        Route.order(Verb.POST, "/accounts/{accountId}/recharge", RECHARGE, "RECHARGE",
            call -> recharge(call, ofPath(call))),
        Route.order(Verb.POST, "/cards/{token}/recharge", RECHARGE, "RECHARGE",
            call -> recharge(call, ofCard(call))),
        Route.read("/recharges", VIEW, RechargeRoutes::list),
        Route.read("/recharges/{transactionId}", VIEW, RechargeRoutes::one),
        Route.read("/recharges/{transactionId}/receipt", VIEW, RechargeRoutes::receipt),
        Route.order(Verb.POST, "/recharges/{transactionId}/refunds", REFUND, "RECHARGE_REFUND", this::refund),
        Route.change(Verb.POST, "/recharges/{transactionId}/confirm", RECHARGE, "RECHARGE_CONFIRM",
            call -> decision(call, (server, number, said) -> server.arrivals().confirm(call.site(), number,
                call.operator(), call.nowMs()))),
        Route.change(Verb.POST, "/recharges/{transactionId}/cancel", RECHARGE, "RECHARGE_CANCEL",
            call -> decision(call, (server, number, said) -> server.arrivals().cancel(call.site(), number,
                said, call.operator(), call.nowMs()))));
  }

  private static ToLongFunction<SettlementCore> ofPath(Call call) {
    long account = call.number("accountId");
    return _ -> account;
  }

  /// The account that a card spends from; looked up in the core, so that a repeat is answered whatever became of the card.
  private static ToLongFunction<SettlementCore> ofCard(Call call) {
    CardToken token = CardRoutes.token(call);
    return server -> server.reads().card(call.site(), token)
        .filter(card -> card.account() != 0 && card.status() != CardStatus.RETIRED
            && card.status() != CardStatus.EXPIRED)
        .map(CardRow::account)
        .orElseThrow(() -> new RefusedException("CARD_UNKNOWN", "no card of an account has this token"));
  }

  private Route.Plan recharge(Call call, ToLongFunction<SettlementCore> account) {
    long amount = call.body().amount("amount");
    RechargeMethod method = call.body().choice("method", RechargeMethod.class, RechargeMethod.CASH);
    return switch (method) {
      case CASH -> plain(server -> cash(server, call, account.applyAsLong(server), amount));
      case WECHAT, ALIPAY -> order(call, account, amount, method.gateway().orElseThrow());
      case BANK_CARD, BANK_TRANSFER, ONE_CARD, PAYROLL, SUBSIDY -> {
        String reference = call.body().text("reference", LONGEST_REFERENCE);
        yield plain(server -> announce(server, call, new ArrivalDesk.Announced(account.applyAsLong(server),
            amount, method, reference, call.operator())));
      }
    };
  }

  private static Route.Plan plain(Function<SettlementCore, Done> work) {
    return new Route.Plan(work, reply -> reply, null);
  }

  private static Done cash(SettlementCore server, Call call, long account, long amount) {
    AccountRow row = server.accounts().existing(call.site(), account);
    TransferRow moved = server.accounts().rechargeByCash(call.site(), account, amount, call.transaction(),
        call.nowMs());
    return new Done(201, RechargeView.cash(row, moved).toString(), AccountRoutes.object(row),
        Money.decimal(moved.creditBefore()), Money.decimal(moved.creditAfter()));
  }

  private static Done announce(SettlementCore server, Call call, ArrivalDesk.Announced what) {
    ArrivalRow row = server.arrivals().announce(call.site(), what, call.transaction(), call.nowMs());
    return done(201, row, "");
  }

  private Route.Plan order(Call call, ToLongFunction<SettlementCore> account, long amount,
      GatewayName gateway) {
    requireGateway(call, gateway);
    Presentation shown = presentation(call.body());
    var calls = new ArrayList<GatewayEffect.Call>();
    return new Route.Plan(server -> {
      var wanted = new CollectionDesk.Wanted(account.applyAsLong(server), amount, gateway, shown,
          call.operator());
      CollectionDesk.Begun begun = server.collections().order(call.site(), wanted, call.transaction(),
          call.nowMs());
      replace(calls, begun.calls());
      return new Done(201, RechargeView.order(begun.row()).toString(), "account " + wanted.account(), "",
          gateway + " order of " + Money.decimal(amount));
    }, reply -> asked(call, gateway, call.transaction(), calls, reply), GuardedOperation.CONSUME_PAYMENT);
  }

  /// Work that is begun anew wants other calls than what was given up.
  private static void replace(List<GatewayEffect.Call> calls, List<GatewayEffect.Call> next) {
    calls.clear();
    calls.addAll(next);
  }

  private Route.Plan refund(Call call) {
    TransactionId recharge = call.transactionIn(ID);
    var wanted = new CollectionDesk.BackWanted(recharge, call.body().amount("amount"), call.body().reason(),
        call.operator());
    var calls = new ArrayList<GatewayEffect.Call>();
    return new Route.Plan(server -> {
      server.reads().recharges().order(call.site(), recharge)
          .ifPresent(row -> requireGateway(call, row.gateway()));
      CollectionDesk.Begun begun = server.collections().giveBack(call.site(), wanted, call.transaction(),
          call.nowMs());
      replace(calls, begun.calls());
      return new Done(201, RechargeView.order(begun.row()).toString(), "account " + begun.row().account(), "",
          "refund of " + Money.decimal(wanted.amount()));
    }, reply -> readers.read(reads -> reads.recharges().order(call.site(), recharge))
        .map(row -> asked(call, row.gateway(), recharge, calls, reply)).orElse(reply),
        GuardedOperation.CONSUME_REFUND);
  }

  /// Asks outside, and answers what is known then.
  private Reply asked(Call call, GatewayName gateway, TransactionId order, List<GatewayEffect.Call> calls,
      Reply reply) {
    gateways.ask(gateway, order, calls);
    return readers.read(reads -> reads.recharges().order(call.site(), order))
        .map(row -> new Reply(reply.status(), RechargeView.order(row).toString(), reply.repeated()))
        .orElse(reply);
  }

  private void requireGateway(Call call, GatewayName gateway) {
    if (!gateways.has(call.site(), gateway)) {
      throw new ApiException("GATEWAY_NOT_CONFIGURED", "gateway=" + gateway);
    }
  }

  private static Presentation presentation(Body body) {
    String payer = body.text("payerId", LONGEST_REFERENCE, "");
    String returnUrl = body.text("returnUrl", LONGEST_ADDRESS, "");
    if (!payer.isEmpty()) {
      return new Presentation.InApp(payer);
    }
    return returnUrl.isEmpty() ? new Presentation.Code() : new Presentation.Page(returnUrl);
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    Page page = Page.of(call.query());
    ArrivalState state = call.query().choice("state", ArrivalState.class, ArrivalState.PENDING);
    return page.of(reads.recharges().arrivals(call.site(), state, page.after(), page.limit()),
        ArrivalRow::number, RechargeView::arrival);
  }

  private static ObjectNode one(Call call, SettlementReads reads) {
    TransactionId id = call.transactionIn(ID);
    return reads.recharges().order(call.site(), id).map(RechargeView::order)
        .or(() -> reads.recharges().arrival(call.site(), id).map(RechargeView::arrival))
        .or(() -> Receipt.of(reads, call.site(), id).map(RechargeView::booked))
        .orElseThrow(() -> unknown(id));
  }

  private static ObjectNode receipt(Call call, SettlementReads reads) {
    TransactionId id = call.transactionIn(ID);
    return Receipt.of(reads, call.site(), id).map(RechargeView::receipt).orElseThrow(() -> unknown(id));
  }

  private interface Decision {
    ArrivalRow apply(SettlementCore server, long number, String said);
  }

  private static Function<SettlementCore, Done> decision(Call call, Decision decision) {
    TransactionId id = call.transactionIn(ID);
    String said = call.body().reasonOrNone();
    return server -> {
      ArrivalRow before = server.reads().recharges().arrival(call.site(), id)
          .orElseThrow(() -> unknown(id));
      return done(200, decision.apply(server, before.number(), said), before.state().name());
    };
  }

  private static ApiException unknown(TransactionId id) {
    return new ApiException("RECHARGE_UNKNOWN", "transactionId=" + id);
  }

  private static Done done(int status, ArrivalRow row, String before) {
    return new Done(status, RechargeView.arrival(row).toString(), "account " + row.account(), before,
        row.method() + " " + row.reference() + " " + row.state() + " " + Money.decimal(row.amount()));
  }
}

package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.refund.RefundApplications;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.NoticeRow;
import dev.counterfoil.settlement.store.RefundApplicationRow;
import dev.counterfoil.settlement.store.RefundApplicationRow.State;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Applications for refunds (F-08), and what holders must be told.
final class RefundRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access REQUEST = new Access.Needs(Permission.REFUND_REQUEST);
  private static final Access DECIDE = new Access.Needs(Permission.REFUND_APPROVE);
  private static final String ID = "applicationId";

  private RefundRoutes() {}

  private interface Decision {
    RefundApplicationRow apply(SettlementCore server, Call call, long number, String said);
  }

  static List<Route> routes() {
    return List.of(Route.read("/refund-applications", VIEW, RefundRoutes::list),
        Route.read("/refund-applications/{applicationId}", VIEW, RefundRoutes::one),
        Route.change(Verb.POST, "/refund-applications", REQUEST, "REFUND_APPLICATION", RefundRoutes::apply),
        decision("approve", "REFUND_APPLICATION_APPROVE",
            (server, call, number, said) -> server.refundApplications().approve(call.site(), number,
                call.operator(), said, call.nowMs())),
        decision("reject", "REFUND_APPLICATION_REJECT",
            (server, call, number, said) -> server.refundApplications().reject(call.site(), number,
                call.operator(), said, call.nowMs())),
        Route.read("/accounts/{accountId}/notices", VIEW, RefundRoutes::notices));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    Page page = Page.of(call.query());
    State state = call.query().choice("state", State.class, State.REVIEW);
    return page.of(reads.office().applications(call.site(), state, page.after(), page.limit()),
        RefundApplicationRow::number, RefundRoutes::view);
  }

  private static ObjectNode one(Call call, SettlementReads reads) {
    long number = call.number(ID);
    return reads.office().application(call.site(), number).map(RefundRoutes::view)
        .orElseThrow(() -> new ApiException("REQUEST_UNKNOWN", "applicationId=" + number));
  }

  private static Function<SettlementCore, Done> apply(Call call) {
    Body body = call.body();
    TransactionId sale = Call.transactionOf("transactionId", body.text("transactionId", 64));
    var wish = new RefundApplications.Wish(sale,
        body.has("accountId") ? body.number("accountId", 1, Long.MAX_VALUE) : 0, body.amount("amount"),
        body.reason(), call.operator());
    return server -> done(201,
        server.refundApplications().apply(call.site(), wish, call.transaction(), call.nowMs()), "");
  }

  private static Route decision(String verb, String action, Decision decision) {
    return Route.change(Verb.POST, "/refund-applications/{applicationId}/" + verb, DECIDE, action, call -> {
      long number = call.number(ID);
      String said = call.body().reasonOrNone();
      return server -> done(200, decision.apply(server, call, number, said), State.REVIEW.name());
    });
  }

  private static Done done(int status, RefundApplicationRow row, String before) {
    return new Done(status, view(row).toString(), "refund application " + row.number() + " transaction "
        + row.sale(), before, row.state() + " " + Money.decimal(row.amount()));
  }

  private static ObjectNode view(RefundApplicationRow row) {
    ObjectNode node = Body.object().put(ID, row.number()).put("state", row.state().name())
        .put("transactionId", row.sale().toString()).put("accountId", row.account())
        .put("amount", Money.decimal(row.amount())).put("reason", row.reason())
        .put("applicant", row.applicant()).put("requestedAt", Views.time(row.requestedMs()));
    if (!row.why().isEmpty()) {
      node.put("why", row.why());
    }
    if (!row.reviewer().isEmpty()) {
      node.put("reviewer", row.reviewer()).put("said", row.said());
    }
    if (row.decidedMs() != 0) {
      node.put("decidedAt", Views.time(row.decidedMs()));
    }
    if (row.state() == State.DONE) {
      node.put("refundId", row.transaction().toString());
    }
    return node;
  }

  private static ObjectNode notices(Call call, SettlementReads reads) {
    long account = AccountRoutes.known(call, reads).account();
    Page page = Page.of(call.query());
    return page.of(reads.office().notices(call.site(), account, page.after(), page.limit()),
        NoticeRow::number, row -> Body.object().put("noticeId", row.number()).put("accountId", row.account())
            .put("kind", row.kind()).put("about", row.about()).put("text", row.words())
            .put("at", Views.time(row.atMs())));
  }
}

package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.ApprovalRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// What one operator asked for and another one decides about (SEC-11). Whoever agrees names the hash of what he was shown,
/// and it is done in the same commit.
final class ApprovalRoutes {

  private static final Access VIEW = new Access.Needs(Permission.APPROVAL_VIEW);
  private static final Access DECIDE = new Access.Needs(Permission.APPROVAL_DECIDE);
  private static final String ID = "approvalId";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Readers readers;
  private final GuardedDeeds deeds;

  ApprovalRoutes(Readers readers, GuardedDeeds deeds) {
    this.readers = readers;
    this.deeds = deeds;
  }

  List<Route> routes() {
    return List.of(Route.read("/approvals", VIEW, ApprovalRoutes::list),
        Route.read("/approvals/{approvalId}", VIEW, ApprovalRoutes::one),
        Route.change(Verb.POST, "/approvals/{approvalId}/approve", DECIDE, "APPROVAL_APPROVE", this::approve),
        Route.change(Verb.POST, "/approvals/{approvalId}/reject", DECIDE, "APPROVAL_REJECT", call -> {
          call.body().reason();
          return closing(call, server -> server.approvals().reject(call.site(), call.number(ID),
              call.caller().operator(), call.now()));
        }),
        Route.change(Verb.POST, "/approvals/{approvalId}/withdraw", VIEW, "APPROVAL_WITHDRAW",
            call -> closing(call, server -> server.approvals().withdraw(call.site(), call.number(ID),
                call.caller().operator(), call.now()))));
  }

  /// Stores a request and answers with it.
  static Done ask(SettlementCore server, Call call, ApprovalContent content, String reason) {
    ApprovalRow row = server.approvals().request(content, ApprovalView.shown(content, reason, call.now()),
        call.caller().operator(), call.now());
    return new Done(202, ApprovalView.of(server.reads(), row, call.now()).toString(), object(row), "",
        content.action() + " " + content.object() + " " + content.values());
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    Page page = Page.of(call.query());
    boolean all = call.query().text("all").isPresent();
    List<ApprovalRow> rows = reads.approvals(call.site(), !all, page.after(), page.limit());
    ObjectNode node = Page.whole(
        rows.stream().filter(row -> ApprovalView.concerns(row.approval().action(), call)).toList(),
        row -> ApprovalView.of(reads, row, call.now()));
    if (rows.size() == page.limit()) {
      node.put("next", rows.getLast().number());
    }
    return node;
  }

  private static ObjectNode one(Call call, SettlementReads reads) {
    long number = call.number(ID);
    return reads.approval(call.site(), number)
        .filter(row -> ApprovalView.concerns(row.approval().action(), call))
        .map(row -> ApprovalView.of(reads, row, call.now()))
        .orElseThrow(() -> new ApiException("APPROVAL_UNKNOWN", "approvalId=" + number));
  }

  /// What takes long about the deed, such as hashing a password, is done here, before the core is asked.
  private Function<SettlementCore, Done> approve(Call call) {
    long number = call.number(ID);
    Hash seen = seen(call.body());
    ApprovalRow found = readers.read(reads -> reads.approval(call.site(), number))
        .orElseThrow(() -> new ApiException("APPROVAL_UNKNOWN", "approvalId=" + number));
    GuardedDeeds.Deed deed = deeds.of(ApprovalView.content(found), call);
    return server -> {
      ApprovalRow row = server.approvals().existing(call.site(), number);
      ApprovalContent content = ApprovalView.content(row);
      Supplier<GuardedDeeds.Result> work = () -> deed.carryOut(server, call);
      Optional<GuardedDeeds.Result> carriedOut = server.approvals().approve(call.site(), number,
          call.caller().operator(), seen, content, call.now(), work);
      if (carriedOut.isEmpty()) {
        return new Done(202, Body.object().put(ID, number).put("state", "APPROVED").toString(), object(row),
            "WAITING", "approved, one more must agree");
      }
      GuardedDeeds.Result result = carriedOut.get();
      ObjectNode kept = Body.object().put(ID, number).put("state", "DONE");
      kept.set("result", result.kept());
      ObjectNode once = kept.deepCopy();
      result.secret().ifPresent(secret -> once.set("secret", secret));
      return new Done(200, kept.toString(), object(row), "WAITING",
          content.action() + " " + content.object() + " done").shownOnce(once.toString());
    };
  }

  private static Hash seen(Body body) {
    String text = body.text("content", 64);
    if (!HASH.matcher(text).matches()) {
      throw new ApiException("FIELD_INVALID", "field=content allowed=the hash that the approval shows");
    }
    return Hash.parse(text);
  }

  private static Function<SettlementCore, Done> closing(Call call,
      Function<SettlementCore, ApprovalRow> step) {
    call.number(ID);
    return server -> {
      ApprovalRow row = step.apply(server);
      ObjectNode view = ApprovalView.of(server.reads(), row, call.now());
      return new Done(200, view.toString(), object(row), "WAITING", view.path("state").stringValue());
    };
  }

  private static String object(ApprovalRow row) {
    return "approval " + row.number();
  }
}

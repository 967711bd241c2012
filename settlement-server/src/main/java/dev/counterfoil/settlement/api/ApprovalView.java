package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.operator.Approval;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.store.ApprovalRow;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.Instant;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Approvals as JSON, and their content back from it. Whatever the stored text says, only content with the hash that was
/// asked for is ever carried out.
final class ApprovalView {

  private static final String OBJECT = "object";
  private static final String VALUES = "values";

  private ApprovalView() {}

  /// What is stored, for whoever decides.
  static String shown(ApprovalContent content, String reason, Instant at) {
    ObjectNode node = Body.object().put(OBJECT, content.object()).put("reason", reason)
        .put("requestedAt", at.toString());
    ObjectNode values = node.putObject(VALUES);
    content.values().forEach(values::put);
    return node.toString();
  }

  static ApprovalContent content(ApprovalRow row) {
    JsonNode node = Body.MAPPER.readTree(row.shown());
    var values = new TreeMap<String, String>();
    node.path(VALUES).properties().forEach(each -> values.put(each.getKey(), each.getValue().stringValue()));
    return new ApprovalContent(row.approval().site(), row.approval().action(),
        node.path(OBJECT).stringValue(), values);
  }

  /// @param now an open one is shown as expired from its end on
  static ObjectNode of(SettlementReads reads, ApprovalRow row, Instant now) {
    Approval approval = row.approval();
    ObjectNode node = Body.object().put("approvalId", row.number()).put("action", approval.action().name())
        .put("state", state(approval, now)).put("content", approval.content().toString())
        .put("requester", name(reads, approval, approval.requester()))
        .put("expiresAt", approval.expires().toString());
    JsonNode shown = Body.MAPPER.readTree(row.shown());
    shown.properties().forEach(each -> node.set(each.getKey(), each.getValue()));
    switch (approval.state()) {
      case Approval.State.Waiting() -> {
        // Nobody decided yet.
      }
      case Approval.State.Approved(long by, Instant at) -> decided(node, name(reads, approval, by), at);
      case Approval.State.Rejected(long by, Instant at) -> decided(node, name(reads, approval, by), at);
      case Approval.State.Used(long by, Instant at) -> decided(node, name(reads, approval, by), at);
      case Approval.State.Withdrawn(Instant at) -> decided(node, "", at);
    }
    if (approval.first() != 0) {
      node.put("firstApprover", name(reads, approval, approval.first()));
    }
    return node;
  }

  private static void decided(ObjectNode node, String approver, Instant at) {
    if (!approver.isEmpty()) {
      node.put("approver", approver);
    }
    node.put("decidedAt", at.toString());
  }

  private static String state(Approval approval, Instant now) {
    boolean over = !now.isBefore(approval.expires());
    return switch (approval.state()) {
      case Approval.State.Waiting() -> over ? "EXPIRED" : "WAITING";
      case Approval.State.Approved _ -> over ? "EXPIRED" : "APPROVED";
      case Approval.State.Rejected _ -> "REJECTED";
      case Approval.State.Withdrawn _ -> "WITHDRAWN";
      case Approval.State.Used _ -> "DONE";
    };
  }

  private static String name(SettlementReads reads, Approval approval, long number) {
    return reads.operator(approval.site(), number).map(OperatorRow::operator).map(each -> each.name())
        .orElse("operator " + number);
  }

  /// Whether somebody with this role has a part in such requests.
  static boolean concerns(GuardedAction action, Call call) {
    var operator = call.caller().operator();
    return operator.may(action.toRequest()) || operator.may(action.toApprove())
        || operator.may(Permission.AUDIT_VIEW);
  }
}

package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Who works here (SEC-05, SEC-11). Giving somebody rights or a new way in takes two security administrators; taking them
/// away takes one.
final class StaffRoutes {

  private static final Access VIEW = new Access.Needs(Permission.OPERATOR_VIEW);
  private static final Access REQUEST = new Access.Needs(Permission.OPERATOR_REQUEST);
  private static final String ID = "operatorId";
  private static final int LONGEST_NAME = 32;

  private StaffRoutes() {}

  static List<Route> routes() {
    return List.of(Route.read("/operators", VIEW, StaffRoutes::list),
        Route.change(Verb.POST, "/operators", REQUEST, "OPERATOR_ADD_REQUEST", StaffRoutes::add),
        Route.change(Verb.POST, "/operators/{operatorId}/role", REQUEST, "OPERATOR_ROLE_REQUEST",
            StaffRoutes::role),
        Route.change(Verb.POST, "/operators/{operatorId}/reset", REQUEST, "OPERATOR_RESET_REQUEST",
            StaffRoutes::reset),
        Route.change(Verb.POST, "/operators/{operatorId}/leave", REQUEST, "OPERATOR_DISMISS",
            StaffRoutes::leave),
        Route.change(Verb.POST, "/operators/{operatorId}/unlock", REQUEST, "OPERATOR_RELEASE",
            StaffRoutes::unlock),
        Route.change(Verb.POST, "/terminals/{terminal}/renewal", new Access.Needs(Permission.TERMINAL_ENROL),
            "TERMINAL_RENEWAL_REQUEST", StaffRoutes::renewal));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    return Page.whole(reads.operators(call.site()), row -> view(row, call.now()));
  }

  static ObjectNode view(OperatorRow row, Instant now) {
    Operator operator = row.operator();
    return Body.object().put(ID, operator.number()).put("operatorName", operator.name())
        .put("role", operator.role().name()).put("active", operator.active())
        .put("locked", row.guard().isLocked(now))
        .put("recoveryCodesLeft", row.recovery().unused().size());
  }

  private static Function<SettlementCore, Done> add(Call call) {
    String name = call.body().text("name", LONGEST_NAME);
    Role role = call.body().choice("role", Role.class);
    String reason = call.body().reasonOrNone();
    if (!Operator.isName(name)) {
      throw new ApiException("FIELD_INVALID",
          "field=name allowed=2 to 32 of a-z 0-9 . _ -, beginning with a letter");
    }
    var values = new TreeMap<String, String>();
    values.put(GuardedDeeds.NAME, name);
    values.put(GuardedDeeds.ROLE, role.name());
    var content = new ApprovalContent(call.site(), GuardedAction.OPERATOR_ADD, "operator " + name, values);
    return server -> {
      if (server.reads().operator(call.site(), name).isPresent()) {
        throw new RefusedException("OPERATOR_NAME_TAKEN", "there is an operator " + name);
      }
      return ApprovalRoutes.ask(server, call, content, reason);
    };
  }

  private static Function<SettlementCore, Done> role(Call call) {
    Role next = call.body().choice("role", Role.class);
    String reason = call.body().reason();
    return existing(call, (server, row) -> {
      var values = new TreeMap<String, String>();
      values.put(GuardedDeeds.FROM, row.operator().role().name());
      values.put(GuardedDeeds.ROLE, next.name());
      return ApprovalRoutes.ask(server, call,
          GuardedDeeds.about(call, row.operator(), GuardedAction.OPERATOR_ROLE, values), reason);
    });
  }

  private static Function<SettlementCore, Done> reset(Call call) {
    String reason = call.body().reason();
    return existing(call, (server, row) -> {
      var values = new TreeMap<String, String>();
      values.put(GuardedDeeds.NAME, row.operator().name());
      return ApprovalRoutes.ask(server, call,
          GuardedDeeds.about(call, row.operator(), GuardedAction.OPERATOR_RESET, values), reason);
    });
  }

  private static Function<SettlementCore, Done> leave(Call call) {
    call.body().reason();
    return existing(call, (server, row) -> {
      if (row.operator().number() == call.caller().operator().number()) {
        throw new RefusedException("OPERATOR_SELF", "operator " + row.operator().name());
      }
      OperatorRow left = server.operators().leave(call.site(), row.operator().number(), call.operator(),
          call.now());
      return new Done(200, view(left, call.now()).toString(), object(row), "active", "left");
    });
  }

  private static Function<SettlementCore, Done> unlock(Call call) {
    return existing(call, (server, row) -> {
      server.operators().unlock(call.site(), row.operator().number(), call.operator(), call.now());
      ObjectNode view = view(row, call.now()).put("locked", false);
      return new Done(200, view.toString(), object(row), row.guard().isLocked(call.now()) ? "locked" : "",
          "");
    });
  }

  private static Function<SettlementCore, Done> renewal(Call call) {
    int terminal = call.smallNumber("terminal");
    String reason = call.body().reason();
    var values = new TreeMap<String, String>();
    values.put(GuardedDeeds.TERMINAL, Integer.toString(terminal));
    var content = new ApprovalContent(call.site(), GuardedAction.TERMINAL_RENEWAL, "terminal " + terminal,
        values);
    return server -> {
      if (server.reads().terminal(call.site(), terminal).isEmpty()) {
        throw new RefusedException("TERMINAL_UNKNOWN", "no terminal " + terminal);
      }
      return ApprovalRoutes.ask(server, call, content, reason);
    };
  }

  private interface Work {
    Done apply(SettlementCore server, OperatorRow row);
  }

  private static Function<SettlementCore, Done> existing(Call call, Work work) {
    long number = call.number(ID);
    return server -> {
      OperatorRow row = server.operators().existing(call.site(), number);
      if (!row.operator().active()) {
        throw new RefusedException("OPERATOR_LEFT", "operator " + row.operator().name() + " has left");
      }
      return work.apply(server, row);
    };
  }

  private static String object(OperatorRow row) {
    return "operator " + row.operator().number() + " " + row.operator().name();
  }
}

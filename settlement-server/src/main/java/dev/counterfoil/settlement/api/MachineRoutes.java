package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.MachineScope;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Programs that may call the API (SEC-03). Letting one in takes two security administrators, as an operator does.
final class MachineRoutes {

  private static final Access VIEW = new Access.Needs(Permission.OPERATOR_VIEW);
  private static final Access REQUEST = new Access.Needs(Permission.OPERATOR_REQUEST);
  private static final String ID = "machineId";
  private static final int LONGEST_NAME = 32;
  private static final int LONGEST_SCOPES = 400;

  private MachineRoutes() {}

  static List<Route> routes() {
    return List.of(Route.read("/machines", VIEW, MachineRoutes::list),
        Route.change(Verb.POST, "/machines", REQUEST, "MACHINE_ADD_REQUEST", MachineRoutes::add),
        Route.change(Verb.POST, "/machines/{machineId}/revoke", REQUEST, "MACHINE_BAR",
            MachineRoutes::revoke));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    return Page.whole(reads.office().machines(call.site()), row -> view(row, call.now()));
  }

  static ObjectNode view(MachineRow row, Instant now) {
    ObjectNode node = Body.object().put(ID, row.number()).put("machineName", row.name())
        .put("createdAt", Views.time(row.createdMs())).put("expiresAt", Views.time(row.expiresMs()))
        .put("valid", row.revokedMs() == 0 && now.toEpochMilli() < row.expiresMs());
    ArrayNode scopes = node.putArray("scopes");
    row.scopes().forEach(scope -> scopes.add(scope.name()));
    if (row.revokedMs() != 0) {
      node.put("revokedAt", Views.time(row.revokedMs()));
    }
    return node;
  }

  private static Function<SettlementCore, Done> add(Call call) {
    Body body = call.body();
    String name = body.text("name", LONGEST_NAME);
    String scopes = scopes(body.text("scopes", LONGEST_SCOPES)).stream().map(Permission::name)
        .collect(Collectors.joining(","));
    long expires = body.timeOrZero("expiresAt");
    String reason = body.reason();
    if (!Operator.isName(name)) {
      throw new ApiException("FIELD_INVALID",
          "field=name allowed=2 to 32 of a-z 0-9 . _ -, beginning with a letter");
    }
    if (expires <= call.nowMs()) {
      throw new ApiException("FIELD_INVALID", "field=expiresAt allowed=a time to come");
    }
    var values = new TreeMap<String, String>();
    values.put(GuardedDeeds.NAME, name);
    values.put(GuardedDeeds.SCOPES, scopes);
    values.put(GuardedDeeds.EXPIRES, Long.toString(expires));
    var content = new ApprovalContent(call.site(), GuardedAction.MACHINE_ADD, "machine " + name, values);
    return server -> {
      if (server.reads().office().machines(call.site()).stream().anyMatch(row -> row.name().equals(name))) {
        throw new RefusedException("MACHINE_NAME_TAKEN", "there is a machine " + name);
      }
      return ApprovalRoutes.ask(server, call, content, reason);
    };
  }

  /// Names with commas between them.
  static List<Permission> scopes(String text) {
    List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    List<Permission> found = Arrays.stream(Permission.values())
        .filter(each -> MachineScope.admits(each) && names.contains(each.name())).toList();
    if (found.size() != names.stream().distinct().count()) {
      throw new ApiException("FIELD_INVALID", "field=scopes allowed=some of " + MachineScope.words());
    }
    return found;
  }

  private static Function<SettlementCore, Done> revoke(Call call) {
    long number = call.number(ID);
    call.body().reason();
    return server -> {
      MachineRow row = server.machines().revoke(call.site(), number, call.operator(), call.now());
      return new Done(200, view(row, call.now()).toString(), "machine " + number + " " + row.name(), "valid",
          "revoked");
    };
  }
}

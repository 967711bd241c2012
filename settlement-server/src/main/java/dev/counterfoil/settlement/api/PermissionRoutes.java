package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.RelationType;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What an account may do (ACC-15), what its holder allows it (ACC-17), and which accounts belong to which (ACC-16).
/// Nothing is deleted: what holds no more is switched off.
final class PermissionRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access MANAGE = new Access.Needs(Permission.ACCOUNT_MANAGE);
  private static final String ID = "accountId";
  private static final String PERMISSIONS = "/accounts/{accountId}/permissions";
  private static final String RELATIONS = "/accounts/{accountId}/relations";
  private static final int LONGEST_SCOPE = 500;
  private static final int DEEPEST = 16;

  private PermissionRoutes() {}

  static List<Route> routes() {
    return List.of(Route.read(PERMISSIONS, VIEW, PermissionRoutes::list),
        Route.change(Verb.POST, PERMISSIONS, MANAGE, "PERMISSION_GRANT", call -> grant(call, false)),
        Route.change(Verb.POST, "/accounts/{accountId}/holder-limits", MANAGE, "HOLDER_LIMIT",
            call -> grant(call, true)),
        permission("enable", "PERMISSION_ENABLE", true),
        permission("disable", "PERMISSION_DISABLE", false),
        Route.read(RELATIONS, VIEW, PermissionRoutes::relations),
        Route.change(Verb.POST, RELATIONS, MANAGE, "RELATION_ADD", PermissionRoutes::relate),
        relation("enable", "RELATION_ENABLE", true), relation("disable", "RELATION_DISABLE", false));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    long account = AccountRoutes.known(call, reads).account();
    return Page.whole(reads.profiles().permissions(call.site(), account), AccountView::permission);
  }

  private static Function<SettlementCore, Done> grant(Call call, boolean byHolder) {
    Body body = call.body();
    var wanted = new PermissionRow(call.site(), call.number(ID), 0,
        body.choice("permissionType", PermissionType.class, PermissionType.CONSUMPTION), byHolder,
        byHolder ? "" : body.text("scope", LONGEST_SCOPE, ""), body.amountOrZero("singleLimit"),
        body.amountOrZero("dailyLimit"), body.amountOrZero("monthlyLimit"), body.timeOrZero("effectiveTime"),
        body.timeOrZero("expiryTime"), true);
    return server -> {
      PermissionRow row = server.accounts().permissions().grant(wanted, call.nowMs());
      return new Done(201, AccountView.permission(row).toString(), object(row), "", told(row));
    };
  }

  private static Route permission(String verb, String action, boolean enabled) {
    return Route.change(Verb.POST, PERMISSIONS + "/{permissionId}/" + verb, MANAGE, action, call -> {
      long account = call.number(ID);
      int number = call.smallNumber("permissionId");
      return server -> {
        String before = server.reads().profiles().permissions(call.site(), account).stream()
            .filter(row -> row.number() == number).map(PermissionRoutes::told).findFirst().orElse("");
        PermissionRow row = server.accounts().permissions().enable(call.site(), account, number, enabled,
            call.nowMs());
        return new Done(200, AccountView.permission(row).toString(), object(row), before, told(row));
      };
    });
  }

  private static String object(PermissionRow row) {
    return "account " + row.account() + " permission " + row.number();
  }

  private static String told(PermissionRow row) {
    return row.type() + (row.byHolder() ? " by holder" : "") + (row.enabled() ? " on" : " off") + " single="
        + Money.decimal(row.singleMinor()) + " daily=" + Money.decimal(row.dailyMinor()) + " monthly="
        + Money.decimal(row.monthlyMinor()) + " scope=" + row.scope();
  }

  private static ObjectNode relations(Call call, SettlementReads reads) {
    long account = AccountRoutes.known(call, reads).account();
    return Page.whole(Stream.concat(reads.profiles().relationsBelow(call.site(), account).stream(),
        reads.profiles().relationsAbove(call.site(), account).stream()).toList(), AccountView::relation);
  }

  private static Function<SettlementCore, Done> relate(Call call) {
    Body body = call.body();
    var wanted = new RelationRow(call.site(), call.number(ID), 0, body.number("subAccountId", 1,
        Long.MAX_VALUE), body.choice("relationType", RelationType.class, RelationType.MAIN_SUB),
        body.has("relationLevel") ? (int) body.number("relationLevel", 1, DEEPEST) : 1,
        body.objectOrNone("permissionConfig"), true);
    return server -> {
      RelationRow row = server.accounts().permissions().relate(wanted, call.nowMs());
      return new Done(201, AccountView.relation(row).toString(), object(row), "", told(row));
    };
  }

  private static Route relation(String verb, String action, boolean enabled) {
    return Route.change(Verb.POST, RELATIONS + "/{relationId}/" + verb, MANAGE, action, call -> {
      long main = call.number(ID);
      int number = call.smallNumber("relationId");
      return server -> {
        RelationRow row = server.accounts().permissions().enableRelation(call.site(), main, number, enabled,
            call.nowMs());
        return new Done(200, AccountView.relation(row).toString(), object(row), "", told(row));
      };
    });
  }

  private static String object(RelationRow row) {
    return "account " + row.main() + " relation " + row.number();
  }

  private static String told(RelationRow row) {
    return row.type() + " account " + row.sub() + " level " + row.level()
        + (row.enabled() ? " on" : " off");
  }
}

package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TerminalConditionRow;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// What an office looks at: the exception queue, terminals.
final class OfficeRoutes {

  private OfficeRoutes() {}

  static List<Route> routes() {
    return List.of(
        Route.read("/exceptions", new Access.Needs(Permission.EXCEPTION_VIEW), OfficeRoutes::exceptions),
        Route.change(Verb.POST, "/exceptions/{exceptionId}/resolve",
            new Access.Needs(Permission.EXCEPTION_RESOLVE), "EXCEPTION_RESOLVE", OfficeRoutes::resolve),
        Route.read("/terminals", new Access.Needs(Permission.TERMINAL_VIEW), OfficeRoutes::terminals));
  }

  private static ObjectNode exceptions(Call call, SettlementReads reads) {
    Page page = Page.of(call.query());
    boolean all = call.query().text("all").isPresent();
    return page.of(reads.exceptions(call.site(), !all, page.after(), page.limit()), ExceptionRow::exception,
        Views::exception);
  }

  private static Function<SettlementCore, Done> resolve(Call call) {
    long exception = call.number("exceptionId");
    String resolution = call.body().text("resolution", 500);
    return server -> {
      server.exceptions().resolve(call.site(), exception, resolution, call.operator(),
          call.nowMs());
      return new Done(200, Body.object().put("exceptionId", exception).put("open", false).toString(),
          "exception " + exception, "open", resolution);
    };
  }

  private static ObjectNode terminals(Call call, SettlementReads reads) {
    return Page.whole(reads.terminals(call.site()), row -> {
      ObjectNode item = Body.object().put("terminal", row.terminal()).put("name", row.name())
          .put("status", row.status().name());
      reads.head(call.site(), row.terminal()).ifPresent(head -> item.put("received", head.received().seq())
          .put("settled", head.settled().seq()));
      reads.condition(call.site(), row.terminal()).ifPresent(said -> item.set("condition", condition(said)));
      return item;
    });
  }

  private static ObjectNode condition(TerminalConditionRow said) {
    ObjectNode item = Body.object().put("heardAt", Views.time(said.heardMs())).put("state", said.state())
        .put("software", said.software()).put("startCause", said.startCause()).put("starts", said.starts())
        .put("startedAt", Views.time(said.startedMs())).put("records", said.records())
        .put("capacity", said.capacity()).put("unsent", said.unsent())
        .put("clock", said.timeQuality().name()).put("clockAheadMillis", said.clockAheadMs())
        .put("snapshotVersion", said.snapshotVersion()).put("denyVersion", said.denyVersion());
    var devices = item.putArray("devices");
    for (String device : said.devices().isEmpty() ? new String[0] : said.devices().split(",", -1)) {
      String[] parts = device.split(":", -1);
      devices.addObject().put("name", parts[0]).put("condition", parts[1])
          .put("failures", Long.parseLong(parts[2]));
    }
    return item;
  }
}

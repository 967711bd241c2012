package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.ops.Readiness;
import dev.counterfoil.settlement.ops.ServerMetrics;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/// What operation looks at: `/healthz` (the process answers), `/readyz` (200 when every part is up, else 503, one line a
/// part) and `/metrics`. Open to whoever reaches the port, and free of anybody's data.
public record OperationsRoutes(Readiness readiness, ServerMetrics metrics) implements Consumer<Router> {

  @Override
  public void accept(Router router) {
    router.get("/healthz").handler(context -> answer(context, 200, "OK\n"));
    router.get("/readyz").handler(this::readyz);
    router.get("/metrics").handler(context -> answer(context, 200, metrics.text()));
  }

  private void readyz(RoutingContext context) {
    var report = readiness.report();
    answer(context, report.ready() ? 200 : 503, report.text());
  }

  private static void answer(RoutingContext context, int status, String text) {
    context.response().setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("Cache-Control", "no-store").end(text);
  }
}

package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.gateway.CallbackReceipt;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayProblem;
import dev.counterfoil.settlement.payment.Gateways;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where payment gateways call: no session, but a signature over the raw bytes. What cannot be believed leaves one line in
/// the log and nothing else (SEC-03, RCH-08). Each callback has a virtual thread, because the books are waited for.
public final class GatewayCallbacks implements Consumer<Router>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayCallbacks.class);
  private static final long LARGEST_BODY = 64 * 1024;
  private static final int MOST_AT_ONCE = 64;
  private static final int OK = 200;
  private static final int FAULT = 500;
  private static final int BUSY = 503;

  private final Gateways gateways;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE);

  public GatewayCallbacks(Gateways gateways) {
    this.gateways = gateways;
  }

  /// What is set as `notify-url` ends with this.
  public static String path(GatewayName gateway) {
    return "/gateways/" + gateway.name().toLowerCase(Locale.ROOT) + "/callback";
  }

  @Override
  public void accept(Router router) {
    for (GatewayName gateway : GatewayName.values()) {
      if (gateways.has(gateways.site(), gateway)) {
        router.route(HttpMethod.POST, path(gateway))
            .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
            .handler(context -> serve(context, gateway));
      }
    }
  }

  private void serve(RoutingContext context, GatewayName gateway) {
    if (!slots.tryAcquire()) {
      send(context, gateway, BUSY);
      return;
    }
    Buffer body = context.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    var here = context.vertx().getOrCreateContext();
    threads.execute(() -> {
      int status;
      try {
        status = status(context, gateway, bytes);
      } finally {
        slots.release();
      }
      here.runOnContext(_ -> send(context, gateway, status));
    });
  }

  private int status(RoutingContext context, GatewayName gateway, byte[] body) {
    try {
      CallbackReceipt receipt = gateways.notified(gateway,
          name -> Optional.ofNullable(context.request().getHeader(name)), body);
      GatewayProblem problem = receipt.problem();
      if (problem != null) {
        LOG.warn("event=gateway_callback_refused gateway={} problem=\"{}\" from={}", gateway, problem,
            context.request().remoteAddress().hostAddress());
      }
      return receipt.httpStatus();
    } catch (RuntimeException e) {
      // The gateway sends it again, and the question after the order finds out by itself.
      LOG.error("event=gateway_callback_failed gateway={}", gateway, e);
      return FAULT;
    }
  }

  /// Alipay reads the word, WeChat Pay the status.
  private static void send(RoutingContext context, GatewayName gateway, int status) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader("Cache-Control", "no-store");
    switch (gateway) {
      case WECHAT -> response.putHeader("Content-Type", "application/json; charset=utf-8").end(
          status == OK ? "{\"code\":\"SUCCESS\"}" : "{\"code\":\"FAIL\",\"message\":\"not taken\"}");
      case ALIPAY -> response.putHeader("Content-Type", "text/plain; charset=utf-8")
          .end(status == OK ? "success" : "fail");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

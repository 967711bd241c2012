package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.ops.Readiness;
import dev.counterfoil.settlement.ops.ServerMetrics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The HTTP server of operations: `/healthz` (the process answers), `/readyz` (200 when every part is up, else 503,
/// one line a part) and `/metrics`. Handlers run on virtual threads.
public final class OperationsHttp implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;
  private static final int LONGEST_LINE = 2048;

  private final Vertx vertx;
  private final int port;

  private OperationsHttp(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /// Blocks until the port is bound.
  ///
  /// @throws java.net.BindException (wrapped by the caller) when the port is occupied
  public static OperationsHttp start(String address, int port, Readiness readiness, ServerMetrics metrics)
      throws java.net.BindException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1).setFileSystemOptions(
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    var site = new Site(address, port, readiness, metrics);
    var virtual = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    try {
      vertx.deployVerticle(site, virtual).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS,
          TimeUnit.SECONDS);
      return new OperationsHttp(vertx, site.boundPort());
    } catch (java.util.concurrent.ExecutionException e) {
      close(vertx);
      if (e.getCause() instanceof java.net.BindException occupied) {
        throw occupied;
      }
      throw new IllegalStateException("http server did not start", e.getCause());
    } catch (TimeoutException e) {
      close(vertx);
      throw new IllegalStateException("http server did not start in " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(vertx);
      throw new IllegalStateException("interrupted while starting the http server", e);
    }
  }

  /// The port that was bound, also when 0 was asked for.
  public int port() {
    return port;
  }

  @Override
  public void close() {
    close(vertx);
  }

  private static void close(Vertx vertx) {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(_ -> null).join();
  }

  /// What is served; one instance, deployed once.
  private static final class Site extends VerticleBase {

    private final String address;
    private final int wantedPort;
    private final Readiness readiness;
    private final ServerMetrics metrics;
    private volatile int boundPort;

    Site(String address, int wantedPort, Readiness readiness, ServerMetrics metrics) {
      this.address = address;
      this.wantedPort = wantedPort;
      this.readiness = readiness;
      this.metrics = metrics;
    }

    int boundPort() {
      return boundPort;
    }

    @Override
    public Future<HttpServer> start() {
      Router router = Router.router(vertx);
      router.get("/healthz").handler(context -> answer(context, 200, "OK\n"));
      router.get("/readyz").handler(this::readyz);
      router.get("/metrics").handler(context -> answer(context, 200, metrics.text()));
      var options = new HttpServerOptions().setHost(address).setPort(wantedPort)
          .setMaxInitialLineLength(LONGEST_LINE)
          .setIdleTimeout(30).setIdleTimeoutUnit(TimeUnit.SECONDS);
      return vertx.createHttpServer(options).requestHandler(router).listen()
          .onSuccess(server -> boundPort = server.actualPort());
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
}

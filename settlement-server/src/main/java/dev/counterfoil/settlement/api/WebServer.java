package dev.counterfoil.settlement.api;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The server's one HTTP port: it carries what its parts mount on it. Handlers run on virtual threads.
public final class WebServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;
  private static final int LONGEST_LINE = 2048;
  private static final int LONGEST_HEADERS = 8192;

  private final Vertx vertx;
  private final int port;

  /// Where to listen.
  ///
  /// @param port 0 lets the system choose
  /// @param tls  empty: in clear
  public record Place(String address, int port, Optional<Identity> tls) {}

  /// What the server shows to its callers, as PEM.
  public record Identity(String certificates, String key) {

    @Override
    public String toString() {
      return "Identity[…]";
    }
  }

  private WebServer(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /// Blocks until the port is bound.
  ///
  /// @param parts add their routes, in this order
  /// @throws BindException when the port is occupied
  public static WebServer start(Place place, List<Consumer<Router>> parts) throws BindException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1).setFileSystemOptions(
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    var site = new Site(place, parts);
    var virtual = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    try {
      vertx.deployVerticle(site, virtual).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS,
          TimeUnit.SECONDS);
      return new WebServer(vertx, site.boundPort());
    } catch (ExecutionException e) {
      close(vertx);
      if (e.getCause() instanceof BindException occupied) {
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

    private final Place place;
    private final List<Consumer<Router>> parts;
    private volatile int boundPort;

    Site(Place place, List<Consumer<Router>> parts) {
      this.place = place;
      this.parts = parts;
    }

    int boundPort() {
      return boundPort;
    }

    @Override
    public Future<HttpServer> start() {
      Router router = Router.router(vertx);
      parts.forEach(part -> part.accept(router));
      return vertx.createHttpServer(options()).requestHandler(router).listen()
          .onSuccess(server -> boundPort = server.actualPort());
    }

    private HttpServerOptions options() {
      var options = new HttpServerOptions().setHost(place.address()).setPort(place.port())
          .setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_HEADERS)
          .setIdleTimeout(30).setIdleTimeoutUnit(TimeUnit.SECONDS);
      place.tls().ifPresent(identity -> options.setSsl(true).setKeyCertOptions(
          new PemKeyCertOptions().addCertValue(Buffer.buffer(identity.certificates()))
              .addKeyValue(Buffer.buffer(identity.key()))));
      return options;
    }
  }
}

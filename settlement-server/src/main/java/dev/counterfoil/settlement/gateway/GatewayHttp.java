package dev.counterfoil.settlement.gateway;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange with an end: the time-out covers connection, answer and body, since the JDK's own ends with the
/// headers. Redirects are not followed, bodies are bounded. Thread-safe; closing ends what is under way.
public final class GatewayHttp implements AutoCloseable {

  /// A day's bill of a large site is some 10 MB.
  private static final long LONGEST_BODY = 64L << 20;

  private final HttpClient client;
  private final Duration timeout;

  /// What came of an exchange.
  sealed interface Reply {

    /// Something answered; who, only a signature shows.
    record Answered(int status, HttpHeaders headers, byte[] body) implements Reply {}

    /// Nothing usable came back; the request may have arrived all the same.
    record Lost(GatewayProblem problem) implements Reply {}
  }

  /// @param timeout for a whole exchange; 10 s suits both gateways
  public GatewayHttp(Duration timeout) {
    this.timeout = timeout;
    this.client = HttpClient.newBuilder().connectTimeout(timeout).version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER).build();
  }

  Reply send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request,
        BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_BODY));
    try {
      HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply.Answered(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException _) {
      exchange.cancel(true);
      return lost(GatewayCode.GATEWAY_TIMEOUT, "after " + timeout.toMillis() + " ms");
    } catch (InterruptedException _) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return lost(GatewayCode.GATEWAY_TIMEOUT, "interrupted");
    } catch (ExecutionException e) {
      return lost(code(e.getCause()), String.valueOf(e.getCause()));
    }
  }

  private static GatewayCode code(@Nullable Throwable cause) {
    return cause instanceof IOException && !(cause instanceof HttpTimeoutException)
        || cause instanceof HttpConnectTimeoutException
            ? GatewayCode.GATEWAY_UNREACHABLE
            : GatewayCode.GATEWAY_TIMEOUT;
  }

  private static Reply lost(GatewayCode code, String detail) {
    return new Reply.Lost(new GatewayProblem(code, detail));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

package dev.counterfoil.sim.bench;

import dev.counterfoil.sim.demo.OperatorDesk;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// A cashier at the API, signed in: takes money for accounts, each time under a key of its own. Thread-safe.
final class ApiClerk implements AutoCloseable {

  private static final String NAME = "bench";
  private static final String PASSWORD = "measured twice, cut once";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CREATED = 201;

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private String token = "";

  /// @param base of the API, such as `http://127.0.0.1:7480/api/v1`
  ApiClerk(String base) {
    this.base = base;
  }

  /// Has himself taken on, signs in with both factors and changes the one-time password.
  void signIn(OperatorDesk desk) throws IOException, InterruptedException, GeneralSecurityException {
    JsonObject made = desk.one("operator", "add", NAME, "--role", "CASHIER");
    JsonObject first = ask("POST", "/sessions",
        new JsonObject().put("name", NAME).put("password", made.getString("password")));
    JsonObject second = ask("POST", "/sessions/code",
        new JsonObject().put("ticket", first.getString("ticket"))
            .put("code", new Authenticator(made.getString("authenticator")).codeAt(Instant.now())));
    token = second.getString("token");
    ask("PUT", "/sessions/current/password",
        new JsonObject().put("oldPassword", made.getString("password")).put("newPassword", PASSWORD));
  }

  private JsonObject ask(String method, String path, JsonObject body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(
        request(path).method(method, BodyPublishers.ofString(body.encode())).build(),
        BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer.body());
    }
    return new JsonObject(answer.body()).getJsonObject("data");
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpRequest recharge(long account, String amount, String key) {
    return request("/accounts/" + account + "/recharge").header("Idempotency-Key", key)
        .POST(BodyPublishers.ofString("{\"amount\":\"" + amount + "\"}")).build();
  }

  /// Blocks until the money is booked.
  ///
  /// @param key a second call with the same one books nothing more
  void takeIn(long account, String amount, String key) throws IOException, InterruptedException {
    requireBooked(http.send(recharge(account, amount, key), BodyHandlers.ofString()));
  }

  /// The same without waiting.
  CompletableFuture<Void> begin(long account, String amount, String key) {
    return http.sendAsync(recharge(account, amount, key), BodyHandlers.ofString())
        .thenAccept(ApiClerk::requireBooked);
  }

  private static void requireBooked(HttpResponse<String> answer) {
    if (answer.statusCode() != CREATED) {
      throw new IllegalStateException("answer " + answer.statusCode() + ": " + answer.body());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

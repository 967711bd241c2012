package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.ops.Readiness;
import dev.counterfoil.settlement.ops.ServerMetrics;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsRoutesTest {

  private final AtomicReference<Readiness.State> store = new AtomicReference<>(new Readiness.State.Up());
  private final ServerMetrics metrics = new ServerMetrics();
  private final Readiness readiness = new Readiness();
  private WebServer http;

  @BeforeEach
  void start() throws BindException {
    readiness.part("store", store::get);
    readiness.part("safe", () -> new Readiness.State.Up("SAFE(same disk)"));
    http = start(0);
  }

  private WebServer start(int port) throws BindException {
    return WebServer.start(new WebServer.Place("127.0.0.1", port, Optional.empty()),
        List.of(new OperationsRoutes(readiness, metrics)));
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void aLivingProcessAnswersHealthz() throws Exception {
    assertThat(get("/healthz").body()).isEqualTo("OK\n");
  }

  @Test
  void readyzSaysWhatIsDownAndWhatTheCopyIsWorth() throws Exception {
    assertThat(get("/readyz").body()).isEqualTo("READY\nstore=up\nsafe=up SAFE(same disk)\n");
    store.set(new Readiness.State.Down("STORE_FULL"));
    HttpResponse<String> answer = get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).startsWith("NOT READY\nstore=down reason=STORE_FULL\n");
  }

  @Test
  void metricsShowWhatWasCounted() throws Exception {
    metrics.recordsReceived(500);
    metrics.batchRefused("FORK");
    metrics.gauge("counterfoil_sessions", "Open sessions", () -> 3);
    assertThat(get("/metrics").body()).contains("counterfoil_records_received_total 500.0",
        "counterfoil_batches_refused_total{reason=\"FORK\"} 1.0", "counterfoil_sessions 3.0");
  }

  @Test
  void anythingElseIsNotThere() throws Exception {
    assertThat(get("/admin").statusCode()).isEqualTo(404);
  }

  @Test
  void anOccupiedPortIsReported() {
    assertThatThrownBy(() -> start(http.port()))
        .isInstanceOf(BindException.class);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}

package dev.counterfoil.settlement.ops;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Counters and distributions of one server process, in the text format of Prometheus. Thread-safe; updating one never
/// blocks.
public final class ServerMetrics {

  private static final double NANOS = 1e-9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter received = counter("counterfoil_records_received_total", "Records made durable");
  private final Counter settled = counter("counterfoil_records_settled_total",
      "Records posted or put into the exception queue");
  private final Counter safe = counter("counterfoil_records_safe_total", "Records in the verified copy");
  private final Counter verified = counter("counterfoil_signatures_verified_total",
      "Single signatures checked in the background");
  private final Counter refusedBatches = counter("counterfoil_batches_refused_total",
      "Batches answered with a Nack",
      "reason");
  private final Counter exceptions = counter("counterfoil_exceptions_total", "Entries of the exception queue",
      "code");
  private final Counter closed = counter("counterfoil_link_closed_total", "Connections closed by the server",
      "reason");
  private final Counter enrolments = counter("counterfoil_enrolments_total", "Enrolment attempts", "outcome");
  private final Counter decisions = counter("counterfoil_decisions_total",
      "Answers of the authorisation desk",
      "outcome");
  private final Histogram commitSeconds = histogram("counterfoil_commit_seconds", "Time of one commit unit");
  private final Histogram deskSeconds = histogram("counterfoil_desk_seconds",
      "From reading a desk request to its answer");
  private final Histogram refundSeconds = Histogram.builder().name("counterfoil_refund_seconds")
      .help("From a request to pay back to its answer; target: below 30 s")
      .classicUpperBounds(0.01, 0.1, 0.5, 1, 5, 10, 30, 60).classicOnly().register(registry);
  private final Histogram commitRecords = Histogram.builder().name("counterfoil_commit_records")
      .help("Records in one commit unit").classicUpperBounds(1, 10, 50, 100, 500, 1000, 5000, 10_000, 50_000)
      .classicOnly().register(registry);

  private final Counter starts = counter("counterfoil_terminal_starts_total", "Runs of terminals that began",
      "cause");

  public void recordsReceived(long count) {
    received.inc(count);
  }

  public void recordsSettled(long count) {
    settled.inc(count);
  }

  public void recordsSafe(long count) {
    safe.inc(count);
  }

  public void signaturesVerified(long count) {
    verified.inc(count);
  }

  public void batchRefused(String reason) {
    refusedBatches.labelValues(reason).inc();
  }

  public void exceptionRaised(String code) {
    exceptions.labelValues(code).inc();
  }

  public void connectionClosed(String reason) {
    closed.labelValues(reason).inc();
  }

  public void enrolment(String outcome) {
    enrolments.labelValues(outcome).inc();
  }

  public void decision(String outcome) {
    decisions.labelValues(outcome).inc();
  }

  /// A terminal's run began.
  public void terminalStarted(String cause) {
    starts.labelValues(cause).inc();
  }

  public void commit(long nanos, long records) {
    commitSeconds.observe(nanos * NANOS);
    if (records > 0) {
      commitRecords.observe(records);
    }
  }

  public void deskAnswer(long nanos) {
    deskSeconds.observe(nanos * NANOS);
  }

  /// A refund was booked, or handed to its gateway (RFD-10).
  public void refund(long millis) {
    refundSeconds.observe(millis / 1000.0);
  }

  /// A value that is asked for at each scrape.
  ///
  /// @param value called on the scraping thread, must not block
  public void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder().name(name).help(help).callback(callback -> callback.call(value.getAsLong()))
        .register(registry);
  }

  /// Values that are asked for at each scrape, one for each value of a label.
  ///
  /// @param values called on the scraping thread, must not block
  public void gauge(String name, String help, String label, SortedMap<String, LongSupplier> values) {
    GaugeWithCallback.builder().name(name).help(help).labelNames(label)
        .callback(callback -> values
            .forEach((labelled, value) -> callback.call(value.getAsLong(), labelled)))
        .register(registry);
  }

  /// Values of a label that come and go, asked for at each scrape.
  ///
  /// @param values called on the scraping thread, must not block
  public void gauges(String name, String help, String label, Supplier<SortedMap<String, Long>> values) {
    GaugeWithCallback.builder().name(name).help(help).labelNames(label)
        .callback(callback -> values.get().forEach((labelled, value) -> callback.call(value, labelled)))
        .register(registry);
  }

  /// The exposition that `/metrics` answers.
  public String text() {
    var out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private Histogram histogram(String name, String help) {
    return Histogram.builder().name(name).help(help)
        .classicUpperBounds(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
        .classicOnly()
        .register(registry);
  }
}

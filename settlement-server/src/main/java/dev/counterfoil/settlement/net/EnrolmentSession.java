package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EnrolRequest;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.settlement.ops.ServerMetrics;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection that showed no certificate. It may say one thing, an EnrolRequest; it gets one answer and is closed.
final class EnrolmentSession implements LinkSession {

  private static final Logger LOG = LoggerFactory.getLogger(EnrolmentSession.class);

  private final LinkConnection connection;
  private final BiFunction<EnrolRequest, String, EnrolReply> desk;
  private final Executor executor;
  private final ServerMetrics metrics;
  private boolean asked;

  /// @param desk     answers a request from an address; may block
  /// @param executor runs the desk; its queue is bounded
  EnrolmentSession(LinkConnection connection, BiFunction<EnrolRequest, String, EnrolReply> desk,
      Executor executor,
      ServerMetrics metrics) {
    this.connection = connection;
    this.desk = desk;
    this.executor = executor;
    this.metrics = metrics;
  }

  @Override
  public void frame(Frame frame) {
    if (asked || !frame.hasEnrolRequest()) {
      connection.close(ReasonCode.UNEXPECTED_MESSAGE,
          frame.getBodyCase() + " without a certificate, only one ENROL_REQUEST is allowed");
      return;
    }
    asked = true;
    try {
      executor.execute(() -> enrol(frame.getEnrolRequest()));
    } catch (RejectedExecutionException _) {
      answer(EnrolReply.newBuilder().setProblem("ENROL_RATE_LIMITED").build());
    }
  }

  @Override
  public void closed() {
    // An enrolment under way goes on: its code is used up either way.
  }

  private void enrol(EnrolRequest request) {
    try {
      answer(desk.apply(request, connection.address()));
    } catch (RuntimeException e) {
      LOG.error("event=enrolment_defect connection={}", connection.number(), e);
      connection.close(ReasonCode.SERVER_BUSY, "enrolment failed");
    }
  }

  private void answer(EnrolReply reply) {
    String outcome = reply.getAccepted() ? "ACCEPTED" : reply.getProblem();
    metrics.enrolment(outcome);
    LOG.info("event=enrolment connection={} address={} outcome={} name=\"{}\"", connection.number(),
        connection.address(), outcome, reply.getName().replaceAll("[\\p{Cntrl}\"]", "?"));
    connection.send(Frame.newBuilder().setEnrolReply(reply).build());
    connection.end("ENROLMENT_ANSWERED", outcome);
  }
}

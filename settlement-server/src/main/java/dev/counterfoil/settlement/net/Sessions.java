package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EnrolRequest;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.settlement.engine.Engine;
import dev.counterfoil.settlement.engine.LiveSessions;
import dev.counterfoil.settlement.ops.ServerMetrics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/// Gives every connection its session: with a certificate a terminal's, without one an enrolment.
public final class Sessions implements LinkSession.Factory, AutoCloseable {

  /// Enrolments that may wait; more are told to come back in a minute.
  private static final int ENROLMENTS_WAITING = 64;

  private final LinkLimits limits;
  private final Engine engine;
  private final LiveSessions<TerminalSession> live;
  private final RevocationList revocations;
  private final BiFunction<EnrolRequest, String, EnrolReply> enrolment;
  private final ServerMetrics metrics;
  private final ThreadPoolExecutor enrolments = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
      new ArrayBlockingQueue<>(ENROLMENTS_WAITING), Thread.ofPlatform().name("enrolment").daemon().factory());

  public Sessions(LinkLimits limits, Engine engine, LiveSessions<TerminalSession> live,
      RevocationList revocations,
      BiFunction<EnrolRequest, String, EnrolReply> enrolment, ServerMetrics metrics) {
    this.limits = limits;
    this.engine = engine;
    this.live = live;
    this.revocations = revocations;
    this.enrolment = enrolment;
    this.metrics = metrics;
  }

  @Override
  public LinkSession open(LinkConnection connection) {
    var peer = connection.peer();
    if (peer.isEmpty()) {
      return new EnrolmentSession(connection, enrolment, enrolments, metrics);
    }
    if (!live.opened(peer.get().terminal())) {
      connection.close(ReasonCode.TOO_MANY_CONNECTIONS, "of one certificate");
      return new Refused();
    }
    return new TerminalSession(connection, peer.get(), limits, engine, live, revocations);
  }

  /// After the registry changed.
  public static void recheck(LiveSessions<TerminalSession> live) {
    live.all(Channel.CHANNEL_DESK).forEach(TerminalSession::recheck);
    live.all(Channel.CHANNEL_JOURNAL).forEach(TerminalSession::recheck);
  }

  @Override
  public void close() {
    enrolments.shutdownNow();
  }

  /// Stands behind a connection that is being closed.
  private static final class Refused implements LinkSession {
    @Override
    public void frame(Frame frame) {
      // Too late: the goodbye is on its way.
    }

    @Override
    public void closed() {
      // It was never counted.
    }
  }
}

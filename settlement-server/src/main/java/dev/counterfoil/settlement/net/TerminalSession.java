package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.ServerSession;
import dev.counterfoil.protocol.link.ServerWish;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Command;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.settlement.engine.Engine;
import dev.counterfoil.settlement.engine.LiveSessions;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.snapshot.NewsPace;
import dev.counterfoil.settlement.terminals.Greeting;
import dev.counterfoil.settlement.terminals.HelloAnswer;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.settlement.terminals.TerminalWord;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// A terminal's connection: carries out what the protocol's [ServerSession] wishes. Everything runs on the connection's
/// event loop; answers of the engine hop back onto it. Keeps no rule of its own about records or money.
public final class TerminalSession implements LinkSession, Engine.Watcher {

  /// A session that is still alive answers a probe within this time; the rule of the clone verdict.
  static final long PROBE_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(TerminalSession.class);

  private final LinkConnection connection;
  private final TerminalId terminal;
  private final PeerIdentity peer;
  private final LinkLimits limits;
  private final ServerSession session;
  private final Engine engine;
  private final LiveSessions<TerminalSession> live;
  private final RevocationList revocations;
  private final List<Consumer<Boolean>> probes = new ArrayList<>();
  private final Map<Long, CompletableFuture<Result>> orders = new HashMap<>();
  private final NewsPace pace = new NewsPace();

  private ByteString bootId = ByteString.EMPTY;
  private boolean askedForRoom;

  /// @param peer who the handshake proved the terminal to be
  public TerminalSession(LinkConnection connection, PeerIdentity peer, LinkLimits limits, Engine engine,
      LiveSessions<TerminalSession> live, RevocationList revocations) {
    this.connection = connection;
    this.peer = peer;
    this.terminal = peer.terminal();
    this.limits = limits;
    this.session = new ServerSession(limits);
    this.engine = engine;
    this.live = live;
    this.revocations = revocations;
  }

  @Override
  public void frame(Frame frame) {
    perform(session.received(frame));
  }

  @Override
  public void closed() {
    answerProbes(false);
    orders.values().forEach(order -> order.completeExceptionally(new IOException("connection ended")));
    live.closed(terminal, session.channel(), this);
    if (session.channel() == Channel.CHANNEL_JOURNAL) {
      engine.left(terminal);
    }
  }

  @Override
  public TerminalId terminal() {
    return terminal;
  }

  /// Marks rose without a batch of this session.
  @Override
  public void marksRose(Signed ack) {
    connection.run(() -> perform(session.marksRose(ack)));
  }

  /// Accounts or blocked cards changed at the terminal's site.
  @Override
  public void versionsRose() {
    connection.run(() -> pace.rose().ifPresent(this::refresh));
  }

  /// Ends the connection from outside.
  @Override
  public void end(ReasonCode reason, String facts) {
    connection.run(() -> perform(session.end(reason, facts, 0)));
  }

  /// The registry changed: a session that it no longer admits ends.
  public void recheck() {
    connection.run(() -> revocations.refusal(peer).ifPresent(reason -> perform(session.end(reason, "", 0))));
  }

  /// Sends a command; its result, or the end of this connection, completes `result`. Any thread.
  void order(Command command, CompletableFuture<Result> result) {
    connection.run(() -> {
      orders.put(command.getId(), result);
      perform(session.say(Frame.newBuilder().setCommand(command).build()));
    });
    if (!connection.isOpen()) {
      result.completeExceptionally(new IOException("connection ended"));
    }
  }

  private void answered(Result result) {
    LOG.info("event=command_result terminal={} id={} ok={} code={}", terminal, result.getId(), result.getOk(),
        plain(result.getCode()));
    CompletableFuture<Result> order = orders.remove(result.getId());
    if (order != null) {
      order.complete(result);
    }
  }

  private void perform(List<ServerWish> wishes) {
    for (ServerWish wish : wishes) {
      switch (wish) {
        case ServerWish.Send(var frame) -> connection.send(frame);
        case ServerWish.Judge(var hello) -> judge(hello);
        case ServerWish.EpochConfirmed(var epoch) -> engine.confirm(terminal, epoch);
        case ServerWish.Ingest batch -> ingest(batch);
        case ServerWish.Serve(var from, var to) -> engine.read(terminal, from, to, limits,
            records -> onLoop(() -> session.fetched(from, records.bytes(), records.end())));
        case ServerWish.Decide(var id, var question) -> engine.authorize(terminal, id, question,
            decision -> onLoop(() -> session.say(Frame.newBuilder().setDecision(decision).build())));
        case ServerWish.Cancel(var id) -> engine.cancel(terminal, id,
            cancelled -> onLoop(() -> session.say(Frame.newBuilder().setCancelled(cancelled).build())));
        case ServerWish.Errand(var errand) -> engine.errand(terminal, errand,
            answer -> onLoop(() -> session.say(Frame.newBuilder().setErrandAnswer(answer).build())));
        case ServerWish.Refresh(var request) -> pace.asked(request).ifPresent(this::refresh);
        case ServerWish.Answered(var result) -> answered(result);
        case ServerWish.Alive(var head, var state, var condition) -> {
          engine.heard(terminal, head, state);
          if (condition != null) {
            engine.heard(terminal, new TerminalWord(state, "", condition));
          }
        }
        case ServerWish.ProbeAnswered() -> answerProbes(true);
        case ServerWish.Close(var reason, var facts) -> connection.end(reason.name(), facts);
      }
    }
  }

  /// Probes a rival first: whether an older connection still has somebody at its other end decides who is the copy.
  private void judge(Hello hello) {
    long arrivedMs = engine.nowMillis();
    bootId = hello.getBootId();
    if (engine.isOverloaded() && hello.getChannel() == Channel.CHANNEL_JOURNAL) {
      perform(session.end(ReasonCode.SERVER_BUSY, "reconnect storm", engine.comeBackMillis()));
      return;
    }
    var rival = live.current(terminal, hello.getChannel()).filter(other -> !other.bootId.equals(bootId));
    if (rival.isEmpty()) {
      judge(new Greeting(hello, OtherSession.NONE, arrivedMs));
    } else {
      rival.get().probe(answers -> connection.run(() -> judge(
          new Greeting(hello, answers ? OtherSession.ANSWERS : OtherSession.SILENT, arrivedMs))));
    }
  }

  private void judge(Greeting greeting) {
    boolean taken = engine.hello(terminal, greeting,
        answer -> connection.run(() -> answered(greeting.hello(), answer)));
    if (!taken) {
      perform(session.end(ReasonCode.SERVER_BUSY, "too many greetings", engine.comeBackMillis()));
    }
  }

  private void answered(Hello hello, HelloAnswer answer) {
    switch (answer) {
      case HelloAnswer.Barred(var reason, var facts) -> perform(session.end(reason, facts, 0));
      case HelloAnswer.Answered(var welcome) -> {
        if (isWelcome(welcome)) {
          live.welcome(terminal, hello.getChannel(), this).filter(other -> other != this)
              .ifPresent(
                  other -> other.end(ReasonCode.SUPERSEDED, "a newer connection of the same terminal"));
        }
        LOG.atLevel(welcome.getVerdict() == Verdict.VERDICT_RESUME ? Level.INFO : Level.WARN).log(
            "event=session_greeted connection={} terminal={} channel={} verdict={} head={} software=\"{}\"",
            connection.number(), terminal, hello.getChannel(), welcome.getVerdict(), hello.getHead().getSeq(),
            plain(hello.getSoftware()));
        perform(session.judged(unhurried(hello, welcome)));
        if (isWelcome(welcome) && hello.hasCondition() && hello.getChannel() == Channel.CHANNEL_JOURNAL) {
          engine.heard(terminal,
              new TerminalWord(hello.getState(), hello.getSoftware(), hello.getCondition()));
        }
      }
    }
  }

  /// While batches queue up here, a backlog may begin a little later; taps go over the other connection.
  private Welcome unhurried(Hello hello, Welcome welcome) {
    boolean waits = hello.getChannel() == Channel.CHANNEL_JOURNAL && hello.getUnsent() != 0
        && welcome.getVerdict() == Verdict.VERDICT_RESUME && engine.isBusyWithBatches();
    return waits ? welcome.toBuilder().setComeBackMs((int) engine.comeBackMillis()).build() : welcome;
  }

  private static boolean isWelcome(Welcome welcome) {
    return welcome.getVerdict() == Verdict.VERDICT_RESUME
        || welcome.getVerdict() == Verdict.VERDICT_ROLLED_BACK;
  }

  private void ingest(ServerWish.Ingest batch) {
    var refusal = revocations.refusal(peer);
    if (refusal.isPresent()) {
      perform(session.end(refusal.get(), "", 0));
      return;
    }
    engine.push(
        new IngestRequest(terminal, batch.epoch(), batch.oldSeq(), batch.oldHash(), batch.records(), null),
        result -> onLoop(() -> switch (result) {
          case IngestResult.Acknowledged acknowledged -> session.acknowledged(acknowledged.ack());
          case IngestResult.Refused(var reason, var server, var bad) -> session.refused(reason, server, bad);
        }));
    if (!askedForRoom && engine.awaitRoom(terminal, this::roomAgain)) {
      askedForRoom = true;
      connection.pause();
    }
  }

  private void roomAgain() {
    connection.run(() -> {
      askedForRoom = false;
      connection.resume();
    });
  }

  private void refresh(SnapshotRequest request) {
    boolean taken = engine.refresh(terminal, request, news -> connection.run(() -> {
      pace.looked(request, news);
      news.frames().forEach(frame -> perform(session.say(frame)));
    }));
    if (!taken) {
      pace.postponed(request);
    }
  }

  private void probe(Consumer<Boolean> answer) {
    connection.run(() -> {
      probes.add(answer);
      perform(session.probe());
      connection.after(PROBE_MILLIS, () -> {
        if (probes.remove(answer)) {
          answer.accept(false);
        }
      });
    });
    if (!connection.isOpen()) {
      answer.accept(false);
    }
  }

  private void answerProbes(boolean alive) {
    List<Consumer<Boolean>> waiting = List.copyOf(probes);
    probes.clear();
    waiting.forEach(answer -> answer.accept(alive));
  }

  private void onLoop(java.util.function.Supplier<List<ServerWish>> step) {
    connection.run(() -> perform(step.get()));
  }

  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\"]", "?");
  }
}

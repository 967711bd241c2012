package dev.counterfoil.sim.world.server;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.ServerSession;
import dev.counterfoil.protocol.link.ServerWish;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.snapshot.News;
import dev.counterfoil.settlement.snapshot.NewsPace;
import dev.counterfoil.settlement.terminals.Greeting;
import dev.counterfoil.settlement.terminals.HelloAnswer;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.net.Endpoint;
import dev.counterfoil.sim.world.net.FrameLabel;
import dev.counterfoil.sim.world.net.ModelConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The server's end of one connection: what the network edge of the real server does around the protocol's session,
/// in virtual time. Dies with its run of the server.
final class ServerLine implements Endpoint {
  private static final long PROBE_MICROS = 5_000_000;

  private final ServerRun run;
  private final TerminalId terminal;
  private final ServerSession session;
  private final LinkLimits limits;
  private final List<Consumer<Boolean>> probes = new ArrayList<>();
  private final NewsPace pace = new NewsPace();
  private ByteString bootId = ByteString.EMPTY;
  private @Nullable ModelConnection connection;
  private boolean ended;
  private long heardAt;

  ServerLine(ServerRun run, TerminalId terminal, LinkLimits limits) {
    this.run = run;
    this.terminal = terminal;
    this.limits = limits;
    this.session = new ServerSession(limits);
    this.heardAt = run.world().queue().nowMicros();
    watchSilence(limits.idle().toMillis() * 1000);
  }

  TerminalId terminal() {
    return terminal;
  }

  Channel channel() {
    return session.channel();
  }

  ByteString bootId() {
    return bootId;
  }

  @Override
  public void received(ModelConnection from, byte[] bytes) {
    connection = from;
    if (ended || run.isDead()) {
      return;
    }
    heardAt = run.world().queue().nowMicros();
    try {
      var frame = run.codec().decode(ByteBuffer.wrap(bytes));
      if (frame.isPresent()) {
        perform(session.received(frame.get()));
      }
    } catch (LinkViolation violation) {
      perform(session.end(violation.reason(), String.valueOf(violation.getMessage()), 0));
    }
  }

  @Override
  public void closed(ModelConnection from) {
    gone();
  }

  void marksRose(Signed ack) {
    perform(session.marksRose(ack));
  }

  void versionsRose() {
    pace.rose().ifPresent(this::refresh);
  }

  void end(ReasonCode reason, String facts) {
    perform(session.end(reason, facts, 0));
  }

  private void gone() {
    if (!ended) {
      ended = true;
      answerProbes(false);
      run.left(this);
    }
  }

  /// Nobody is heard for too long: the line is dropped, as the idle limit says.
  private void watchSilence(long afterMicros) {
    run.world().queue().after(afterMicros, EventTag.SERVER_TIMER, -1, () -> {
      if (ended || run.isDead()) {
        return;
      }
      long left = heardAt + limits.idle().toMillis() * 1000 - run.world().queue().nowMicros();
      if (left > 0) {
        watchSilence(left);
      } else {
        perform(session.end(ReasonCode.IDLE_TIMEOUT, "", 0));
        close();
      }
    });
  }

  private void perform(List<ServerWish> wishes) {
    for (ServerWish wish : wishes) {
      perform(wish);
    }
  }

  private void perform(ServerWish wish) {
    switch (wish) {
      case ServerWish.Send(var frame) -> send(frame);
      case ServerWish.Judge(var hello) -> judge(hello);
      case ServerWish.EpochConfirmed(var epoch) -> later(core -> core.confirmEpoch(terminal, epoch));
      case ServerWish.Ingest batch -> ingest(batch);
      case ServerWish.Serve(var from, var to) -> later(core -> {
        List<JournalRecord> records = core.fetch(terminal, from, to, limits.maxBatchRecords(),
            limits.maxBatchBytes());
        boolean end = records.isEmpty() || records.getLast().seq() >= to;
        perform(session.fetched(from, records.stream().map(JournalRecord::bytes).toList(), end));
      });
      case ServerWish.Decide(var id, var question) -> run.turns().desk(() -> {
        var decision = run.decide(terminal, id, question);
        run.changed();
        perform(session.say(Frame.newBuilder().setDecision(decision).build()));
      });
      case ServerWish.Cancel(var id) -> run.turns().desk(() -> {
        var cancelled = run.core().cancel(terminal, id, run.nowMillis());
        run.changed();
        perform(session.say(Frame.newBuilder().setCancelled(cancelled).build()));
      });
      case ServerWish.Errand(var errand) -> run.turns().desk(() -> {
        var answer = run.core().errand(terminal, errand, run.nowMillis());
        run.changed();
        perform(session.say(Frame.newBuilder().setErrandAnswer(answer).build()));
      });
      case ServerWish.Refresh(var request) -> pace.asked(request).ifPresent(this::refresh);
      case ServerWish.ProbeAnswered() -> answerProbes(true);
      case ServerWish.Answered _,ServerWish.Alive _ -> {
      }
      case ServerWish.Close _ -> close();
    }
  }

  private void later(Consumer<SettlementCore> work) {
    run.turns().ordinary(() -> work.accept(run.core()), run.mostBatches());
  }

  private void close() {
    ModelConnection open = connection;
    if (open != null) {
      open.closeByServer();
    }
    gone();
  }

  private void send(Frame frame) {
    ModelConnection open = connection;
    if (open != null && !ended) {
      run.said(terminal, frame);
      open.sendDown(run.codec().encode(frame), labelOf(frame));
    }
  }

  private static FrameLabel labelOf(Frame frame) {
    return switch (frame.getBodyCase()) {
      case ACK -> FrameLabel.ACK;
      case DECISION -> FrameLabel.DECISION;
      default -> FrameLabel.PLAIN;
    };
  }

  /// Looks, after a minute on this connection, whether every hole that the terminal declared is in the queue (I-11).
  void watchGaps() {
    if (run.gaps().hasAny(terminal)) {
      run.world().queue().after(GapWatch.MINUTE_MICROS, EventTag.CHECK, -1, () -> {
        if (isInContact() && run.current(terminal, Channel.CHANNEL_JOURNAL) == this) {
          run.gaps().look(terminal, run.core().reads());
        }
      });
    }
  }

  /// A line that a break left behind lives on until the server hears of it; that is no contact.
  private boolean isInContact() {
    ModelConnection open = connection;
    return !ended && !run.isDead() && open != null && open.isSound();
  }

  // --- greetings ---

  private void judge(Hello hello) {
    long arrivedMs = run.nowMillis();
    bootId = hello.getBootId();
    ServerLine rival = run.current(terminal, hello.getChannel());
    if (rival == null || rival.bootId.equals(bootId)) {
      judge(new Greeting(hello, OtherSession.NONE, arrivedMs));
    } else {
      rival.probe(answers -> judge(
          new Greeting(hello, answers ? OtherSession.ANSWERS : OtherSession.SILENT, arrivedMs)));
    }
  }

  private void judge(Greeting greeting) {
    later(core -> {
      if (!ended) {
        answered(greeting.hello(), core.hello(terminal, greeting, run.nowMillis()));
      }
    });
  }

  private void answered(Hello hello, HelloAnswer answer) {
    switch (answer) {
      case HelloAnswer.Barred(var reason, var facts) -> perform(session.end(reason, facts, 0));
      case HelloAnswer.Answered(var welcome) -> {
        if (isWelcome(welcome)) {
          ServerLine old = run.welcome(this, hello.getChannel());
          if (old != null && old != this) {
            old.end(ReasonCode.SUPERSEDED, "a newer connection of the same terminal");
          }
          watchGaps();
          if (hello.getChannel() == Channel.CHANNEL_JOURNAL && hello.getUnsent() > 1) {
            run.world().coverage().reach(NamedState.RESUMED_AFTER_BREAK);
          }
          if (welcome.hasEpochOffer()) {
            run.world().coverage().reach(NamedState.EPOCH_OFFERED);
          }
        }
        perform(session.judged(welcome));
      }
    }
  }

  private static boolean isWelcome(Welcome welcome) {
    return welcome.getVerdict() == Verdict.VERDICT_RESUME
        || welcome.getVerdict() == Verdict.VERDICT_ROLLED_BACK;
  }

  private void probe(Consumer<Boolean> answer) {
    probes.add(answer);
    perform(session.probe());
    run.world().queue().after(PROBE_MICROS, EventTag.SERVER_TIMER, -1, () -> {
      if (probes.remove(answer) && !run.isDead()) {
        answer.accept(false);
      }
    });
  }

  private void answerProbes(boolean alive) {
    if (!probes.isEmpty()) {
      List<Consumer<Boolean>> waiting = List.copyOf(probes);
      probes.clear();
      waiting.forEach(answer -> answer.accept(alive));
    }
  }

  // --- business ---

  private void ingest(ServerWish.Ingest batch) {
    var request = new IngestRequest(terminal, batch.epoch(), batch.oldSeq(), batch.oldHash(), batch.records(),
        null);
    run.turns().batch(request, result -> {
      run.look(terminal);
      switch (result) {
        case IngestResult.Acknowledged(var ack, _) -> perform(session.acknowledged(ack));
        case IngestResult.Refused(var reason, var server, var bad) -> {

          perform(session.refused(reason, server, bad));
        }
      }
    }, run.mostBatches());
  }

  private void refresh(SnapshotRequest request) {
    later(core -> {
      News news = core.newsFor(terminal, request, run.nowMillis());
      pace.looked(request, news);
      news.frames().forEach(frame -> perform(session.say(frame)));
    });
  }
}

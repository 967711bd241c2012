package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.secret.PasswordCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A desk that hangs in one answer: nobody who asks waits for it, what waits is bounded, and nothing of it is lost.
class SlowDeskTest {

  private static final int DESK_WAITING = 4;
  private static final int BATCHES = 4;

  @TempDir
  Path folder;

  private final ServerMetrics metrics = new ServerMetrics();
  private final CountDownLatch hangs = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private TestServer server;
  private TestTerminal till;
  private Engine engine;

  @BeforeEach
  void start() throws InterruptedException {
    server = TestServer.at(folder);
    till = server.terminal();
    server.holder(1, 100_000);
    var around = new Engine.Surroundings(() -> java.time.Instant.ofEpochMilli(server.now),
        () -> System.nanoTime() / 1_000_000, new Random(1), server.signatures, metrics,
        (_, _) -> PasswordCheck.Match.RIGHT,
        _ -> {
        }, _ -> {
        });
    engine = new Engine(server.core, new EngineSettings(BATCHES, DESK_WAITING, 64, 2000, 1), around,
        new LiveSessions<Silent>(2), new Background.Copying.None());
    engine.start();
    ask(_ -> {
      hangs.countDown();
      awaitRelease();
    });
    assertThat(hangs.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void stop() {
    released.countDown();
    engine.close();
    server.close();
  }

  @Test
  void questionsBeyondTheQueueAreLeftToTheTerminalsAndTheOthersAnsweredLater() throws Exception {
    var answers = new AtomicInteger();
    var last = new CountDownLatch(DESK_WAITING);
    for (int i = 0; i < 3 * DESK_WAITING; i++) {
      ask(_ -> {
        answers.incrementAndGet();
        last.countDown();
      });
    }
    assertThat(engine.deskWaiting()).isEqualTo(DESK_WAITING);
    assertThat(metrics.text()).contains("counterfoil_decisions_total{outcome=\"SHED\"} " + 2 * DESK_WAITING);
    assertThat(answers).hasValue(0);

    released.countDown();

    assertThat(last.await(5, TimeUnit.SECONDS)).isTrue();
    int answered = engine.call(_ -> answers.get());
    assertThat(answered).isEqualTo(DESK_WAITING);
  }

  @Test
  void batchesAreTakenUpToTheirBoundAndAcknowledgedOnceTheDeskMoves() throws Exception {
    List<CompletableFuture<IngestResult>> answers = new ArrayList<>();
    var room = new CountDownLatch(1);
    boolean full = false;
    while (!full) {
      long from = till.head.seq() + 1;
      till.cashSale(server.transaction(), 100);
      var answer = new CompletableFuture<IngestResult>();
      answers.add(answer);
      engine.push(till.push(from), answer::complete);
      full = engine.awaitRoom(till.id, room::countDown);
    }
    assertThat(answers).hasSize(BATCHES).noneMatch(CompletableFuture::isDone);

    released.countDown();

    for (CompletableFuture<IngestResult> answer : answers) {
      assertThat(answer.get(5, TimeUnit.SECONDS)).isInstanceOf(IngestResult.Acknowledged.class);
    }
    assertThat(room.await(5, TimeUnit.SECONDS)).isTrue();
    long settled = engine.call(core -> core.reads().head(TestServer.SITE, 1).orElseThrow().settled().seq());
    assertThat(settled).isEqualTo(till.head.seq());
  }

  @Test
  void aSignOfLifeWaitsForNobody() {
    engine.heard(till.id, till.head, "READY");
    assertThat(engine.problem()).isEmpty();
    assertThat(released.getCount()).isEqualTo(1);
  }

  private void ask(Consumer<Decision> answer) {
    engine.authorize(till.id, server.transaction(),
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(1).bytes()))
            .setAmountMinor(100)
            .setCurrency("CNY").setMode(1).build(),
        answer);
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Nobody is connected here.
  private interface Silent extends Engine.Watcher {

    @Override
    TerminalId terminal();

    @Override
    void marksRose(Signed ack);

    @Override
    void end(ReasonCode reason, String facts);
  }
}

package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.secret.PasswordCheck;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A password that takes its time delays nobody else's tap.
class PasswordLaneTest {

  @TempDir
  Path folder;

  private final CountDownLatch released = new CountDownLatch(1);
  private TestServer server;
  private TestTerminal till;
  private Engine engine;

  @BeforeEach
  void start() {
    server = TestServer.at(folder);
    till = server.terminal();
    server.holder(1, 1_000_000);
    server.core.accounts().passwords().set(TestServer.SITE, 1, "stored", server.now);
    PasswordCheck slow = (_, typed) -> {
      await();
      return typed.length == 6 ? PasswordCheck.Match.RIGHT : PasswordCheck.Match.WRONG;
    };
    var around = new Engine.Surroundings(() -> Instant.ofEpochMilli(server.now),
        () -> System.nanoTime() / 1_000_000, new Random(1), server.signatures, new ServerMetrics(), slow,
        _ -> {
        }, _ -> {
        });
    engine = new Engine(server.core, new EngineSettings(4, 64, 64, 2000, 1), around,
        new LiveSessions<Engine.Watcher>(2), new Background.Copying.None());
    engine.start();
  }

  private void await() {
    try {
      released.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    released.countDown();
    engine.close();
    server.close();
  }

  private CompletableFuture<Decision> ask(long amount, String password) {
    var answer = new CompletableFuture<Decision>();
    engine.authorize(till.id, server.transaction(),
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(1).bytes()))
            .setAmountMinor(amount).setCurrency("CNY").setMode(1).setPassword(password).build(),
        answer::complete);
    return answer;
  }

  @Test
  void othersAreAnsweredWhileAPasswordIsCompared() throws Exception {
    CompletableFuture<Decision> slow = ask(50_000, "271828");

    assertThat(ask(100, "").get(5, TimeUnit.SECONDS).getReason()).isEmpty();

    assertThat(slow).isNotDone();
    released.countDown();
    assertThat(slow.get(5, TimeUnit.SECONDS).getHoldId()).isPositive();
    assertThat(ask(50_000, "27182").get(5, TimeUnit.SECONDS).getReason()).isEqualTo("PASSWORD_WRONG");
  }

  @Test
  void whatDoesNotFitIsTurnedAwayAtOnceAndReservesNothing() throws Exception {
    List<CompletableFuture<Decision>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(ask(50_000, "271828"));
    }
    assertThat(all.getLast().get(5, TimeUnit.SECONDS).getReason()).isEqualTo("SYSTEM_BUSY");
    List<CompletableFuture<Decision>> busy = all.stream().filter(CompletableFuture::isDone).toList();
    // One is being compared and 32 wait.
    assertThat(busy).hasSizeBetween(7, 8);
    for (CompletableFuture<Decision> each : busy) {
      assertThat(each.get().getReason()).isEqualTo("SYSTEM_BUSY");
    }
    released.countDown();
    assertThat(all.getFirst().get(5, TimeUnit.SECONDS).getHoldId()).isPositive();
  }
}

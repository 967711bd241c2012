package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.secret.PasswordCheck;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitOutcome;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.StoreException;
import dev.counterfoil.settlement.store.StoreFault;
import dev.counterfoil.trace.Requirement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A purchase whose decision fails while it is being carried out.
class PaymentFailureTest {

  @TempDir
  Path folder;

  private final ServerMetrics metrics = new ServerMetrics();
  private final AtomicReference<@Nullable Supplier<CommitOutcome>> nextCommit = new AtomicReference<>();
  private TestServer server;
  private TestTerminal till;
  private AccountRow holder;
  private Engine engine;

  @BeforeEach
  void start() {
    server = new TestServer(faulty(SqliteSettlementStore.open(folder.resolve("server.db"))),
        TestServer.SETTINGS);
    till = server.terminal();
    holder = server.holder(1, 10_000);
    var around = new Engine.Surroundings(() -> Instant.ofEpochMilli(server.now),
        () -> System.nanoTime() / 1_000_000, new Random(1), server.signatures, metrics,
        (_, _) -> PasswordCheck.Match.RIGHT, _ -> {
        }, _ -> {
        });
    engine = new Engine(server.core, new EngineSettings(4, 64, 64, 2000, 1), around,
        new LiveSessions<Engine.Watcher>(2), new Background.Copying.None());
    engine.start();
    engine.call(_ -> {
      engine.tick();
      return true;
    });
  }

  @AfterEach
  void stop() {
    engine.close();
    server.close();
  }

  private SettlementStore faulty(SettlementStore store) {
    return (SettlementStore) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {SettlementStore.class}, (_, method, arguments) -> {
          boolean decides = method.getName().equals("commit") && arguments[0] instanceof CommitUnit unit
              && !unit.authorizations().isEmpty();
          Supplier<CommitOutcome> fault = decides ? nextCommit.getAndSet(null) : null;
          if (fault != null) {
            return fault.get();
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private Decision ask(TransactionId id) throws Exception {
    return asked(id).get(5, TimeUnit.SECONDS);
  }

  private CompletableFuture<Decision> asked(TransactionId id) {
    var answer = new CompletableFuture<Decision>();
    engine.authorize(till.id, id,
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(1).bytes()))
            .setAmountMinor(900).setCurrency("CNY").setMode(1).build(),
        answer::complete);
    return answer;
  }

  @Test
  @Requirement({"PAY-21", "PAY-23"})
  void itIsRolledBackDeclinedListedWithItsReasonAndCounted() throws Exception {
    TransactionId id = server.transaction();
    nextCommit.set(() -> {
      throw new IllegalStateException("x".repeat(700));
    });

    assertThat(ask(id).getReason()).isEqualTo("PAYMENT_FAILED");

    assertThat(ask(id).getReason()).as("asked again").isEqualTo("PAYMENT_FAILED");
    ExceptionRow listed = engine.call(core -> core.reads().exceptions(TestServer.SITE, true, 0, 10))
        .getFirst();
    assertThat(listed.kind()).isEqualTo(ExceptionKind.PAYMENT_FAILED);
    assertThat(listed.transaction()).isEqualTo(id);
    assertThat(listed.detail()).startsWith("java.lang.IllegalStateException: xxx").hasSize(500);
    assertThat(engine.<Long>call(_ -> server.available(holder))).isEqualTo(10_000);
    engine.call(_ -> {
      engine.tick();
      return true;
    });
    assertThat(metrics.text()).contains("PAYMENT_FAILED").contains("counterfoil_decisions_total");
    assertThat(ask(server.transaction()).getHoldId()).as("the next one").isPositive();
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  @Requirement({"PAY-18"})
  void aLockThatIsNotHadIsSystemBusyAndReservesNothing() throws Exception {
    TransactionId id = server.transaction();
    nextCommit.set(() -> new CommitOutcome.KeyConflict("ledger account has another version"));

    assertThat(ask(id).getReason()).isEqualTo("SYSTEM_BUSY");

    assertThat(engine.<Long>call(_ -> server.available(holder))).isEqualTo(10_000);
    assertThat(ask(id).getHoldId()).as("asked again").isPositive();
  }

  /// What the storage does is no answer: nothing can be kept, so nobody is told anything and the terminal decides.
  @Test
  @Requirement({"PAY-21"})
  void aFullDiskIsNoDecisionAndTheSameQuestionIsDecidedWhenThereIsRoom() throws Exception {
    TransactionId id = server.transaction();
    nextCommit.set(() -> {
      throw new StoreException(StoreFault.STORE_FULL, "no space left");
    });

    CompletableFuture<Decision> answer = asked(id);

    engine.call(_ -> true);
    assertThat(answer).isNotDone();
    int listed = engine.call(core -> core.reads().exceptions(TestServer.SITE, true, 0, 10).size());
    assertThat(listed).isZero();
    assertThat(ask(id).getHoldId()).as("asked again").isPositive();
  }
}

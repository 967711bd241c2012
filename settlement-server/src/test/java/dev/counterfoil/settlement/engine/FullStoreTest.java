package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.secret.PasswordCheck;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.StoreException;
import dev.counterfoil.settlement.store.StoreFault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full for a while: told as long as it lasts, not longer, and no reason to end.
class FullStoreTest {

  @TempDir
  Path folder;

  private final List<StoreException> fatal = new ArrayList<>();
  private volatile boolean full;
  private TestServer server;
  private Engine engine;

  @BeforeEach
  void start() {
    server = new TestServer(fillable(SqliteSettlementStore.open(folder.resolve("server.db"))),
        CoreSettings.DEFAULT);
    var around = new Engine.Surroundings(() -> Instant.ofEpochMilli(server.now),
        () -> System.nanoTime() / 1_000_000,
        new Random(1), server.signatures, new ServerMetrics(), (_, _) -> PasswordCheck.Match.RIGHT,
        _ -> {
        }, fatal::add);
    engine = new Engine(server.core, new EngineSettings(4, 4, 64, 2000, 1), around,
        new LiveSessions<Engine.Watcher>(2),
        new Background.Copying.None());
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.close();
    server.close();
  }

  @Test
  void theAlarmLastsAsLongAsTheDiskIsFull() {
    full = true;
    assertThatThrownBy(this::openAccount).isInstanceOf(StoreException.class);
    assertThat(problem()).contains("STORE_FULL");
    assertThatThrownBy(this::tick).isInstanceOf(StoreException.class);
    assertThat(problem()).contains("STORE_FULL");

    full = false;
    tick();

    assertThat(problem()).isEmpty();
    openAccount();
    assertThat(fatal).isEmpty();
    assertThat(server.ledger().problems()).isEmpty();
  }

  /// As it stands behind what failed: the caller hears of that first.
  private Optional<String> problem() {
    return engine.call(_ -> engine.problem());
  }

  private void openAccount() {
    engine
        .call(core -> core.accounts().open(TestServer.SITE, "Li", true, 0, server.transaction(), server.now));
  }

  private void tick() {
    engine.call(_ -> {
      engine.tick();
      return true;
    });
  }

  private SettlementStore fillable(SettlementStore store) {
    return (SettlementStore) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {SettlementStore.class},
        (_, method, arguments) -> {
          if (full && method.getName().equals("commit")) {
            throw new StoreException(StoreFault.STORE_FULL, "committing");
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}

package dev.counterfoil.settlement.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.authorization.PasswordTry;
import dev.counterfoil.settlement.authorization.PurchaseAnswer;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.limit.RechargeLimits;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.PostgresAddress;
import dev.counterfoil.settlement.store.PostgresSettlementStore;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.TestPostgres;
import dev.counterfoil.trace.Requirement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two servers with a memory each on one database, at one site, at the same time.
class TwoServersTest {

  private static final int ROUNDS = 60;
  private static final long OPENING = 1_000_000;
  private static final CoreSettings SETTINGS = CoreSettings.DEFAULT.withConfirmTerminals(false)
      .withPurchases(PurchaseLimits.NONE).withRecharges(new RechargeLimits(1, 1_000_000, 0, 0));

  private PostgresAddress address = TestPostgres.empty();
  private TestServer first = server();
  private TestServer second = server();
  private final AccountRow account = first.holder(1, OPENING);
  private final TestTerminal left = first.terminal();
  private final TestTerminal right = first.terminal();

  private TestServer server() {
    return new TestServer(PostgresSettlementStore.open(address, TestPostgres.password()), SETTINGS);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    TestPostgres.drop(address);
  }

  /// What one server does in one round.
  private interface Deed {
    void happen(TestServer server, int round) throws Exception;
  }

  /// Lets both do something at once, again and again.
  private void both(Deed atFirst, Deed atSecond) throws Exception {
    var start = new CyclicBarrier(2);
    try (ExecutorService servers = Executors.newFixedThreadPool(2)) {
      var done = new ArrayList<Future<?>>();
      done.add(servers.submit(rounds(start, first, atFirst)));
      done.add(servers.submit(rounds(start, second, atSecond)));
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  private static Callable<Boolean> rounds(CyclicBarrier start, TestServer server, Deed deed) {
    return () -> {
      for (int round = 1; round <= ROUNDS; round++) {
        start.await(10, TimeUnit.SECONDS);
        try {
          deed.happen(server, round);
        } catch (Exception | AssertionError e) {
          // The other one must not wait for this one's next round.
          start.reset();
          throw e;
        }
      }
      return true;
    };
  }

  private static TransactionId id(int who, int round) {
    return new TransactionId(0x0191_0000_0000_7000L + who, 0x8000_0000_0000_0000L + round);
  }

  private static Deed saleAt(TestTerminal terminal, int who) {
    return (server, round) -> {
      TransactionId id = id(who, round);
      Decision decision = server.authorize(terminal, id, 1, 300);
      assertThat(decision.getOutcome()).as(decision.toString()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
      long seq = terminal.cardSale(id, TestServer.token(1), 300, false).seq();
      assertThat(server.acknowledged(terminal.push(seq)).getReceived().getSeq()).isEqualTo(seq);
    };
  }

  private void assertBalance(long expected) {
    TestServer fresh = server();
    assertThat(fresh.ledger().problems()).isEmpty();
    assertThat(fresh.balance(LedgerKind.CASH, account.account())).isEqualTo(expected);
    assertThat(fresh.available(account)).isEqualTo(expected);
    assertThat(fresh.exceptions()).isEmpty();
    fresh.close();
  }

  @Test
  void salesOfOneCardAtTwoServersAreEachBookedOnce() throws Exception {
    both(saleAt(left, 1), saleAt(right, 2));

    assertBalance(OPENING - 2L * ROUNDS * 300);
  }

  @Test
  void rechargesAndSalesOfOneAccountDisturbEachOtherInVain() throws Exception {
    both(saleAt(left, 1), (server, round) -> server.core.inTurn(
        core -> core.accounts().rechargeByCash(TestServer.SITE, account.account(), 500, id(3, round),
            server.now)));

    assertBalance(OPENING + ROUNDS * 200L);
  }

  @Test
  void theSameBatchAtBothServersIsBookedOnce() throws Exception {
    Deed sends = (server, round) -> {
      TestTerminal terminal = left;
      long seq;
      synchronized (terminal) {
        seq = terminal.journal.getLast().seq();
        if (seq <= round) {
          seq = terminal.cashSale(id(4, round), 700).seq();
        }
      }
      assertThat(server.acknowledged(terminal.push(seq)).getReceived().getSeq()).isEqualTo(seq);
    };

    both(sends, sends);

    assertThat(second.store.transactionsOf(TestServer.SITE, 1, 0, 1_000)).hasSize(ROUNDS);
    assertBalance(OPENING);
  }

  @Test
  void aTerminalThatMovesFindsWhatItSentElsewhere() throws Exception {
    List<TestServer> servers = List.of(first, second);
    for (int round = 1; round <= 20; round++) {
      TestServer here = servers.get(round % 2);
      assertThat(TestServer.ack(here.hello(left)).getReceived().getSeq()).isEqualTo(left.head.seq());
      saleAt(left, 1).happen(here, round);
    }

    assertThat(first.exceptions()).isEmpty();
    assertBalance(OPENING - 20 * 300);
  }

  @Test
  void whatAnOperatorStopsAtOneServerIsStoppedAtTheOther() {
    assertThat(first.authorize(left, id(5, 1), 1, 100).getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);

    second.core.inTurn(
        core -> core.accounts().changeRestriction(TestServer.SITE, account.account(), true, second.now));

    assertThat(first.authorize(left, id(5, 2), 1, 100).getOutcome()).isEqualTo(Outcomes.OUTCOMES_DECLINED);
  }

  /// A server that knows the account, and whose next commit waits until `meanwhile` has happened at the other one. What it
  /// decided by then rests on rows that nobody else's commit compares: only the version of the site says that they moved.
  private TestServer disturbed(Runnable meanwhile) {
    var hook = new AtomicReference<Runnable>();
    SettlementStore store = PostgresSettlementStore.open(address, TestPostgres.password());
    var server = new TestServer((SettlementStore) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {SettlementStore.class}, (_, method, arguments) -> {
          Runnable once = method.getName().equals("commit") ? hook.getAndSet(null) : null;
          if (once != null) {
            once.run();
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }), SETTINGS);
    assertThat(server.authorize(right, id(6, 1), 1, 100).getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
    hook.set(meanwhile);
    second.close();
    second = server;
    return server;
  }

  private void restrictAtFirst() {
    first.core.inTurn(
        core -> core.accounts().changeRestriction(TestServer.SITE, account.account(), true, first.now));
  }

  @Test
  @Requirement({"OPS-03"})
  void whatAnOperatorStopsWhileTheOtherServerDecidesIsStopped() {
    TestServer server = disturbed(this::restrictAtFirst);

    assertThat(server.authorize(right, id(6, 2), 1, 100).getOutcome()).isEqualTo(Outcomes.OUTCOMES_DECLINED);
  }

  @Test
  void twoOperatorsWhoChangeOneAccountAtOnceAreBothObeyed() {
    TestServer server = disturbed(this::restrictAtFirst);

    server.core.inTurn(core -> core.accounts().changeLimits(TestServer.SITE, account.account(), 700, 7_000, 0,
        server.now));

    AccountRow both = server.account(account);
    assertThat(both.restricted()).isTrue();
    assertThat(both.perTapMinor()).isEqualTo(700);
  }

  @Test
  @Requirement({"LIM-16"})
  void wrongPasswordsAtBothServersAtOnceAreBothCounted() {
    first.core.inTurn(
        core -> core.accounts().passwords().set(TestServer.SITE, account.account(), "kept", first.now));
    TestServer server = disturbed(() -> assertThat(tryPassword(first, id(7, 1))).isEqualTo("PASSWORD_WRONG"));

    assertThat(tryPassword(server, id(7, 2))).isEqualTo("PASSWORD_WRONG");

    assertThat(
        server.store.profiles().password(TestServer.SITE, account.account()).orElseThrow().guard().wrong())
        .isEqualTo(2);
  }

  private String tryPassword(TestServer server, TransactionId id) {
    PurchaseAnswer answer = server.core.authorize(right.id, id,
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(1).bytes()))
            .setAmountMinor(50_000).setCurrency("CNY").setMode(1).setPassword("0").build(),
        Optional.of(new PasswordTry("kept", false)), server.now);
    return answer instanceof PurchaseAnswer.Decided(var decision) ? decision.getReason() : answer.toString();
  }
}

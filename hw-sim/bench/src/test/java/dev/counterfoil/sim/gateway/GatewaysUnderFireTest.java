package dev.counterfoil.sim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.api.GatewayCallbacks;
import dev.counterfoil.settlement.api.WebServer;
import dev.counterfoil.settlement.circuit.CircuitTerms;
import dev.counterfoil.settlement.circuit.Circuits;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.gateway.AlipayAccount;
import dev.counterfoil.settlement.gateway.AlipayCallback;
import dev.counterfoil.settlement.gateway.AlipayGateway;
import dev.counterfoil.settlement.gateway.BillAnswer;
import dev.counterfoil.settlement.gateway.GatewayHttp;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.OrderRequest;
import dev.counterfoil.settlement.gateway.WechatAccount;
import dev.counterfoil.settlement.gateway.WechatCallback;
import dev.counterfoil.settlement.gateway.WechatGateway;
import dev.counterfoil.settlement.gateway.WechatKeys;
import dev.counterfoil.settlement.payment.GatewayLine;
import dev.counterfoil.settlement.payment.Gateways;
import dev.counterfoil.settlement.recharge.BillComparison;
import dev.counterfoil.settlement.recharge.CollectionDesk;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server's core on a real database with its real clients and callback routes, against gateways that are slow, silent,
/// forge, repeat, reorder, refuse and lose: in the end each order is booked once, the books balance, and the gateways' own
/// bills say the same.
class GatewaysUnderFireTest {

  private static final SimulatorKeys KEYS = SimulatorKeys.generate();
  private static final List<Misbehaviour> KINDS = List.of(Misbehaviour.FAIL_AFTER_TAKING,
      Misbehaviour.UNAVAILABLE, Misbehaviour.REFUSE, Misbehaviour.FORGE_ANSWER, Misbehaviour.FORGE_CALLBACK,
      Misbehaviour.LOSE_CALLBACK, Misbehaviour.REPEAT_CALLBACK, Misbehaviour.HOLD_CALLBACK);
  /// The middle of a day in China, so that no order comes near its end.
  private static final long NOON = Instant.parse("2026-11-20T04:00:00Z").toEpochMilli();
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @TempDir
  Path folder;
  private TestServer server;
  private GatewaySimulator simulator;
  private GatewayHttp http;
  private Gateways gateways;
  private GatewayCallbacks callbacks;
  private WebServer web;
  private final List<TransactionId> orders = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = TestServer.at(folder);
    server.now = NOON;
    simulator = GatewaySimulator.start(0, KEYS, this::now);
    http = new GatewayHttp(TIMEOUT);
    int port = freePort();
    var core = new CoreAccess() {
      @Override
      public synchronized <T> T call(Function<SettlementCore, T> work) {
        return server.core.inTurn(work);
      }
    };
    gateways = new Gateways(List.of(wechat(port), alipay(port)), core, TestServer.SITE,
        new Circuits(CircuitTerms.DEFAULT, this::now), this::now);
    callbacks = new GatewayCallbacks(gateways);
    web = WebServer.start(new WebServer.Place("127.0.0.1", port, Optional.empty()), List.of(callbacks));
  }

  @AfterEach
  void stop() {
    web.close();
    callbacks.close();
    gateways.close();
    http.close();
    simulator.close();
    server.close();
  }

  private Instant now() {
    return Instant.ofEpochMilli(server.now);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private GatewayLine wechat(int port) {
    var account = new WechatAccount(SimulatorKeys.MERCHANT_ID, SimulatorKeys.APP_ID,
        "http://127.0.0.1:" + port + GatewayCallbacks.path(GatewayName.WECHAT), "");
    var keys = new WechatKeys(SimulatorKeys.MERCHANT_SERIAL, KEYS.merchant().getPrivate(),
        Map.of(SimulatorKeys.PLATFORM_SERIAL, KEYS.platform().getPublic()),
        WechatKeys.apiV3Key(SimulatorKeys.API_V3_KEY));
    var gateway = new WechatGateway(http, simulator.wechatAddress(), account, keys, this::now, () -> "nonce");
    return GatewayLine.wechat(gateway, new WechatCallback(account, keys), this::now);
  }

  private GatewayLine alipay(int port) {
    var account = new AlipayAccount(SimulatorKeys.ALIPAY_APP_ID,
        "http://127.0.0.1:" + port + GatewayCallbacks.path(GatewayName.ALIPAY), KEYS.merchant().getPrivate(),
        KEYS.platform().getPublic());
    return GatewayLine.alipay(new AlipayGateway(http, simulator.alipayAddress(), account, this::now),
        new AlipayCallback(account));
  }

  private void wakeAfter(Duration pause) {
    server.now += pause.toMillis();
    gateways.wake();
  }

  /// @param asks false: the server dies before it asks anybody
  private TransactionId order(GatewayName gateway, long fen, boolean asks) {
    AccountRow holder = server.holder(orders.size() + 1, 0);
    TransactionId id = server.transaction();
    var begun = server.core.collections().order(TestServer.SITE, new CollectionDesk.Wanted(holder.account(),
        fen, gateway, new OrderRequest.Presentation.Code(), "li"), id, server.now);
    orders.add(id);
    if (asks) {
      gateways.ask(gateway, id, begun.calls());
    }
    return id;
  }

  private void refund(GatewayName gateway, TransactionId order, long fen, boolean asks) {
    try {
      var begun = server.core.collections().giveBack(TestServer.SITE,
          new CollectionDesk.BackWanted(order, fen, "too much", "li"), server.transaction(), server.now);
      if (asks) {
        gateways.ask(gateway, order, begun.calls());
      }
    } catch (RefusedException e) {
      assertThat(e.code()).as("not paid yet").isEqualTo("TRANSACTION_STATUS");
    }
  }

  private void settle() {
    simulator.release();
    for (int i = 0; i < 16; i++) {
      wakeAfter(Duration.ofMinutes(10));
    }
  }

  /// Booked less given back.
  private long booked(TransactionId order) {
    long paid = server.store.transaction(TestServer.SITE, order).map(TransactionRow::amount).orElse(0L);
    return paid + server.store.refundsOf(TestServer.SITE, order).stream().mapToLong(TransactionRow::amount)
        .sum();
  }

  private void assertBalanced(String as) {
    assertThat(server.ledger().problems()).as(as).isEmpty();
    assertThat(server.ledger().sums()).as(as).containsEntry("CNY", 0L);
    long held = 0;
    for (TransactionId order : orders) {
      assertThat(booked(order)).as("%s order %s", as, order).isEqualTo(simulator.heldFen(order.toString()));
      held += booked(order);
    }
    long owed = 0;
    for (RechargeMethod method : List.of(RechargeMethod.WECHAT, RechargeMethod.ALIPAY)) {
      owed -= server.balance(LedgerKind.RECHARGE_CLEARING, method.code())
          + server.balance(LedgerKind.RECHARGE_FEE, method.code());
    }
    assertThat(owed).as("%s: what the gateways owe, before their fees", as).isEqualTo(held);
    assertThat(server.store.openHolds(TestServer.SITE)).as(as).isEmpty();
  }

  private List<BillComparison.Difference> differences(GatewayName gateway) {
    LocalDate day = LocalDate.of(2026, 11, 20);
    return switch (gateways.gateway(gateway).orElseThrow().bill(day)) {
      case BillAnswer.Published(var bill) ->
        BillComparison.compare(server.store, TestServer.SITE, gateway, day, bill).differences();
      case BillAnswer.Missing _ -> List.of();
      case BillAnswer.Rejected(var problem) -> throw new AssertionError(problem);
      case BillAnswer.Unknown(var problem) -> throw new AssertionError(problem);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @Requirement({"RCH-06", "RCH-08", "INT-06", "REC-01"})
  void whateverGoesWrongEachOrderIsBookedOnceAndTheBooksBalance(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 20; i++) {
      simulator.misbehave(KINDS.get(random.nextInt(KINDS.size())), random.nextInt(1, 3));
      GatewayName gateway = random.nextBoolean() ? GatewayName.WECHAT : GatewayName.ALIPAY;
      TransactionId order = order(gateway, random.nextLong(100, 100_000), random.nextInt(5) > 0);
      wakeAfter(Duration.ofSeconds(random.nextInt(20)));
      if (simulator.knows(order.toString()) && random.nextInt(4) > 0) {
        simulator.pay(order.toString());
      }
      if (random.nextInt(3) == 0) {
        refund(gateway, order, random.nextLong(1, 100), random.nextInt(3) > 0);
      }
      if (random.nextInt(8) == 0) {
        server.restart();
      }
    }
    settle();

    assertBalanced("seed " + seed);
    long credited = server.store.transfers(TestServer.SITE, 0, 10_000).stream()
        .filter(leg -> RechargeMethod.ofReason(leg.reason()).isPresent()).count();
    assertThat(credited).isEqualTo(orders.stream()
        .filter(id -> server.store.transaction(TestServer.SITE, id)
            .filter(row -> row.kind() == TransactionKind.RECHARGE).isPresent())
        .count());
    assertThat(differences(GatewayName.WECHAT)).as("seed " + seed).isEmpty();
    assertThat(differences(GatewayName.ALIPAY)).as("seed " + seed).isEmpty();
  }

  @Test
  @Requirement({"RCH-08"})
  void aGatewayThatNeverAnswersIsAskedAndTheMoneyIsBookedOnce() {
    simulator.misbehave(Misbehaviour.SLOW, 1);
    TransactionId order = order(GatewayName.WECHAT, 5000, true);
    assertThat(simulator.knows(order.toString())).isTrue();
    simulator.misbehave(Misbehaviour.LOSE_CALLBACK, 1);
    simulator.pay(order.toString());
    wakeAfter(Duration.ofSeconds(5));
    assertThat(booked(order)).isEqualTo(5000);
    settle();
    assertBalanced("slow");
  }

  @Test
  @Requirement({"REC-01"})
  void whatTheBillHasAndTheBooksHaveNotIsListed() {
    TransactionId both = order(GatewayName.ALIPAY, 5000, true);
    TransactionId differs = order(GatewayName.ALIPAY, 6000, true);
    simulator.pay(both.toString());
    simulator.misbehave(Misbehaviour.WRONG_AMOUNT, 1);
    simulator.pay(differs.toString());
    assertThat(differences(GatewayName.ALIPAY)).singleElement()
        .satisfies(each -> {
          assertThat(each.kind()).isEqualTo(BillComparison.Kind.CHANNEL_ONLY);
          assertThat(each.orderId()).isEqualTo(differs.toString());
          assertThat(each.localFen()).isZero();
        });
    assertThat(server.core.reads().exceptions(TestServer.SITE, true, 0, 9)).singleElement()
        .satisfies(row -> assertThat(row.kind().name()).isEqualTo("GATEWAY_AMOUNT_DIFFERS"));
  }
}

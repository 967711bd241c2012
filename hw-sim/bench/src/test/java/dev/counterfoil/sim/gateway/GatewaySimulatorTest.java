package dev.counterfoil.sim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.counterfoil.settlement.gateway.AlipayAccount;
import dev.counterfoil.settlement.gateway.AlipayCallback;
import dev.counterfoil.settlement.gateway.AlipayGateway;
import dev.counterfoil.settlement.gateway.BillAnswer;
import dev.counterfoil.settlement.gateway.CallbackReading;
import dev.counterfoil.settlement.gateway.CallbackReceipt;
import dev.counterfoil.settlement.gateway.GatewayBill;
import dev.counterfoil.settlement.gateway.GatewayCode;
import dev.counterfoil.settlement.gateway.GatewayDesk;
import dev.counterfoil.settlement.gateway.GatewayEvent;
import dev.counterfoil.settlement.gateway.GatewayHttp;
import dev.counterfoil.settlement.gateway.GatewayOrder;
import dev.counterfoil.settlement.gateway.OrderRequest;
import dev.counterfoil.settlement.gateway.PaymentGateway;
import dev.counterfoil.settlement.gateway.RememberedOrders;
import dev.counterfoil.settlement.gateway.WechatAccount;
import dev.counterfoil.settlement.gateway.WechatCallback;
import dev.counterfoil.settlement.gateway.WechatGateway;
import dev.counterfoil.settlement.gateway.WechatHeaders;
import dev.counterfoil.settlement.gateway.WechatKeys;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The real clients and the real order machine against gateways that misbehave: the server's books end with what the
/// gateway holds, once.
class GatewaySimulatorTest {

  enum Side {
    WECHAT, ALIPAY
  }

  private static final SimulatorKeys KEYS = SimulatorKeys.generate();
  private static final String ORDER = "order-1";
  private static final long FEN = 5000;
  /// Long enough for a loaded machine to answer, short enough to wait for in vain.
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final RememberedOrders orders = new RememberedOrders();
  private final List<GatewayHttp> open = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T01:00:00Z");
  private GatewaySimulator simulator;
  private HttpServer receiver;
  @SuppressWarnings("NullAway.Init") // use
  private GatewayDesk desk;
  @SuppressWarnings("NullAway.Init") // use
  private PaymentGateway gateway;

  @BeforeEach
  void start() throws IOException {
    simulator = GatewaySimulator.start(0, KEYS, () -> now);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/WECHAT", this::receiveWechat);
    receiver.createContext("/ALIPAY", this::receiveAlipay);
    receiver.start();
  }

  @AfterEach
  void stop() {
    open.forEach(GatewayHttp::close);
    receiver.stop(0);
    simulator.close();
  }

  private void use(Side side) {
    var http = new GatewayHttp(TIMEOUT);
    open.add(http);
    gateway = switch (side) {
      case WECHAT -> new WechatGateway(http, simulator.wechatAddress(), wechat(), wechatKeys(), () -> now,
          () -> "nonce");
      case ALIPAY -> new AlipayGateway(http, simulator.alipayAddress(), alipay(), () -> now);
    };
    desk = new GatewayDesk(gateway, orders, () -> now);
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"RCH-07", "RCH-08"})
  void anOrderIsPaidAndBooked(Side side) {
    use(side);

    GatewayOrder order = openOrder();
    assertThat(order.phase()).isInstanceOf(GatewayOrder.Phase.Waiting.class);
    simulator.pay(ORDER);

    assertThat(orders.bookedFen(ORDER)).isEqualTo(FEN);
    assertThat(simulator.callbackAnswers()).containsExactly(200);
    assertThat(orders.raised()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"RCH-08"})
  void repeatedCallbacksBookOnce(Side side) {
    use(side);
    openOrder();
    simulator.misbehave(Misbehaviour.REPEAT_CALLBACK, 1);

    simulator.pay(ORDER);

    assertThat(simulator.callbackAnswers()).containsExactly(200, 200, 200);
    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatNeverComesIsAskedFor(Side side) {
    use(side);
    simulator.misbehave(Misbehaviour.SLOW, 1);

    GatewayOrder order = openOrder();

    assertThat(order.phase()).isEqualTo(new GatewayOrder.Phase.Placing(1));
    assertThat(simulator.knows(ORDER)).isTrue();
    wakeAfter(Duration.ofSeconds(5));
    assertThat(phase()).isInstanceOf(GatewayOrder.Phase.Waiting.class);
    simulator.pay(ORDER);
    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void anErrorAfterTakingTheOrderIsNotAFailure(Side side) {
    use(side);
    simulator.misbehave(Misbehaviour.FAIL_AFTER_TAKING, 1);
    assertThat(openOrder().phase()).isEqualTo(new GatewayOrder.Phase.Placing(1));

    simulator.pay(ORDER);

    assertThat(phase()).isInstanceOf(GatewayOrder.Phase.Paid.class);
    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void anOrderThatNeverArrivedIsSentAgain(Side side) {
    use(side);
    simulator.misbehave(Misbehaviour.UNAVAILABLE, 1);
    openOrder();
    assertThat(simulator.knows(ORDER)).isFalse();

    wakeAfter(Duration.ofSeconds(5));

    assertThat(phase()).isInstanceOf(GatewayOrder.Phase.Waiting.class);
    simulator.pay(ORDER);
    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedOrderIsNotPaid(Side side) {
    use(side);
    simulator.misbehave(Misbehaviour.REFUSE, 1);

    assertThat(openOrder().phase()).isInstanceOf(GatewayOrder.Phase.Refused.class);
    assertThat(simulator.knows(ORDER)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aForgedAnswerTellsNothing(Side side) {
    use(side);
    simulator.misbehave(Misbehaviour.FORGE_ANSWER, 1);

    assertThat(openOrder().phase()).isEqualTo(new GatewayOrder.Phase.Placing(1));

    wakeAfter(Duration.ofSeconds(5));
    assertThat(phase()).isInstanceOf(GatewayOrder.Phase.Waiting.class);
  }

  @ParameterizedTest
  @EnumSource
  void aForgedCallbackIsRefusedAndTheGenuineOneBooked(Side side) {
    use(side);
    openOrder();
    simulator.misbehave(Misbehaviour.FORGE_CALLBACK, 1);

    simulator.pay(ORDER);

    assertThat(simulator.callbackAnswers()).containsExactly(400, 200);
    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void aForgedCallbackAloneBooksNothing(Side side) {
    use(side);
    openOrder();
    simulator.misbehave(Misbehaviour.FORGE_CALLBACK, 1);
    simulator.misbehave(Misbehaviour.HOLD_CALLBACK, 1);

    simulator.pay(ORDER);

    assertThat(simulator.callbackAnswers()).containsExactly(400);
    assertThat(orders.bookedFen(ORDER)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aLostCallbackIsMadeUpForByAQuestion(Side side) {
    use(side);
    openOrder();
    simulator.misbehave(Misbehaviour.LOSE_CALLBACK, 1);
    simulator.pay(ORDER);
    assertThat(orders.bookedFen(ORDER)).isZero();

    wakeAfter(Duration.ofSeconds(5));

    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void callbacksInTheWrongOrderAndLateBookEachOrderOnce(Side side) {
    use(side);
    openOrder();
    open("order-2");
    simulator.misbehave(Misbehaviour.HOLD_CALLBACK, 2);
    simulator.pay(ORDER);
    simulator.pay("order-2");
    wakeAfter(Duration.ofSeconds(5));

    simulator.release();

    assertThat(simulator.callbackAnswers()).containsExactly(200, 200);
    assertBalanced();
    assertThat(orders.bookedFen("order-2")).isEqualTo(FEN);
  }

  @ParameterizedTest
  @EnumSource
  void anotherAmountIsShownAndNotBooked(Side side) {
    use(side);
    openOrder();
    simulator.misbehave(Misbehaviour.WRONG_AMOUNT, 1);

    simulator.pay(ORDER);

    assertThat(orders.bookedFen(ORDER)).isZero();
    assertThat(orders.raised()).containsExactly(GatewayCode.GATEWAY_AMOUNT_DIFFERS);
  }

  @ParameterizedTest
  @EnumSource
  void anUnpaidOrderIsClosedAtTheGatewayToo(Side side) {
    use(side);
    openOrder();

    wakeAfter(Duration.ofMinutes(17));

    assertThat(phase()).isEqualTo(new GatewayOrder.Phase.Closed());
    assertThat(gateway.query(ORDER).toString()).isEqualTo("Closed[]");
  }

  @ParameterizedTest
  @EnumSource
  void whoPaidUnseenIsFoundWhenTheOrderIsToBeClosed(Side side) {
    use(side);
    openOrder();
    simulator.misbehave(Misbehaviour.LOSE_CALLBACK, 1);
    simulator.pay(ORDER);

    wakeAfter(Duration.ofMinutes(17));

    assertThat(phase()).isInstanceOf(GatewayOrder.Phase.Paid.class);
    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void aRefundOfUnknownOutcomeIsMadeOnce(Side side) {
    use(side);
    openOrder();
    simulator.pay(ORDER);
    simulator.misbehave(Misbehaviour.FAIL_AFTER_TAKING, 1);

    desk.tell(ORDER, new GatewayEvent.RefundWanted("refund-1", 2000));
    assertThat(orders.bookedFen(ORDER)).isEqualTo(FEN);
    wakeAfter(Duration.ofSeconds(5));

    assertThat(orders.bookedFen(ORDER)).isEqualTo(3000);
    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void aRefundThatNeverArrivedIsSentAgain(Side side) {
    use(side);
    openOrder();
    simulator.pay(ORDER);
    simulator.misbehave(Misbehaviour.UNAVAILABLE, 1);

    desk.tell(ORDER, new GatewayEvent.RefundWanted("refund-1", 2000));
    wakeAfter(Duration.ofSeconds(5));

    assertThat(orders.bookedFen(ORDER)).isEqualTo(3000);
    assertBalanced();
  }

  @ParameterizedTest
  @EnumSource
  void theBillOfTheDayIsWhatWasBooked(Side side) {
    use(side);
    assertThat(bill()).isInstanceOf(BillAnswer.Missing.class);
    openOrder();
    simulator.pay(ORDER);
    desk.tell(ORDER, new GatewayEvent.RefundWanted("refund-1", 2000));

    assertThat(bill()).isInstanceOf(BillAnswer.Published.class);
    assertThat(((BillAnswer.Published) bill()).bill().totals())
        .isEqualTo(new GatewayBill.Totals(2, FEN, 2000, 0));
  }

  @ParameterizedTest
  @EnumSource
  void aBillThatLacksSomethingIsRejected(Side side) {
    use(side);
    openOrder();
    simulator.pay(ORDER);

    // WeChat's hash is made over the same wrong file once, so that the lines must give it away.
    simulator.misbehave(Misbehaviour.SHORT_BILL, 2);
    assertThat(billCode()).isEqualTo(GatewayCode.GATEWAY_BILL_TOTALS);
    simulator.misbehave(Misbehaviour.CUT_BILL, side == Side.WECHAT ? 2 : 1);
    assertThat(billCode()).isEqualTo(GatewayCode.GATEWAY_BILL_TRUNCATED);
  }

  @ParameterizedTest
  @EnumSource(names = "WECHAT")
  void aBillThatIsNotTheOneAnnouncedIsRejected(Side side) {
    use(side);
    openOrder();
    simulator.pay(ORDER);
    simulator.misbehave(Misbehaviour.CUT_BILL, 1);

    assertThat(billCode()).isEqualTo(GatewayCode.GATEWAY_BILL_HASH);
  }

  @ParameterizedTest
  @EnumSource(names = "ALIPAY")
  void anAddressThatWasTooOldIsAskedForOnceMore(Side side) {
    use(side);
    openOrder();
    simulator.pay(ORDER);

    simulator.misbehave(Misbehaviour.OLD_BILL_ADDRESS, 1);
    assertThat(bill()).isInstanceOf(BillAnswer.Published.class);
    simulator.misbehave(Misbehaviour.OLD_BILL_ADDRESS, 2);
    assertThat(bill().toString()).contains("GATEWAY_BILL_LINK_EXPIRED");
  }

  /// Everything but silence goes wrong at random; in the end the books and the gateway agree about every order.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  @Requirement({"RCH-08"})
  void whateverGoesWrongTheBooksAgreeWithTheGateway(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    use(random.nextBoolean() ? Side.WECHAT : Side.ALIPAY);
    List<Misbehaviour> kinds = List.of(Misbehaviour.FAIL_AFTER_TAKING, Misbehaviour.UNAVAILABLE,
        Misbehaviour.FORGE_ANSWER, Misbehaviour.LOSE_CALLBACK, Misbehaviour.REPEAT_CALLBACK,
        Misbehaviour.HOLD_CALLBACK, Misbehaviour.FORGE_CALLBACK);
    for (int i = 0; i < 40; i++) {
      simulator.misbehave(kinds.get(random.nextInt(kinds.size())), random.nextInt(1, 3));
      String orderId = "order-" + i;
      open(orderId);
      wakeAfter(Duration.ofSeconds(random.nextInt(20)));
      if (simulator.knows(orderId) && random.nextInt(4) > 0) {
        simulator.pay(orderId);
      }
      if (random.nextInt(3) == 0) {
        desk.tell(orderId, new GatewayEvent.RefundWanted("refund-" + i, random.nextLong(1, FEN + 1)));
      }
    }
    simulator.release();
    for (int i = 0; i < 20; i++) {
      wakeAfter(Duration.ofMinutes(10));
    }

    for (int i = 0; i < 40; i++) {
      String orderId = "order-" + i;
      assertThat(orders.bookedFen(orderId)).as("seed " + seed + " " + orderId)
          .isEqualTo(simulator.heldFen(orderId));
    }
  }

  private GatewayOrder open(String orderId) {
    orders.add(GatewayOrder.open(request(orderId), now));
    desk.tell(orderId, new GatewayEvent.Tick());
    return orders.load(orderId).orElseThrow();
  }

  private GatewayOrder openOrder() {
    return open(ORDER);
  }

  private OrderRequest request(String orderId) {
    return new OrderRequest(orderId, FEN, "Card recharge", now.plusSeconds(900),
        new OrderRequest.Presentation.Code());
  }

  private GatewayOrder.Phase phase() {
    return orders.load(ORDER).orElseThrow().phase();
  }

  private void wakeAfter(Duration pause) {
    now = now.plus(pause);
    desk.wake();
  }

  private void assertBalanced() {
    assertThat(orders.bookedFen(ORDER)).isPositive().isEqualTo(simulator.heldFen(ORDER));
    assertThat(orders.raised()).isEmpty();
  }

  private BillAnswer bill() {
    return gateway.bill(LocalDate.of(2026, 11, 21));
  }

  private GatewayCode billCode() {
    BillAnswer answer = bill();
    assertThat(answer).isInstanceOf(BillAnswer.Rejected.class);
    return ((BillAnswer.Rejected) answer).problem().code();
  }

  private void receiveWechat(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    WechatHeaders headers = WechatHeaders
        .from(name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)));
    acknowledge(exchange, new WechatCallback(wechat(), wechatKeys()).read(headers, body, now));
  }

  private void receiveAlipay(HttpExchange exchange) throws IOException {
    acknowledge(exchange, new AlipayCallback(alipay()).read(exchange.getRequestBody().readAllBytes()));
  }

  private void acknowledge(HttpExchange exchange, CallbackReading reading) throws IOException {
    CallbackReceipt receipt = desk.notified(reading);
    exchange.sendResponseHeaders(receipt.httpStatus(), -1);
    exchange.close();
  }

  private String callbackUrl(Side side) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/" + side;
  }

  private WechatAccount wechat() {
    return new WechatAccount(SimulatorKeys.MERCHANT_ID, SimulatorKeys.APP_ID, callbackUrl(Side.WECHAT), "");
  }

  private static WechatKeys wechatKeys() {
    return new WechatKeys(SimulatorKeys.MERCHANT_SERIAL, KEYS.merchant().getPrivate(),
        Map.of(SimulatorKeys.PLATFORM_SERIAL, KEYS.platform().getPublic()),
        WechatKeys.apiV3Key(SimulatorKeys.API_V3_KEY));
  }

  private AlipayAccount alipay() {
    return new AlipayAccount(SimulatorKeys.ALIPAY_APP_ID, callbackUrl(Side.ALIPAY),
        KEYS.merchant().getPrivate(),
        KEYS.platform().getPublic());
  }
}

package dev.counterfoil.sim.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Both gateways on one port of loopback. WeChat Pay at the root, Alipay at `/gateway.do`, the simulator's own handles at
/// `/sim/…`. Each request runs on a virtual thread; payers' callbacks are sent in the thread of whoever makes them pay.
public final class GatewaySimulator implements AutoCloseable {

  private static final int BAD_REQUEST = 400;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Mood mood = new Mood();
  private final CallbackPost post = new CallbackPost(mood);
  private final GatewayBooks wechatBooks;
  private final GatewayBooks alipayBooks;
  private final WechatSide wechat;
  private final AlipaySide alipay;

  private GatewaySimulator(HttpServer server, SimulatorKeys keys, InstantSource clock) {
    this.server = server;
    this.wechatBooks = new GatewayBooks("4200000", clock);
    this.alipayBooks = new GatewayBooks("2026000", clock);
    this.wechat = new WechatSide(wechatBooks, keys, mood, clock, post);
    this.alipay = new AlipaySide(alipayBooks, keys, mood, clock, post);
  }

  /// @param port 0 for any
  /// @throws IOException if the port is taken
  public static GatewaySimulator start(int port, SimulatorKeys keys, InstantSource clock) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    var simulator = new GatewaySimulator(server, keys, clock);
    server.setExecutor(simulator.threads);
    server.createContext("/", simulator::handle);
    server.start();
    return simulator;
  }

  /// Base address of WeChat Pay.
  public URI wechatAddress() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public URI alipayAddress() {
    return URI.create(wechatAddress() + "/gateway.do");
  }

  /// Lets the next `times` occasions go wrong.
  public void misbehave(Misbehaviour kind, int times) {
    mood.add(kind, times);
  }

  /// The payer of an order pays; the callback is sent before this returns.
  ///
  /// @throws IllegalArgumentException if no gateway has an open order of that number
  public void pay(String orderId) {
    if (alipayBooks.find(orderId).isPresent()) {
      alipay.pay(orderId);
    } else {
      wechat.pay(orderId);
    }
  }

  /// Sends the callbacks that were held, the last one first.
  public void release() {
    post.release();
  }

  /// What the gateways hold for an order: paid less given back, in fen.
  public long heldFen(String orderId) {
    return wechatBooks.heldFen(orderId) + alipayBooks.heldFen(orderId);
  }

  /// Whether a gateway has the order, whatever its state.
  public boolean knows(String orderId) {
    return wechatBooks.find(orderId).isPresent() || alipayBooks.find(orderId).isPresent();
  }

  /// HTTP statuses that callbacks were answered with, in order.
  public List<Integer> callbackAnswers() {
    return post.answers();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = new SimulatedRequest(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
          name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse(""),
          exchange.getRequestBody().readAllBytes());
      SimulatedAnswer answer = request.path().startsWith("/sim/") ? handles(request) : gateway(request);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      if (answer.body().length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private SimulatedAnswer gateway(SimulatedRequest request) throws IOException {
    if (mood.take(Misbehaviour.UNAVAILABLE)) {
      return SimulatedAnswer.text(503, "");
    }
    SimulatedAnswer answer = serve(request);
    if (mood.take(Misbehaviour.SLOW)) {
      waitForTheEnd();
    }
    return mood.take(Misbehaviour.FAIL_AFTER_TAKING) ? SimulatedAnswer.text(502, "") : answer;
  }

  private SimulatedAnswer serve(SimulatedRequest request) {
    if (request.path().startsWith("/gateway.do")) {
      return alipay.answer(request, wechatAddress().toString());
    }
    return request.path().startsWith("/alipay-bill") ? alipay.bill(request.path())
        : wechat.answer(request, wechatAddress().toString());
  }

  private void waitForTheEnd() throws IOException {
    try {
      end.await();
    } catch (InterruptedException _) {
      throw new InterruptedIOException();
    }
  }

  /// `/sim/pay/ORDER`, `/sim/misbehave/KIND`, `/sim/release`.
  private SimulatedAnswer handles(SimulatedRequest request) {
    String[] parts = request.path().split("/");
    try {
      switch (parts.length > 2 ? parts[2] : "") {
        case "pay" -> pay(parts[3]);
        case "misbehave" -> misbehave(Misbehaviour.valueOf(parts[3]), 1);
        case "release" -> release();
        default -> throw new IllegalArgumentException("pay/ORDER, misbehave/KIND or release");
      }
      return SimulatedAnswer.text(200, "done\n");
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return SimulatedAnswer.text(BAD_REQUEST, e.getMessage() + "\n");
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
    post.close();
  }
}

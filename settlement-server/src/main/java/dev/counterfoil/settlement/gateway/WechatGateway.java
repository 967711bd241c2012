package dev.counterfoil.settlement.gateway;

import dev.counterfoil.settlement.gateway.OrderRequest.Presentation;
import dev.counterfoil.settlement.gateway.WechatClient.Answer;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Supplier;

/// WeChat Pay API v3 for a merchant of its own. Source: pay.weixin.qq.com/doc/v3/merchant. Thread-safe; blocks as long
/// as its {@link GatewayHttp}.
public final class WechatGateway implements PaymentGateway {

  /// WeChat's public address.
  public static final URI PUBLIC_ADDRESS = URI.create("https://api.mch.weixin.qq.com");

  private static final int NOT_FOUND = 404;

  private final WechatRequests requests;
  private final WechatSigner signer;
  private final WechatClient client;
  private final InstantSource clock;
  private final Supplier<String> nonces;

  /// @param base {@link #PUBLIC_ADDRESS}, or a simulator's
  /// @param clock must not be more than five minutes off
  /// @param nonces 32 random letters or digits, each time others
  public WechatGateway(GatewayHttp http, URI base, WechatAccount account, WechatKeys keys,
      InstantSource clock,
      Supplier<String> nonces) {
    this.requests = new WechatRequests(account);
    this.signer = new WechatSigner(account, keys);
    this.client = new WechatClient(http, base, signer, new WechatVerifier(keys), clock, nonces);
    this.clock = clock;
    this.nonces = nonces;
  }

  WechatClient client() {
    return client;
  }

  @Override
  public OrderAnswer order(OrderRequest request) {
    return switch (request.presentation()) {
      case Presentation.Code() -> accepted(client.send(requests.nativeOrder(request)), "code_url");
      case Presentation.InApp(var payerId) ->
        inApp(accepted(client.send(requests.inAppOrder(request, payerId)), "prepay_id"));
      case Presentation.Page _ ->
        new OrderAnswer.Refused(new GatewayProblem(GatewayCode.GATEWAY_UNSUPPORTED, "WeChat page"));
    };
  }

  private static OrderAnswer accepted(Answer answer, String field) {
    try {
      return switch (answer) {
        case Answer.Good(var body) -> new OrderAnswer.Accepted(GatewayJson.read(body).text(field));
        case Answer.Bad(var _, var code, var problem) -> switch (code) {
          // These say that the number is known: what became of it must be asked.
          case "ORDERPAID", "ORDER_PAID", "OUT_TRADE_NO_USED", "ORDER_CLOSED" ->
            new OrderAnswer.Unknown(problem);
          default -> new OrderAnswer.Refused(problem);
        };
        case Answer.Lost(var problem) -> new OrderAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new OrderAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  private OrderAnswer inApp(OrderAnswer answer) {
    return answer instanceof OrderAnswer.Accepted(var prepayId)
        ? new OrderAnswer.Accepted(
            signer.inAppParameters(prepayId, clock.instant().getEpochSecond(), nonces.get()))
        : answer;
  }

  @Override
  public PaymentAnswer query(String orderId) {
    try {
      return switch (client.send(requests.query(orderId))) {
        case Answer.Good(var body) -> WechatAnswers.payment(ours(GatewayJson.read(body), orderId));
        case Answer.Bad(var status, var _, var _) when status == NOT_FOUND -> new PaymentAnswer.NotFound();
        case Answer.Bad(var _, var _, var problem) -> new PaymentAnswer.Unknown(problem);
        case Answer.Lost(var problem) -> new PaymentAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new PaymentAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  private static GatewayJson ours(GatewayJson content, String orderId) throws MalformedMessageException {
    if (!content.text("out_trade_no").equals(orderId)) {
      throw new MalformedMessageException("out_trade_no is another one");
    }
    return content;
  }

  @Override
  public CloseAnswer close(String orderId) {
    return switch (client.send(requests.close(orderId))) {
      case Answer.Good _ -> new CloseAnswer.Closed();
      // Its expiry has passed at WeChat too, so a request still under way cannot be paid.
      case Answer.Bad(var status, var _, var _) when status == NOT_FOUND -> new CloseAnswer.Closed();
      case Answer.Bad(var _, var code, var problem) -> switch (code) {
        case "ORDER_CLOSED" -> new CloseAnswer.Closed();
        case "ORDERPAID", "ORDER_PAID" -> new CloseAnswer.AlreadyPaid();
        default -> new CloseAnswer.Unknown(problem);
      };
      case Answer.Lost(var problem) -> new CloseAnswer.Unknown(problem);
    };
  }

  @Override
  public RefundAnswer refund(RefundRequest request) {
    return refund(client.send(requests.refund(request)), request.refundId(), false);
  }

  @Override
  public RefundAnswer queryRefund(String orderId, String refundId) {
    return refund(client.send(requests.queryRefund(refundId)), refundId, true);
  }

  private static RefundAnswer refund(Answer answer, String refundId, boolean question) {
    try {
      return switch (answer) {
        case Answer.Good(var body) -> {
          GatewayJson content = GatewayJson.read(body);
          yield WechatAnswers.refund(refundId, content.text("status"), content);
        }
        case Answer.Bad(var status, var _, var _) when question && status == NOT_FOUND ->
          new RefundAnswer.NotFound();
        case Answer.Bad(var _, var _, var problem) -> question ? new RefundAnswer.Unknown(problem)
            : new RefundAnswer.Refused(problem);
        case Answer.Lost(var problem) -> new RefundAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new RefundAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  @Override
  public BillAnswer bill(LocalDate day) {
    try {
      return switch (client.send(requests.bill(day))) {
        case Answer.Good(var body) -> download(GatewayJson.read(body));
        case Answer.Bad(var _, var code, var problem) -> switch (code) {
          case "NO_STATEMENT_EXIST", "STATEMENT_CREATING" ->
            new BillAnswer.Missing(new GatewayProblem(GatewayCode.GATEWAY_BILL_MISSING, code));
          default -> new BillAnswer.Unknown(problem);
        };
        case Answer.Lost(var problem) -> new BillAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new BillAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  private BillAnswer download(GatewayJson announced) throws MalformedMessageException {
    String hash = announced.text("hash_value").toLowerCase(Locale.ROOT);
    return switch (client.download(address(announced.text("download_url")))) {
      case Answer.Good(var file) -> sha1(file).equals(hash) ? WechatBill.read(file)
          : new BillAnswer.Rejected(new GatewayProblem(GatewayCode.GATEWAY_BILL_HASH, "announced=" + hash));
      case Answer.Bad(var _, var _, var problem) -> new BillAnswer.Unknown(problem);
      case Answer.Lost(var problem) -> new BillAnswer.Unknown(problem);
    };
  }

  private static URI address(String text) throws MalformedMessageException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException _) {
      throw new MalformedMessageException("download_url is no address");
    }
  }

  /// WeChat offers nothing stronger; the signed answer that announces the hash is what counts.
  private static String sha1(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}

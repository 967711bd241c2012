package dev.counterfoil.settlement.gateway;

import dev.counterfoil.settlement.gateway.AlipayClient.Answer;
import dev.counterfoil.settlement.gateway.OrderRequest.Presentation;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;

/// Alipay's open platform for a merchant of its own. Source: opendocs.alipay.com. Thread-safe; blocks as long as its
/// {@link GatewayHttp}.
public final class AlipayGateway implements PaymentGateway {

  /// Alipay's public address.
  public static final URI PUBLIC_ADDRESS = URI.create("https://openapi.alipay.com/gateway.do");

  private static final String UNKNOWN_TRADE = "ACQ.TRADE_NOT_EXIST";
  private static final int OK = 200;

  private final AlipayRequests requests;
  private final AlipayClient client;
  private final InstantSource clock;

  /// @param base {@link #PUBLIC_ADDRESS}, or a simulator's
  public AlipayGateway(GatewayHttp http, URI base, AlipayAccount account, InstantSource clock) {
    this.requests = new AlipayRequests(account);
    this.client = new AlipayClient(http, base, new AlipaySigner(account));
    this.clock = clock;
  }

  @Override
  public OrderAnswer order(OrderRequest request) {
    return switch (request.presentation()) {
      case Presentation.Code() -> precreate(request);
      // Nothing is sent: the payer's browser brings the order to Alipay.
      case Presentation.Page(var returnUrl) ->
        new OrderAnswer.Accepted(client.pageAddress(requests.page(request, returnUrl, clock.instant())));
      case Presentation.InApp _ ->
        new OrderAnswer.Refused(new GatewayProblem(GatewayCode.GATEWAY_UNSUPPORTED, "Alipay in-app"));
    };
  }

  private OrderAnswer precreate(OrderRequest request) {
    try {
      return switch (client.send(requests.precreate(request, clock.instant()))) {
        case Answer.Good(var content) -> new OrderAnswer.Accepted(content.text("qr_code"));
        case Answer.Bad(var code, var problem) -> switch (code) {
          // These say that the number is known: what became of it must be asked.
          case "ACQ.TRADE_HAS_SUCCESS", "ACQ.TRADE_HAS_CLOSE" -> new OrderAnswer.Unknown(problem);
          default -> new OrderAnswer.Refused(problem);
        };
        case Answer.Lost(var problem) -> new OrderAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new OrderAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  @Override
  public PaymentAnswer query(String orderId) {
    try {
      return switch (client.send(requests.query(orderId, clock.instant()))) {
        case Answer.Good(var content) -> payment(orderId, content);
        // Also a code that nobody has scanned yet.
        case Answer.Bad(var code, var _) when code.equals(UNKNOWN_TRADE) -> new PaymentAnswer.NotFound();
        case Answer.Bad(var _, var problem) -> new PaymentAnswer.Unknown(problem);
        case Answer.Lost(var problem) -> new PaymentAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new PaymentAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  private static PaymentAnswer payment(String orderId, GatewayJson content) throws MalformedMessageException {
    requireOurs(orderId, content);
    return switch (content.text("trade_status")) {
      case "TRADE_SUCCESS", "TRADE_FINISHED" ->
        new PaymentAnswer.Paid(new Payment(orderId, content.text("trade_no"), content.yuan("total_amount"),
            AlipayCallback.time(content.text("send_pay_date"))));
      case "TRADE_CLOSED" -> new PaymentAnswer.Closed();
      case "WAIT_BUYER_PAY" -> new PaymentAnswer.Pending();
      default -> throw new MalformedMessageException("trade_status is none that is known");
    };
  }

  private static void requireOurs(String orderId, GatewayJson content) throws MalformedMessageException {
    if (!content.text("out_trade_no").equals(orderId)) {
      throw new MalformedMessageException("out_trade_no is another one");
    }
  }

  @Override
  public CloseAnswer close(String orderId) {
    return switch (client.send(requests.close(orderId, clock.instant()))) {
      case Answer.Good _ -> new CloseAnswer.Closed();
      case Answer.Bad(var code, var problem) -> switch (code) {
        // Its expiry has passed at Alipay too, so a code nobody has scanned cannot be paid.
        case UNKNOWN_TRADE -> new CloseAnswer.Closed();
        // Paid or closed already: the question tells which.
        case "ACQ.TRADE_STATUS_ERROR", "ACQ.REASON_TRADE_STATUS_INVALID" -> new CloseAnswer.AlreadyPaid();
        default -> new CloseAnswer.Unknown(problem);
      };
      case Answer.Lost(var problem) -> new CloseAnswer.Unknown(problem);
    };
  }

  /// The answer's amount is that of all refunds so far, so the refund is asked for by its number at once.
  @Override
  public RefundAnswer refund(RefundRequest request) {
    return switch (client.send(requests.refund(request, clock.instant()))) {
      case Answer.Good _ -> queryRefund(request.orderId(), request.refundId());
      case Answer.Bad(var _, var problem) -> new RefundAnswer.Refused(problem);
      case Answer.Lost(var problem) -> new RefundAnswer.Unknown(problem);
    };
  }

  @Override
  public RefundAnswer queryRefund(String orderId, String refundId) {
    try {
      return switch (client.send(requests.queryRefund(orderId, refundId, clock.instant()))) {
        case Answer.Good(var content) -> refunded(refundId, content);
        case Answer.Bad(var _, var problem) -> new RefundAnswer.Unknown(problem);
        case Answer.Lost(var problem) -> new RefundAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new RefundAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  /// Without a refund Alipay answers with success and says nothing about one.
  private static RefundAnswer refunded(String refundId, GatewayJson content)
      throws MalformedMessageException {
    if (!content.has("refund_amount")) {
      return new RefundAnswer.NotFound();
    }
    if (!content.text("out_request_no").equals(refundId)) {
      throw new MalformedMessageException("out_request_no is another one");
    }
    return switch (content.words("refund_status")) {
      case "", "REFUND_SUCCESS" -> new RefundAnswer.Refunded(refundId, content.yuan("refund_amount"));
      default -> new RefundAnswer.Pending();
    };
  }

  /// The address of a bill is good for 30 s: one that was too old is asked for once more.
  @Override
  public BillAnswer bill(LocalDate day) {
    BillAnswer first = billOnce(day);
    return first instanceof BillAnswer.Unknown(var problem)
        && problem.code() == GatewayCode.GATEWAY_BILL_LINK_EXPIRED ? billOnce(day) : first;
  }

  private BillAnswer billOnce(LocalDate day) {
    try {
      return switch (client.send(requests.bill(day, clock.instant()))) {
        case Answer.Good(var content) -> download(URI.create(content.text("bill_download_url")));
        case Answer.Bad(var code, var problem) -> code.toLowerCase(Locale.ROOT)
            .contains("bill_not_exist")
                ? new BillAnswer.Missing(new GatewayProblem(GatewayCode.GATEWAY_BILL_MISSING, code))
                : new BillAnswer.Unknown(problem);
        case Answer.Lost(var problem) -> new BillAnswer.Unknown(problem);
      };
    } catch (MalformedMessageException e) {
      return new BillAnswer.Unknown(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    } catch (IllegalArgumentException _) {
      return new BillAnswer.Unknown(
          new GatewayProblem(GatewayCode.GATEWAY_RESPONSE_MALFORMED, "bill_download_url is no address"));
    }
  }

  private BillAnswer download(URI address) {
    return switch (client.download(address)) {
      case GatewayHttp.Reply.Lost(var problem) -> new BillAnswer.Unknown(problem);
      case GatewayHttp.Reply.Answered(var status, var _, var body) when status == OK -> AlipayBill.read(body);
      case GatewayHttp.Reply.Answered(var status, var _, var _) -> new BillAnswer.Unknown(
          new GatewayProblem(GatewayCode.GATEWAY_BILL_LINK_EXPIRED, "status=" + status));
    };
  }
}

package dev.counterfoil.settlement.gateway;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/// Signed requests to Alipay, verified answers. Blocks as long as its {@link GatewayHttp}; thread-safe.
final class AlipayClient {

  private static final int OK = 200;

  private final GatewayHttp http;
  private final URI base;
  private final AlipaySigner signer;

  /// An answer that is Alipay's, or none.
  sealed interface Answer {

    record Good(GatewayJson content) implements Answer {}

    /// @param code Alipay's `sub_code`, such as `ACQ.TRADE_NOT_EXIST`
    record Bad(String code, GatewayProblem problem) implements Answer {}

    record Lost(GatewayProblem problem) implements Answer {}
  }

  AlipayClient(GatewayHttp http, URI base, AlipaySigner signer) {
    this.http = http;
    this.base = base;
    this.signer = signer;
  }

  /// The address of a page that shows the order: a signed request that the payer's browser makes.
  String pageAddress(SortedMap<String, String> parameters) {
    return base + "?" + AlipayForm.write(signer.sign(parameters));
  }

  Answer send(SortedMap<String, String> parameters) {
    String method = parameters.getOrDefault("method", "");
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + "?charset=utf-8"))
        .header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
        .POST(BodyPublishers.ofString(AlipayForm.write(signer.sign(parameters)), StandardCharsets.UTF_8))
        .build();
    return switch (http.send(request)) {
      case GatewayHttp.Reply.Lost(var problem) -> new Answer.Lost(problem);
      case GatewayHttp.Reply.Answered(var status, var _, var _) when status != OK ->
        lost(GatewayCode.GATEWAY_SERVER_ERROR, "status=" + status);
      case GatewayHttp.Reply.Answered(var _, var _, var body) -> judge(method, body);
    };
  }

  private Answer judge(String method, byte[] body) {
    try {
      AlipayEnvelope envelope = AlipayEnvelope.read(method, body);
      if (!signer.isAlipays(envelope.node(), envelope.signature())) {
        return lost(GatewayCode.GATEWAY_SIGNATURE, method);
      }
      GatewayJson content = GatewayJson.read(envelope.node().getBytes(StandardCharsets.UTF_8));
      return judge(content.text("code"), content);
    } catch (MalformedMessageException e) {
      return new Answer.Lost(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  private static Answer judge(String code, GatewayJson content) {
    String reason = content.words("sub_code");
    String detail = code + " " + reason + " " + content.words("sub_msg");
    return switch (code) {
      case "10000" -> new Answer.Good(content);
      // 20000: their service is out of order. 10003: still working on it.
      case "20000", "10003" -> lost(GatewayCode.GATEWAY_SERVER_ERROR, detail);
      default -> reason.endsWith("SYSTEM_ERROR") ? lost(GatewayCode.GATEWAY_SERVER_ERROR, detail)
          : new Answer.Bad(reason, new GatewayProblem(GatewayCode.GATEWAY_REFUSED, detail));
    };
  }

  /// Fetches a file from an address that came in a signed answer; nothing of ours is sent along.
  GatewayHttp.Reply download(URI address) {
    if (!base.getScheme().equals(address.getScheme())) {
      return new GatewayHttp.Reply.Lost(
          new GatewayProblem(GatewayCode.GATEWAY_RESPONSE_MALFORMED,
              "the bill's address is not " + base.getScheme()));
    }
    return http.send(HttpRequest.newBuilder(address).build());
  }

  private static Answer lost(GatewayCode code, String detail) {
    return new Answer.Lost(new GatewayProblem(code, detail));
  }
}

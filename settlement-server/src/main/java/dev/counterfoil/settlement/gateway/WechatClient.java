package dev.counterfoil.settlement.gateway;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Signed requests to WeChat Pay, verified answers. Blocks as long as its {@link GatewayHttp}; thread-safe.
final class WechatClient {

  private static final int FIRST_ERROR = 400;
  private static final int TOO_MANY = 429;
  private static final int FIRST_SERVER_ERROR = 500;

  private final GatewayHttp http;
  private final URI base;
  private final WechatSigner signer;
  private final WechatVerifier verifier;
  private final InstantSource clock;
  private final Supplier<String> nonces;

  /// An answer that is WeChat's, or none.
  sealed interface Answer {

    /// @param body empty after 204
    record Good(byte[] body) implements Answer {}

    /// @param status 400 to 499
    /// @param code WeChat's own, such as `ORDER_NOT_EXIST`
    record Bad(int status, String code, GatewayProblem problem) implements Answer {}

    record Lost(GatewayProblem problem) implements Answer {}
  }

  WechatClient(GatewayHttp http, URI base, WechatSigner signer, WechatVerifier verifier, InstantSource clock,
      Supplier<String> nonces) {
    this.http = http;
    this.base = base;
    this.signer = signer;
    this.verifier = verifier;
    this.clock = clock;
    this.nonces = nonces;
  }

  Answer send(WechatRequest request) {
    return switch (http.send(signed(request))) {
      case GatewayHttp.Reply.Lost(var problem) -> new Answer.Lost(problem);
      case GatewayHttp.Reply.Answered answered -> judge(answered);
    };
  }

  /// Fetches a file; its answer is not signed, so its hash is all that vouches for it.
  Answer download(URI address) {
    // Our signature goes to WeChat and nowhere else.
    if (!origin(address).equals(origin(base))) {
      return new Answer.Lost(
          new GatewayProblem(GatewayCode.GATEWAY_RESPONSE_MALFORMED, "download_url leads elsewhere"));
    }
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return switch (http.send(signed(WechatRequest.get(address.getRawPath() + query)))) {
      case GatewayHttp.Reply.Lost(var problem) -> new Answer.Lost(problem);
      case GatewayHttp.Reply.Answered(var status, var _, var body) when status == 200 ->
        new Answer.Good(body);
      case GatewayHttp.Reply.Answered(var status, var _, var _) ->
        new Answer.Lost(new GatewayProblem(GatewayCode.GATEWAY_BILL_LINK_EXPIRED, "status=" + status));
    };
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getAuthority();
  }

  private HttpRequest signed(WechatRequest request) {
    Instant now = clock.instant();
    return HttpRequest.newBuilder(base.resolve(request.path()))
        .header("Authorization", signer.authorization(request, now.getEpochSecond(), nonces.get()))
        .header("Accept", "application/json").header("Content-Type", "application/json")
        .method(request.method(), BodyPublishers.ofByteArray(request.body())).build();
  }

  private Answer judge(GatewayHttp.Reply.Answered answered) {
    if (answered.status() >= FIRST_SERVER_ERROR) {
      return lost(GatewayCode.GATEWAY_SERVER_ERROR, answered.status());
    }
    if (answered.status() == TOO_MANY) {
      return lost(GatewayCode.GATEWAY_BUSY, answered.status());
    }
    Optional<GatewayProblem> doubt = verifier.doubt(WechatHeaders.from(answered.headers()::firstValue),
        answered.body(), clock.instant());
    if (doubt.isPresent()) {
      return new Answer.Lost(doubt.get());
    }
    return answered.status() < FIRST_ERROR ? new Answer.Good(answered.body()) : bad(answered);
  }

  private static Answer bad(GatewayHttp.Reply.Answered answered) {
    try {
      GatewayJson error = GatewayJson.read(answered.body());
      String code = error.text("code");
      return new Answer.Bad(answered.status(), code,
          new GatewayProblem(GatewayCode.GATEWAY_REFUSED, code + " " + error.words("message")));
    } catch (MalformedMessageException e) {
      return new Answer.Lost(e.as(GatewayCode.GATEWAY_RESPONSE_MALFORMED));
    }
  }

  private static Answer lost(GatewayCode code, int status) {
    return new Answer.Lost(new GatewayProblem(code, "status=" + status));
  }
}

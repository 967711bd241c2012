package dev.counterfoil.settlement.payment;

import dev.counterfoil.settlement.gateway.AlipayCallback;
import dev.counterfoil.settlement.gateway.CallbackReading;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.PaymentGateway;
import dev.counterfoil.settlement.gateway.WechatCallback;
import dev.counterfoil.settlement.gateway.WechatHeaders;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// One configured gateway: how it is asked, and how what it sends unasked is read.
public record GatewayLine(GatewayName name, PaymentGateway gateway, CallbackReader callbacks) {

  /// Reads a callback; pure but for the clock.
  public interface CallbackReader {

    /// @param header looks up the first value of a header, whatever its case
    /// @param body as it came, byte for byte: that is what is signed
    CallbackReading read(Function<String, Optional<String>> header, byte[] body);
  }

  /// @param clock must not be more than five minutes off
  public static GatewayLine wechat(PaymentGateway gateway, WechatCallback callback, InstantSource clock) {
    return new GatewayLine(GatewayName.WECHAT, gateway,
        (header, body) -> callback.read(WechatHeaders.from(header), body, clock.instant()));
  }

  public static GatewayLine alipay(PaymentGateway gateway, AlipayCallback callback) {
    return new GatewayLine(GatewayName.ALIPAY, gateway, (_, body) -> callback.read(body));
  }
}

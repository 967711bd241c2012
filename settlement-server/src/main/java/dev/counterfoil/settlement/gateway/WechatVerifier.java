package dev.counterfoil.settlement.gateway;

import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Tells whether an answer or a callback is WeChat's. The signed text is three lines, each ended by `\n`: timestamp,
/// nonce, and the body exactly as received. Pure.
final class WechatVerifier {

  /// What WeChat names for both directions.
  static final Duration LONGEST_AGE = Duration.ofSeconds(300);

  private final WechatKeys keys;

  WechatVerifier(WechatKeys keys) {
    this.keys = keys;
  }

  /// @param body the bytes as received, before anything has read them as text
  /// @return why the message must not be believed, or nothing
  Optional<GatewayProblem> doubt(WechatHeaders headers, byte[] body, Instant now) {
    if (!isFresh(headers.timestamp(), now)) {
      return problem(GatewayCode.GATEWAY_CALLBACK_STALE, "timestamp=" + headers.timestamp());
    }
    PublicKey key = keys.platformKeys().get(headers.serial());
    if (key == null) {
      return problem(GatewayCode.GATEWAY_SERIAL, "serial=" + headers.serial());
    }
    byte[] signed = WechatSigner.lines(body, headers.timestamp(), headers.nonce());
    return RsaSha256.verify(key, signed, headers.signature()) ? Optional.empty()
        : problem(GatewayCode.GATEWAY_SIGNATURE, "serial=" + headers.serial());
  }

  private static boolean isFresh(String timestamp, Instant now) {
    try {
      Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
      return age.abs().compareTo(LONGEST_AGE) <= 0;
    } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
      return false;
    }
  }

  private static Optional<GatewayProblem> problem(GatewayCode code, String detail) {
    return Optional.of(new GatewayProblem(code, detail));
  }
}

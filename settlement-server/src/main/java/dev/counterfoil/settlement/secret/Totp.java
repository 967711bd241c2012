package dev.counterfoil.settlement.secret;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One operator's time-based one-time codes (RFC 6238): HMAC-SHA-1, six digits, 30 seconds, the one profile that every
/// authenticator program knows. Immutable and thread-safe.
public final class Totp {

  /// Length of a new secret in bytes: that of SHA-1's output (RFC 4226, section 4).
  public static final int SECRET_LENGTH = 20;

  private static final int LEAST_SECRET_LENGTH = 16;
  private static final long STEP_SECONDS = 30;
  /// A step before and one after are good too: clocks differ, and people type slowly (RFC 6238, section 5.2).
  private static final int WINDOW = 1;
  private static final int DIGITS = 6;

  private final byte[] secret;

  /// @param secret at least 16 bytes; copied
  public Totp(byte[] secret) {
    if (secret.length < LEAST_SECRET_LENGTH) {
      throw new IllegalArgumentException(
          "a TOTP secret has at least " + LEAST_SECRET_LENGTH + " bytes, found " + secret.length);
    }
    this.secret = secret.clone();
  }

  /// A fresh secret.
  ///
  /// @param random a cryptographically strong generator outside of tests
  public static byte[] newSecret(RandomGenerator random) {
    byte[] secret = new byte[SECRET_LENGTH];
    random.nextBytes(secret);
    return secret;
  }

  /// The number of the 30-second step that `at` lies in.
  public static long stepAt(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
  }

  /// Which step a typed code belongs to. The work does not depend on where the code is wrong.
  ///
  /// @param typed    as typed; anything but six digits fits no step
  /// @param lastStep the step of the last code that was accepted: it and all before it are used up
  ///                 (RFC 6238, section 5.2)
  /// @return the step to remember as the last one, or empty if the code is wrong or used
  public OptionalLong match(String typed, Instant at, long lastStep) {
    byte[] found = typed.getBytes(StandardCharsets.UTF_8);
    long now = stepAt(at);
    OptionalLong matched = OptionalLong.empty();
    for (long step = now - WINDOW; step <= now + WINDOW; step++) {
      boolean same = MessageDigest.isEqual(code(step).getBytes(StandardCharsets.UTF_8), found);
      if (same && step > lastStep) {
        matched = OptionalLong.of(step);
      }
    }
    return matched;
  }

  /// What an authenticator program reads from the QR code. Contains the secret.
  ///
  /// @param issuer  shown above the code
  /// @param account the operator's name
  public String uri(String issuer, String account) {
    return "otpauth://totp/" + encoded(issuer) + ":" + encoded(account) + "?secret=" + Base32.encode(secret)
        + "&issuer=" + encoded(issuer) + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP_SECONDS;
  }

  /// The six digits of a step.
  String code(long step) {
    return code(step, DIGITS);
  }

  /// Dynamic truncation (RFC 4226, section 5.3).
  String code(long step, int digits) {
    byte[] mac = hmac(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = mac[mac.length - 1] & 0xf;
    int number = ByteBuffer.wrap(mac).getInt(offset) & Integer.MAX_VALUE;
    int modulus = 1;
    for (int i = 0; i < digits; i++) {
      modulus *= 10;
    }
    return String.format(Locale.ROOT, "%0" + digits + "d", number % modulus);
  }

  private byte[] hmac(byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  /// Authenticator programs show a plus sign as it is.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Never shows the secret.
  @Override
  public String toString() {
    return "Totp[…]";
  }
}

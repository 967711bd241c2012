package dev.counterfoil.protocol.enrolment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// One-time enrolment code: a secret that the server recognises, and the fingerprint by which the terminal recognises
/// the server before it says anything.
///
/// ```
/// CF1-SSSSSSSSSSSSS-FFFFFFFFFFFFFFFFFFFFFFFFFFCC
///     13 characters  26 characters             2 characters
///     65-bit secret  first 130 bits of         check value
///                    SHA-256(CA certificate)
/// ```
///
/// Alphabet: Crockford's 32 characters (no I, L, O, U); lower case is accepted, `I` and `L` read as 1, `O` as 0, blanks
/// and hyphens are ignored after the prefix. The check value is the sum of `position x character value` over the 39
/// characters before it, modulo the prime 1021, so each single wrong character and each swap of two is noticed:
/// a slip of the finger says so instead of looking like an expired code.
///
/// @param secret      13 characters of the alphabet; a password until used, never logged
/// @param fingerprint 26 characters of the alphabet
public record EnrolmentCode(String secret, String fingerprint) {

  /// How long a code lives unless the server's settings say otherwise.
  public static final int DEFAULT_MINUTES = 15;

  private static final String PREFIX = "CF1-";
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int SECRET_LENGTH = 13;
  private static final int FINGERPRINT_LENGTH = 26;
  private static final int CHECK_LENGTH = 2;
  private static final int CHECK_PRIME = 1021;

  public EnrolmentCode {
    requireAlphabet(secret, SECRET_LENGTH);
    requireAlphabet(fingerprint, FINGERPRINT_LENGTH);
  }

  /// A fresh code for the authority with this certificate.
    ///
    /// @param random a cryptographically strong generator outside of tests
  public static EnrolmentCode create(RandomGenerator random, byte[] caCertificate) {
    var secret = new StringBuilder(SECRET_LENGTH);
    for (int i = 0; i < SECRET_LENGTH; i++) {
      secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new EnrolmentCode(secret.toString(), fingerprintOf(caCertificate));
  }

  /// Reads what somebody typed.
    ///
    /// @throws MistypedCodeException when it cannot be a code that a server printed
  public static EnrolmentCode parse(String typed) {
    String text = typed.strip().toUpperCase(Locale.ROOT);
    if (!text.matches("CF[1IL]-.*")) {
      throw new MistypedCodeException("an enrolment code begins with " + PREFIX);
    }
    String body = normalise(text.substring(PREFIX.length()));
    int expected = SECRET_LENGTH + FINGERPRINT_LENGTH + CHECK_LENGTH;
    if (body.length() != expected) {
      throw new MistypedCodeException(
          "found " + body.length() + " characters after " + PREFIX + ", expected " + expected);
    }
    String payload = body.substring(0, expected - CHECK_LENGTH);
    if (!check(payload).equals(body.substring(expected - CHECK_LENGTH))) {
      throw new MistypedCodeException(
          "the check characters do not fit: a character is wrong or two are swapped");
    }
    return new EnrolmentCode(payload.substring(0, SECRET_LENGTH), payload.substring(SECRET_LENGTH));
  }

  /// Whether the code was made for the authority with this certificate (DER).
  public boolean pins(byte[] caCertificate) {
    return fingerprint.equals(fingerprintOf(caCertificate));
  }

  /// What the server keeps in place of the secret.
  public byte[] secretHash() {
    return sha256(("counterfoil/enrolment-code/v1\0" + secret).getBytes(StandardCharsets.US_ASCII));
  }

  /// The text that the operator passes on.
  public String text() {
    return PREFIX + secret + "-" + fingerprint + check(secret + fingerprint);
  }

  /// First characters of the secret: enough to name the code in a list, not enough to use it.
  public String label() {
    return PREFIX + secret.substring(0, 3) + "…";
  }

  @Override
  public String toString() {
    return label();
  }

  private static String fingerprintOf(byte[] caCertificate) {
    byte[] digest = sha256(caCertificate);
    var text = new StringBuilder(FINGERPRINT_LENGTH);
    for (int i = 0; i < FINGERPRINT_LENGTH; i++) {
      text.append(ALPHABET.charAt(fiveBits(digest, i * 5)));
    }
    return text.toString();
  }

  private static int fiveBits(byte[] digest, int offset) {
    int pair = (digest[offset / 8] & 0xff) << 8 | (digest[offset / 8 + 1] & 0xff);
    return pair >>> (11 - offset % 8) & 31;
  }

  private static String check(String payload) {
    int sum = 0;
    for (int i = 0; i < payload.length(); i++) {
      sum = (sum + (i + 1) * ALPHABET.indexOf(payload.charAt(i))) % CHECK_PRIME;
    }
    return "" + ALPHABET.charAt(sum / 32) + ALPHABET.charAt(sum % 32);
  }

  private static String normalise(String body) {
    var text = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      switch (c) {
        case '-', ' ' -> {
        }
        case 'I', 'L' -> text.append('1');
        case 'O' -> text.append('0');
        default -> text.append(knownCharacter(c));
      }
    }
    return text.toString();
  }

  private static char knownCharacter(char c) {
    if (ALPHABET.indexOf(c) < 0) {
      throw new MistypedCodeException("the character '" + c + "' is in no enrolment code");
    }
    return c;
  }

  private static void requireAlphabet(String part, int length) {
    if (part.length() != length || !part.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      throw new IllegalArgumentException("expected " + length + " characters of the code alphabet");
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

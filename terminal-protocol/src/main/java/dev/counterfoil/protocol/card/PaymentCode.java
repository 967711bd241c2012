package dev.counterfoil.protocol.card;

import dev.counterfoil.protocol.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/// The text of a member's payment code as a scanner reads it, always 66 characters (architecture decision D10):
///
/// ```
/// CF1  selector 16  secret 43  check 4
///      12 bytes     32 bytes   first 3 bytes of SHA-256("counterfoil/code/v1\0" || the 62 characters before)
/// ```
///
/// All parts but the first are base64url without padding. The check is no protection against forgery, which is the
/// secret's business: scanners' lines carry none, and with it a damaged, cut or doubled text is known at the terminal
/// (2^-24 pass, and then the server knows no such code). Whoever holds the text can pay with it, so it stands in no log.
///
/// @param text all 66 characters
public record PaymentCode(String text) {

  /// Characters of a code.
  public static final int LENGTH = 66;

  private static final String PREFIX = "CF1";
  private static final int CHECKED = 62;
  private static final int SELECTOR_END = 19;
  private static final int SELECTOR_BYTES = 12;
  private static final int SECRET_BYTES = 32;
  private static final int CHECK_BYTES = 3;
  private static final byte[] DOMAIN = "counterfoil/code/v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9_-]*");

  /// @throws IllegalArgumentException unless it is whole and its check fits
  public PaymentCode {
    if (text.length() != LENGTH || !text.startsWith(PREFIX) || !ALPHABET.matcher(text).matches()
        || !text.endsWith(check(text.substring(0, CHECKED)))) {
      throw new IllegalArgumentException("no payment code: " + text.length() + " characters");
    }
  }

  /// What a scanned text is.
  public sealed interface Reading {

    /// One of ours, undamaged.
    record Ours(PaymentCode code) implements Reading {}

    /// One of ours that lost or changed characters, or more than one: scan it again.
    record Damaged() implements Reading {}

    /// Anything else in the world.
    record Foreign() implements Reading {}
  }

  /// Tells ours from damaged and foreign ones.
  public static Reading read(String text) {
    if (text.length() == LENGTH && text.startsWith(PREFIX) && ALPHABET.matcher(text).matches()
        && text.endsWith(check(text.substring(0, CHECKED)))) {
      return new Reading.Ours(new PaymentCode(text));
    }
    boolean begun = text.startsWith(PREFIX) || text.contains(PREFIX) && ALPHABET.matcher(text).matches();
    return begun ? new Reading.Damaged() : new Reading.Foreign();
  }

  /// Writes a code.
  ///
  /// @param selector 12 bytes by which the server finds it
  /// @param secret   32 random bytes
  public static PaymentCode of(byte[] selector, byte[] secret) {
    if (selector.length != SELECTOR_BYTES || secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("a code has a selector of 12 bytes and a secret of 32");
    }
    String checked = PREFIX + text(selector) + text(secret);
    return new PaymentCode(checked + check(checked));
  }

  /// By which the server finds the code; no secret.
  public String selector() {
    return text.substring(PREFIX.length(), SELECTOR_END);
  }

  private static String check(String checked) {
    byte[] bytes = checked.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(DOMAIN, DOMAIN.length + bytes.length);
    System.arraycopy(bytes, 0, all, DOMAIN.length, bytes.length);
    return text(Arrays.copyOf(Sha256.digest(all), CHECK_BYTES));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The selector alone.
  @Override
  public String toString() {
    return "code:" + selector();
  }
}

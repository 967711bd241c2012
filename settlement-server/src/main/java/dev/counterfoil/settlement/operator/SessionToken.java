package dev.counterfoil.settlement.operator;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What a browser shows to be let in again: 256 random bits. The server keeps the hash alone, so that nobody can go on with
/// a session that was read from a backup.
///
/// @param text 43 characters of base64url; a password while the session lives, never logged
public record SessionToken(String text) {

  private static final int LENGTH = 32;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

  public SessionToken {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("no session token");
    }
  }

  /// @param random a cryptographically strong generator outside of tests
  public static SessionToken create(RandomGenerator random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// What a browser sent; empty if it cannot be a token of ours.
  public static Optional<SessionToken> parse(String sent) {
    return SHAPE.matcher(sent).matches() ? Optional.of(new SessionToken(sent)) : Optional.empty();
  }

  /// What is stored, and looked up by.
  public Hash hash() {
    return Sha256.hash(("counterfoil/session/v1\0" + text).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "SessionToken[…]";
  }
}

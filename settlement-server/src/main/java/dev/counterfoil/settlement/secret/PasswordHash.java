package dev.counterfoil.settlement.secret;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Password hashes by Argon2id, version 1.3 (RFC 9106). Typed text is taken in Unicode NFKC and UTF-8, so that one
/// password is one password on every keyboard. Thread-safe if `random` is; never blocks, but computes for some 50 to
/// 200 ms with up to {@link Argon2Cost#memoryKib()} of memory: callers bound how many run at once.
public final class PasswordHash implements PasswordCheck {

  private static final int SALT_LENGTH = 16;
  private static final int TAG_LENGTH = 32;

  private final Argon2Cost cost;
  private final byte[] pepper;
  private final RandomGenerator random;

  /// @param cost   of new hashes
  /// @param pepper a key that is not in the database, empty for none; the same for ever, or no old password fits
  /// @param random a cryptographically strong generator outside of tests
  public PasswordHash(Argon2Cost cost, byte[] pepper, RandomGenerator random) {
    this.cost = cost;
    this.pepper = pepper.clone();
    this.random = random;
  }

  /// The text to store. Two calls with one password give two texts.
  ///
  /// @param password read only; the caller wipes it
  public String hash(char[] password) {
    byte[] salt = fresh(SALT_LENGTH);
    return new PhcText(cost, salt, tag(cost, salt, TAG_LENGTH, password)).text();
  }

  /// A stored hash that no password fits, for names that do not exist: comparing with it takes as long as with a
  /// true one.
  public String decoy() {
    return new PhcText(cost, fresh(SALT_LENGTH), fresh(TAG_LENGTH)).text();
  }

  @Override
  public Match verify(String stored, char[] password) {
    PhcText known = PhcText.parse(stored);
    byte[] found = tag(known.cost(), known.salt(), known.tag().length, password);
    if (!MessageDigest.isEqual(found, known.tag())) {
      return Match.WRONG;
    }
    boolean current = known.cost().equals(cost) && known.salt().length == SALT_LENGTH
        && known.tag().length == TAG_LENGTH;
    return current ? Match.RIGHT : Match.RIGHT_REHASH;
  }

  private byte[] tag(Argon2Cost of, byte[] salt, int length, char[] password) {
    var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(of.memoryKib())
        .withIterations(of.iterations()).withParallelism(of.lanes()).withSalt(salt).withSecret(pepper)
        .build();
    var generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] typed = Normalizer.normalize(CharBuffer.wrap(password), Normalizer.Form.NFKC)
        .getBytes(StandardCharsets.UTF_8);
    byte[] tag = new byte[length];
    generator.generateBytes(typed, tag);
    Arrays.fill(typed, (byte) 0);
    return tag;
  }

  private byte[] fresh(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Shows the cost only.
  @Override
  public String toString() {
    return "PasswordHash[" + cost + "]";
  }
}

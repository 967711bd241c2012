package dev.counterfoil.settlement.machine;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.secret.Cell;
import dev.counterfoil.settlement.secret.SealedColumn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes what a machine calls with: a token that says who it is, and a key that it signs each request with. The server
/// keeps the token's hash and the key sealed, so that a stolen database is worth neither. Thread-safe if `random` is.
///
/// @param random a cryptographically strong generator outside of tests
public record MachineIssue(SealedColumn sealed, RandomGenerator random) {

  private static final int LENGTH = 32;

  /// Shown once.
  ///
  /// @param token  43 characters of base64url
  /// @param key    64 hexadecimal digits
  /// @param hash   of the token, to be stored
  /// @param stored the key, sealed
  public record Issued(String token, String key, Hash hash, byte[] stored) {

    @Override
    public String toString() {
      return "Issued[…]";
    }
  }

  public Issued issue(int site, String name) {
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(fresh());
    String key = HexFormat.of().formatHex(fresh());
    return new Issued(token, key, hash(token), sealed.seal(cell(site, name), key));
  }

  /// What a token is stored and looked up by.
  public static Hash hash(String token) {
    return Sha256.hash(("counterfoil/machine/v1\0" + token).getBytes(StandardCharsets.UTF_8));
  }

  /// Where the key of a machine has its place; a name is never given twice within a site.
  public static Cell cell(int site, String name) {
    return new Cell(site, "machine_client", "signing_key", name);
  }

  private byte[] fresh() {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }
}

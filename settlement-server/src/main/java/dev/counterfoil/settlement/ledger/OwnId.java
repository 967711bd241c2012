package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.TransactionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Names of transactions that follow from another one or from a key: the same event always gets the same name, so that it cannot be
/// booked twice.
public final class OwnId {

  private OwnId() {}

  /// As {@link #named}, of the other's 32 hexadecimal digits and the step.
  public static TransactionId of(TransactionId other, String step) {
    return named(other.toString(), step);
  }

  /// The transaction that a caller's own key stands for: the caller can name it again, and nobody else hits it by chance.
  ///
  /// @param who the kind of deed or the caller, to whom the key belongs
  public static TransactionId ofKey(String who, int site, String key) {
    return named(who, Integer.toString(site), key);
  }

  /// The first 16 bytes of SHA-256 over the parts with a zero byte between them.
  private static TransactionId named(String... parts) {
    byte[] name = Sha256.digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    return TransactionId.of(Arrays.copyOf(name, TransactionId.LENGTH));
  }
}

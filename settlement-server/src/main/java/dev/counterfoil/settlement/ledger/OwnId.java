package dev.counterfoil.settlement.ledger;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.TransactionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Names of transactions that follow from another one: the same event always gets the same name, so that it cannot be
/// booked twice.
public final class OwnId {

  private OwnId() {}

  /// The first 16 bytes of SHA-256 over the other's 32 hexadecimal digits, a zero byte and the step.
  public static TransactionId of(TransactionId other, String step) {
    byte[] name = Sha256.digest((other + "\0" + step).getBytes(StandardCharsets.UTF_8));
    return TransactionId.of(Arrays.copyOf(name, TransactionId.LENGTH));
  }
}

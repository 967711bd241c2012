package dev.counterfoil.sim.world.oracle;

import com.google.protobuf.ByteString;
import dev.counterfoil.protocol.id.TransactionId;
import java.util.HexFormat;

/// A transaction's identity as the oracle keeps it.
public record PaperId(long high, long low) {
  public static PaperId of(ByteString sixteenBytes) {
    var buffer = sixteenBytes.asReadOnlyByteBuffer();
    return new PaperId(buffer.getLong(), buffer.getLong());
  }

  public static PaperId of(TransactionId transaction) {
    return new PaperId(transaction.high(), transaction.low());
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}

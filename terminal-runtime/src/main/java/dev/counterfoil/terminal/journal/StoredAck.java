package dev.counterfoil.terminal.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Signed;

/// An acknowledgement as the server signed it, and what it says. Whoever makes one has verified the
/// signature.
///
/// @param signed exact bytes, kept because they are the terminal's proof of receipt
/// @param statement the payload, read
public record StoredAck(Signed signed, AckStatement statement) {

  /// Before the first acknowledgement.
  public static final StoredAck NONE = new StoredAck(Signed.getDefaultInstance(),
      AckStatement.getDefaultInstance());

  /// @throws IllegalArgumentException if the payload is no acknowledgement
  public static StoredAck of(Signed signed) {
    try {
      return new StoredAck(signed, AckStatement.parseFrom(signed.getPayload()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not an acknowledgement", e);
    }
  }

  public boolean isPresent() {
    return !signed.getSignature().isEmpty();
  }

  /// Highest sequence number that is durable on the server; 0 before the first contact.
  public long receivedSeq() {
    return statement.getReceived().getSeq();
  }

  /// Highest sequence number that is both settled and in the verified copy: the limit of pruning.
  public long prunableSeq() {
    return Math.min(statement.getSettled().getSeq(), statement.getSafe().getSeq());
  }
}

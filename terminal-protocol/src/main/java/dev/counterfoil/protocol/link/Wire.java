package dev.counterfoil.protocol.link;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Epoch;
import dev.counterfoil.proto.v1.Position;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;

/// Turns the values of the protocol into their wire messages and back. Reading checks lengths, so that nothing
/// behind it meets an identifier of the wrong size.
public final class Wire {

  private Wire() {}

  public static Position position(ChainPosition position) {
    return Position.newBuilder().setSeq(position.seq())
        .setHash(ByteString.copyFrom(position.hash().bytes())).setTurnover(position.turnover()).build();
  }

  /// A position with no hash stands for "nothing yet" and reads as hash zero.
  public static ChainPosition position(Position position) throws LinkViolation {
    Hash hash = position.getHash().isEmpty() ? Hash.ZERO : Hash.of(sized(position.getHash(), Hash.LENGTH));
    return new ChainPosition(position.getSeq(), hash, position.getTurnover());
  }

  public static Epoch epoch(EpochId epoch) {
    return Epoch.newBuilder().setNumber(epoch.number()).setNonce(ByteString.copyFrom(epoch.nonceBytes()))
        .build();
  }

  public static EpochId epoch(Epoch epoch) throws LinkViolation {
    return EpochId.of(epoch.getNumber(), sized(epoch.getNonce(), 8));
  }

  public static ByteString bytes(TerminalId id) {
    return ByteString.copyFrom(id.bytes());
  }

  public static ByteString bytes(TransactionId id) {
    return ByteString.copyFrom(id.bytes());
  }

  public static TerminalId terminal(ByteString bytes) throws LinkViolation {
    return TerminalId.of(sized(bytes, TerminalId.LENGTH));
  }

  public static TransactionId transaction(ByteString bytes) throws LinkViolation {
    return TransactionId.of(sized(bytes, TransactionId.LENGTH));
  }

  public static Hash hash(ByteString bytes) throws LinkViolation {
    return Hash.of(sized(bytes, Hash.LENGTH));
  }

  /// The bytes, if they have the one length allowed.
  public static byte[] sized(ByteString bytes, int length) throws LinkViolation {
    if (bytes.size() != length) {
      throw new LinkViolation(ReasonCode.BAD_MESSAGE,
          "expected " + length + " bytes, found " + bytes.size());
    }
    return bytes.toByteArray();
  }
}

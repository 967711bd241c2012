package dev.counterfoil.protocol.journal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.KeyRotate;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TerminalId;
import java.util.Optional;

/// Bodies of KEY_ROTATE records (docs/PROTOCOL.md, section 1): the new key, and the new key's own signature that
/// proves that the terminal holds it. Pure, and safe for any thread.
public final class KeyRotations {

  private KeyRotations() {}

  /// The body that hands a chain over to `next`; the record itself is signed by the key before.
  ///
  /// @throws dev.counterfoil.protocol.crypto.Signer.SignerException if the key store failed; a retry is safe
  public static KeyRotate body(TerminalId terminal, Signer next) {
    VerificationKey key = next.key();
    byte[] proof = next.sign(Domain.ROTATE.over(ChainVerifier.rotationMessage(terminal, key)));
    return KeyRotate.newBuilder().setNewAlg(key.algorithm().code())
        .setNewPublicKey(ByteString.copyFrom(key.encoded()))
        .setNewKeyId(ByteString.copyFrom(key.id().bytes())).setProof(ByteString.copyFrom(proof)).build();
  }

  /// The key that a KEY_ROTATE record names; empty if its body cannot be read. The proof is not checked here:
  /// {@link ChainVerifier} does that before it accepts such a record.
  public static Optional<VerificationKey> newKey(JournalRecord record) {
    try {
      KeyRotate rotate = KeyRotate.parseFrom(record.body());
      return SignatureAlgorithm.ofCode(rotate.getNewAlg())
          .filter(algorithm -> rotate.getNewPublicKey().size() == algorithm.keyLength())
          .map(algorithm -> VerificationKey.of(algorithm, rotate.getNewPublicKey().toByteArray()));
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty();
    }
  }
}

package dev.counterfoil.protocol.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.proto.v1.Signed;

/// Makes and opens signed statements. The payload is kept as the exact bytes that were signed; a reader verifies
/// first and parses then.
public final class Statements {

  private Statements() {}

  public static Signed seal(Domain domain, MessageLite statement, Signer signer) {
    byte[] payload = statement.toByteArray();
    return Signed.newBuilder().setPayload(ByteString.copyFrom(payload))
        .setSignature(ByteString.copyFrom(signer.sign(domain.over(payload))))
        .setKeyId(ByteString.copyFrom(signer.key().id().bytes())).build();
  }

  /// The statement inside, if its signature by `key` is good.
  ///
  /// @throws LinkViolation BAD_SIGNATURE or BAD_STATEMENT; the statement must not be used
  public static <T> T open(Domain domain, Signed signed, Parser<T> parser, VerificationKey key,
      SignatureVerifier signatures) throws LinkViolation {
    byte[] payload = signed.getPayload().toByteArray();
    if (!signatures.verify(key, domain.over(payload), signed.getSignature().toByteArray())) {
      throw new LinkViolation(ReasonCode.BAD_SIGNATURE, "signed " + domain + " statement");
    }
    try {
      return parser.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new LinkViolation(ReasonCode.BAD_STATEMENT, domain + ": " + e.getMessage());
    }
  }
}

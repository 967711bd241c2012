package dev.counterfoil.protocol.link;

import com.google.protobuf.Parser;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TerminalId;

/// How one terminal tells that a statement is the server's and meant for itself.
///
/// @param terminal this terminal
/// @param key the installation's key for acknowledgements, as received at enrolment
public record ServerTrust(TerminalId terminal, VerificationKey key, SignatureVerifier signatures) {

  /// @throws LinkViolation if the signature is not the server's or the payload cannot be read
  public <T> T open(Domain domain, Signed signed, Parser<T> parser) throws LinkViolation {
    return Statements.open(domain, signed, parser, key, signatures);
  }
}

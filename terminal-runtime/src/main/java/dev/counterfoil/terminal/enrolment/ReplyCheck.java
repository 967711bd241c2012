package dev.counterfoil.terminal.enrolment;

import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.enrolment.EnrolmentStatements;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.journal.EpochHeld;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/// Judges what a server answered to an enrolment, before any of it is stored. Pure.
final class ReplyCheck {

  private static final int ACK_KEY_LENGTH = 32;
  private static final int LEAST_CARD_KEY = 16;

  private final EnrolmentCode code;
  private final PublicKey tlsKey;
  private final SignatureVerifier signatures;

  /// @param tlsKey the key that the certificate must be for
  ReplyCheck(EnrolmentCode code, PublicKey tlsKey, SignatureVerifier signatures) {
    this.code = code;
    this.tlsKey = tlsKey;
    this.signatures = signatures;
  }

  /// @throws EnrolmentException with the server's code if it refused, BAD_REPLY if the answer does not hold together
  Identity identity(EnrolReply reply, ServerAddress server) throws EnrolmentException {
    if (!reply.getAccepted()) {
      throw refused(reply.getProblem());
    }
    try {
      requireCertificates(reply);
      byte[] certificate = reply.getCertificate().toByteArray();
      TerminalId terminal = Wire.terminal(reply.getTerminalId());
      var ackKey = VerificationKey.of(SignatureAlgorithm.ED25519,
          Wire.sized(reply.getAckKey(), ACK_KEY_LENGTH));
      var origin = new ChainPosition(reply.getFirstSeq() - 1, Sha256.hash(certificate),
          reply.getMarkTurnover());
      return new Identity(terminal, reply.getName(), reply.getSite(), reply.getCurrency(), server,
          certificate,
          reply.getCaCertificate().toByteArray(), ackKey, reply.getCardKeyId(), origin,
          epoch(new ServerTrust(terminal, ackKey, signatures), reply), reply.getConfirmationPending());
    } catch (GeneralSecurityException | LinkViolation e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private void requireCertificates(EnrolReply reply) throws GeneralSecurityException, EnrolmentException {
    if (!code.pins(reply.getCaCertificate().toByteArray())) {
      throw new EnrolmentException(EnrolmentException.WRONG_CA, "the answer names another authority");
    }
    X509Certificate authority = certificate(reply.getCaCertificate().toByteArray());
    X509Certificate own = certificate(reply.getCertificate().toByteArray());
    own.verify(authority.getPublicKey());
    if (!Arrays.equals(own.getPublicKey().getEncoded(), tlsKey.getEncoded())) {
      throw bad("the certificate is for another key");
    }
    if (!EnrolmentStatements.vouchesFor(authority.getPublicKey(), reply.getAckKey().toByteArray(),
        reply.getAckKeyCertificate().toByteArray())) {
      throw bad("the authority does not vouch for the acknowledgement key");
    }
    if (reply.getFirstSeq() < 1 || reply.getCurrency().length() != 3
        || reply.getCardKey().size() < LEAST_CARD_KEY) {
      throw bad("first record, currency or card key is missing");
    }
  }

  private static EpochHeld epoch(ServerTrust trust, EnrolReply reply)
      throws LinkViolation, EnrolmentException {
    EpochOffer offer = trust.open(Domain.EPOCH, reply.getEpochOffer(), EpochOffer.parser());
    if (!Wire.terminal(offer.getTerminalId()).equals(trust.terminal())) {
      throw bad("the epoch is offered to another terminal");
    }
    return new EpochHeld(Wire.epoch(offer.getEpoch()), reply.getEpochOffer());
  }

  private static EnrolmentException refused(String problem) {
    String hint = switch (problem) {
      case "ENROL_CODE_UNKNOWN" -> "this server printed no such code";
      case "ENROL_CODE_EXPIRED" -> "the code is too old; make a new one: counterfoil admin code create";
      case "ENROL_CODE_USED" -> "the code was used before; make a new one: counterfoil admin code create";
      case "ENROL_RATE_LIMITED" -> "too many attempts; wait a minute and use the same code again";
      case "ENROL_CODE_MISTYPED" -> "the server cannot read the code; type it again";
      default -> "the server refused this terminal";
    };
    boolean known = problem.startsWith("ENROL_")
        && problem.chars().allMatch(c -> c == '_' || c >= 'A' && c <= 'Z');
    return new EnrolmentException(known ? problem : "ENROL_REFUSED", hint);
  }

  private static EnrolmentException bad(String detail) {
    return new EnrolmentException(EnrolmentException.BAD_REPLY, detail);
  }

  private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }
}

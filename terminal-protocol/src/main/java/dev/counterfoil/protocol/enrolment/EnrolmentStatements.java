package dev.counterfoil.protocol.enrolment;

import dev.counterfoil.protocol.crypto.Domain;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;

/// What is signed while a terminal enrols, the same at both ends.
public final class EnrolmentStatements {

  private static final byte[] ACK_KEY_DOMAIN = "counterfoil/ca/v1/ack-key\0"
      .getBytes(StandardCharsets.US_ASCII);

  private EnrolmentStatements() {}

  /// The bytes that the terminal's record key signs as `EnrolRequest.proof`: domain, code as sent, a zero byte, request.
  /// It shows that whoever holds the code also holds the key, and that both belong to this certificate request.
  ///
  /// @param code as it stands in `EnrolRequest.code`
  /// @param csr  PKCS#10 in DER
  public static byte[] proof(String code, byte[] csr) {
    byte[] first = (code + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] message = Arrays.copyOf(first, first.length + csr.length);
    System.arraycopy(csr, 0, message, first.length, csr.length);
    return Domain.ENROL.over(message);
  }

  /// The bytes that the authority signs to say that this is the installation's acknowledgement key.
  ///
  /// @param ackKey 32 bytes
  public static byte[] ackKey(byte[] ackKey) {
    byte[] statement = Arrays.copyOf(ACK_KEY_DOMAIN, ACK_KEY_DOMAIN.length + ackKey.length);
    System.arraycopy(ackKey, 0, statement, ACK_KEY_DOMAIN.length, ackKey.length);
    return statement;
  }

  /// Whether the authority vouches for the acknowledgement key in an EnrolReply.
  ///
  /// @param authority   key of the certificate that the enrolment code pins
  /// @param certificate `EnrolReply.ack_key_certificate`: ECDSA with SHA-256, r and s of 32 bytes each
  public static boolean vouchesFor(PublicKey authority, byte[] ackKey, byte[] certificate) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(authority);
      verifier.update(ackKey(ackKey));
      return verifier.verify(certificate);
    } catch (GeneralSecurityException _) {
      // A key or signature of another shape vouches for nothing.
      return false;
    }
  }
}

package dev.counterfoil.settlement.audit;

import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/// What the server vouches for at the end of a day: the chain had this many events and this head. Whoever keeps one root
/// elsewhere can tell later whether anything up to it was changed.
///
/// Signed are the bytes of {@link Domain#AUDIT} and then:
///
/// | bytes | content |
/// | --- | --- |
/// | 4 | `CFR1` in ASCII |
/// | 4 | site |
/// | 8 | the day, in days since 1970-01-01 |
/// | 8 | number of the last event |
/// | 32 | its hash |
///
/// @param day  of the site; days without events have a root too, which repeats the one before
/// @param last number and hash of the last event, those of an empty chain if there is none
public record AuditRoot(LocalDate day, AuditChain last) {

  private static final byte[] MAGIC = "CFR1".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 4 + 4 + 8 + 8 + Hash.LENGTH;

  /// A root with its signature.
  ///
  /// @param signature 64 bytes, not to be changed
  public record Signed(AuditRoot root, byte[] signature) {

    public boolean isBy(VerificationKey key, SignatureVerifier signatures) {
      return signatures.verify(key, Domain.AUDIT.over(root.bytes()), signature);
    }
  }

  public Signed signedBy(Signer signer) {
    return new Signed(this, signer.sign(Domain.AUDIT.over(bytes())));
  }

  /// The bytes of the table above.
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).put(MAGIC).putInt(last.site()).putLong(day.toEpochDay())
        .putLong(last.number()).put(last.head().bytes()).array();
  }
}

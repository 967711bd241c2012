package dev.counterfoil.sim.world;

import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import java.nio.ByteBuffer;

/// Where the world gets its keys from. The production class path knows real signatures only.
public interface Signers {
  /// The signer with this number; equal numbers of one run give equal keys.
  Signer signer(long number);

  SignatureVerifier verifier();

  /// Ed25519, as in production.
  static Signers real(long seed) {
    SignatureVerifier verifier = new StrictVerifier();
    return new Signers() {
      @Override
      public Signer signer(long number) {
        return new Ed25519Signer(
            ByteBuffer.allocate(Ed25519Signer.SEED_LENGTH).putLong(seed).putLong(number).putLong(~seed)
                .array());
      }

      @Override
      public SignatureVerifier verifier() {
        return verifier;
      }
    };
  }
}

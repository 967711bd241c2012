package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.KeyId;
import java.util.Optional;

/// The keys of one journal: the one that signs, the public halves of those that did before, and one that is prepared to
/// follow. What the chain ends on decides which of them signs, never the other way round: a rotation is complete with
/// its KEY_ROTATE record, and files are brought up to it afterwards.
///
/// Belongs to the thread that owns the journal; calls block as long as the medium of the key files takes.
public interface SigningKeys {

  /// The key that signs; empty if its file is missing or sealed for another board.
  Optional<Signer> signer();

  /// The public key with this id, if it signs, has signed, or is prepared.
  Optional<VerificationKey> held(KeyId id);

  /// The key that signed the first record of this enrolment.
  Optional<VerificationKey> oldest();

  /// Makes the next key durable and gives it back; the same one until it was taken, so that nothing is lost however
  /// often this is tried.
  ///
  /// @throws Signer.SignerException if it cannot be kept; a retry is safe
  Signer prepare();

  /// Whether this is the id of a key that was prepared and does not sign yet.
  boolean isPrepared(KeyId id);

  /// The chain goes on with the prepared key of this id from here on. Never fails: if the files cannot be brought up to
  /// it now, the prepared key stays where it lies, and the next start finds it named by the chain.
  ///
  /// @throws IllegalStateException if no such key is prepared
  void take(KeyId id);

  /// One key that never changes.
  ///
  /// @param signer empty if there is none to sign with
  static SigningKeys fixed(Optional<Signer> signer) {
    return new FixedKey(signer);
  }
}

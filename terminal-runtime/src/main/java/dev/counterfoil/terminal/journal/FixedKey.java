package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.KeyId;
import java.util.Optional;

/// A journal's one key, for programs that only begin or read a journal, or hold a key that they cannot replace.
record FixedKey(Optional<Signer> signer) implements SigningKeys {

  @Override
  public Optional<VerificationKey> held(KeyId id) {
    return oldest().filter(key -> key.id().equals(id));
  }

  @Override
  public Optional<VerificationKey> oldest() {
    return signer.map(Signer::key);
  }

  @Override
  public Signer prepare() {
    throw new Signer.SignerException("this key cannot be replaced", new UnsupportedOperationException());
  }

  @Override
  public boolean isPrepared(KeyId id) {
    return false;
  }

  @Override
  public void take(KeyId id) {
    throw new IllegalStateException("no key " + id + " was prepared");
  }
}

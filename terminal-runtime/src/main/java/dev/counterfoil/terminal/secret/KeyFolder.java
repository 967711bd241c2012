package dev.counterfoil.terminal.secret;

import dev.counterfoil.terminal.file.DurableFiles;
import dev.counterfoil.terminal.secret.KeyFaultException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The key files of one terminal: a folder of mode 0700 with one sealed file of mode 0600 for each secret.
public final class KeyFolder implements SecretFiles {

  /// Ed25519 seed that signs records, 32 bytes.
  public static final String RECORD_KEY = "record.key";
  /// Seed of the key that a rotation hands over to, until it has taken the place of [#RECORD_KEY].
  public static final String NEXT_KEY = "next.key";
  /// Public halves of the keys that signed before ([RotatingKeys]); sealed like the rest, so that nobody adds one.
  public static final String EARLIER_KEYS = "earlier.keys";
  /// P-256 private key of the TLS certificate, PKCS#8.
  public static final String TLS_KEY = "tls.key";
  /// The operator's key that turns card identities into tokens.
  public static final String CARD_KEY = "card.key";

  private final Path folder;
  private final BoardSeal seal;

  /// @param folder created with the first key
  public KeyFolder(Path folder, BoardSeal seal) {
    this.folder = folder;
    this.seal = seal;
  }

  @Override
  public void keep(String name, byte[] secret) throws KeyFaultException {
    try {
      DurableFiles.folder(folder);
      DurableFiles.ON_DISK.replace(folder.resolve(name), seal.seal(name, secret));
    } catch (IOException e) {
      throw new KeyFaultException(Code.KEY_UNREADABLE, "cannot write " + folder.resolve(name) + ": " + e);
    }
  }

  @Override
  public byte[] load(String name) throws KeyFaultException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      throw new KeyFaultException(Code.KEY_MISSING, file + " is not there; enrol this terminal");
    }
    try {
      return seal.open(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new KeyFaultException(Code.KEY_UNREADABLE, "cannot read " + file + ": " + e);
    }
  }

  @Override
  public boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  @Override
  public void drop(String name) throws KeyFaultException {
    try {
      DurableFiles.ON_DISK.delete(folder.resolve(name));
    } catch (IOException e) {
      throw new KeyFaultException(Code.KEY_UNREADABLE, "cannot remove " + folder.resolve(name) + ": " + e);
    }
  }
}

package dev.counterfoil.terminal.secret;

import dev.counterfoil.terminal.secret.KeyFaultException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The key files of one terminal: a folder of mode 0700 with one sealed file of mode 0600 for each secret.
public final class KeyFolder {

  /// Ed25519 seed that signs records, 32 bytes.
  public static final String RECORD_KEY = "record.key";
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

  /// Keeps a secret in place of the one of this name. Blocks until it is durable.
  ///
  /// @throws KeyFaultException KEY_UNREADABLE if the medium refuses
  public void keep(String name, byte[] secret) throws KeyFaultException {
    try {
      OwnerOnlyFile.folder(folder);
      OwnerOnlyFile.replace(folder.resolve(name), seal.seal(name, secret));
    } catch (IOException e) {
      throw new KeyFaultException(Code.KEY_UNREADABLE, "cannot write " + folder.resolve(name) + ": " + e);
    }
  }

  /// The secret of this name.
  ///
  /// @throws KeyFaultException with any of its codes
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
}

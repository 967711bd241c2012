package dev.counterfoil.terminal.secret;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.terminal.secret.KeyFaultException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The keys of the cards, read from a file that only the terminal's own user may read.
///
/// ```
/// # a comment
/// key  00112233445566778899aabbccddeeff       AES-128 key of all cards, or the master key of diversified ones
/// meta 00112233445566778899aabbccddeeff       NTAG 424: the key that encrypts UID and counter
/// ```
/// No key ever stands in a message.
public final class CardKeyFile {

  private static final Set<PosixFilePermission> OWNERS = EnumSet.of(PosixFilePermission.OWNER_READ,
      PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final Map<Name, AesKey> keys;

  private enum Name {
    KEY, META
  }

  private CardKeyFile(Path file, Map<Name, AesKey> keys) {
    this.file = file;
    this.keys = keys;
  }

  /// Reads the file.
  ///
  /// @throws KeyFaultException if it is not there, others may read it, or a line is no key
  public static CardKeyFile read(Path file) throws KeyFaultException {
    try {
      if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
        throw new KeyFaultException(Code.CARD_KEYS_EXPOSED,
            file + " may be read by others than its owner; chmod 600 it");
      }
      return parse(file, Files.readString(file, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException e) {
      throw new KeyFaultException(Code.CARD_KEYS_MISSING, file + " is not there");
    } catch (IOException e) {
      throw new KeyFaultException(Code.CARD_KEYS_UNREADABLE, "cannot read " + file + ": " + e);
    }
  }

  private static CardKeyFile parse(Path file, String text) throws KeyFaultException {
    var keys = new EnumMap<Name, AesKey>(Name.class);
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.strip();
      if (!content.isEmpty() && !content.startsWith("#")) {
        enter(keys, content.split("\\s+"), file + " line " + number);
      }
    }
    return new CardKeyFile(file, keys);
  }

  private static void enter(Map<Name, AesKey> keys, String[] words, String where) throws KeyFaultException {
    try {
      var name = Name.valueOf(words[0].toUpperCase(Locale.ROOT));
      if (words.length == 2 && keys.put(name, AesKey.parse(words[1])) == null) {
        return;
      }
    } catch (IllegalArgumentException _) {
      // Told below; the exception's own text might repeat what was written.
    }
    throw new KeyFaultException(Code.CARD_KEYS_UNREADABLE,
        where + " is not 'key' or 'meta' and 32 hexadecimal digits, once in the file");
  }

  /// The key of all cards, or the master key that theirs are made of.
  public AesKey key() throws KeyFaultException {
    return named(Name.KEY);
  }

  /// The key with which NTAG 424 tags encrypt who they are, the same for all.
  public AesKey meta() throws KeyFaultException {
    return named(Name.META);
  }

  private AesKey named(Name name) throws KeyFaultException {
    var key = keys.get(name);
    if (key == null) {
      throw new KeyFaultException(Code.CARD_KEYS_MISSING,
          file + " has no line '" + name.name().toLowerCase(Locale.ROOT) + "'");
    }
    return key;
  }
}

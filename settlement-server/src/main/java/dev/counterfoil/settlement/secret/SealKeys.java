package dev.counterfoil.settlement.secret;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.settlement.secret.SealException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The keys of sealed columns, by number. The highest number seals; all open. As text, one key a line: its number (1 to
/// 999,999,999), a blank, 64 hexadecimal digits; lines that begin with `#` and empty ones are ignored. Immutable.
public final class SealKeys {

  /// Holds the text itself where there is no file: `;` may stand for a line's end.
  public static final String VARIABLE = "COUNTERFOIL_SEAL_KEYS";

  private static final int KEY_LENGTH = 32;
  private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,8}) ([0-9a-fA-F]{64})");
  private static final List<PosixFilePermission> OWNERS = List.of(PosixFilePermission.OWNER_READ,
      PosixFilePermission.OWNER_WRITE);

  private final SortedMap<Integer, byte[]> keys;

  private SealKeys(SortedMap<Integer, byte[]> keys) {
    this.keys = keys;
  }

  /// Reads a key file. Blocks for the reading.
  ///
  /// @throws SealException KEY_MISSING, KEY_FILE_MODE unless it is for its owner alone (0600 or 0400), KEY_UNREADABLE
  public static SealKeys read(Path file) {
    try {
      for (PosixFilePermission each : Files.getPosixFilePermissions(file)) {
        if (!OWNERS.contains(each)) {
          throw new SealException(Code.KEY_FILE_MODE, "file=" + file + " allows=" + each + " expected=0600");
        }
      }
      return parse("file=" + file, Files.readString(file, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException e) {
      throw new SealException(Code.KEY_MISSING, "file=" + file, e);
    } catch (IOException e) {
      throw new SealException(Code.KEY_UNREADABLE, "file=" + file + " reason=" + e.getMessage(), e);
    }
  }

  /// The environment's keys if it holds some, else those of the file, which is made with a first key when it is missing.
  /// Blocks for the disk.
  ///
  /// @param environment the text of {@link #VARIABLE}, null if it is not set
  /// @param random      cryptographically strong
  /// @throws SealException as {@link #read} and {@link #parse}
  public static SealKeys openOrCreate(@Nullable String environment, Path file, RandomGenerator random) {
    if (environment != null) {
      return parse("variable=" + VARIABLE, environment);
    }
    if (Files.notExists(file)) {
      create(file, random);
    }
    return read(file);
  }

  private static void create(Path file, RandomGenerator random) {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    String line = "1 " + HexFormat.of().formatHex(key) + "\n";
    try {
      OwnerFile.write(file, line);
    } catch (IOException e) {
      throw new SealException(Code.KEY_UNREADABLE, "file=" + file + " reason=" + e.getMessage(), e);
    }
  }

  /// @param source names where the text is from, such as `variable=COUNTERFOIL_SEAL_KEYS`; for messages
  /// @throws SealException KEY_MISSING if no key is in it, KEY_UNREADABLE with the line's number, never its content
  public static SealKeys parse(String source, String text) {
    var keys = new TreeMap<Integer, byte[]>();
    int number = 0;
    for (String line : Stream.of(text.split("[\n;]")).map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        add(keys, line, source + " line=" + number);
      }
    }
    if (keys.isEmpty()) {
      throw new SealException(Code.KEY_MISSING, source + " holds no key");
    }
    return new SealKeys(keys);
  }

  private static void add(SortedMap<Integer, byte[]> keys, String line, String place) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new SealException(Code.KEY_UNREADABLE, place + " expected=\"NUMBER 64-HEX-DIGITS\"");
    }
    byte[] key = HexFormat.of().parseHex(parts.group(2));
    if (keys.put(Integer.parseInt(parts.group(1)), key) != null) {
      throw new SealException(Code.KEY_UNREADABLE, place + " repeats key=" + parts.group(1));
    }
  }

  /// A key for another purpose, from the oldest one, so that it stays the same however many are added. Whoever takes the
  /// oldest one out loses what hangs on it.
  ///
  /// @param purpose names what it is for
  public byte[] derived(String purpose) {
    return Sha256.digest((purpose + "\0").getBytes(StandardCharsets.UTF_8), key(keys.firstKey()));
  }

  /// The numbers of all keys, the newest first.
  List<Integer> numbers() {
    return List.copyOf(keys.keySet()).reversed();
  }

  /// The number of the key that seals.
  int newest() {
    return keys.lastKey();
  }

  /// 32 bytes, not to be changed.
  byte[] key(int number) {
    byte[] key = keys.get(number);
    if (key == null) {
      throw new SealException(Code.KEY_MISSING, "key=" + number + " known=" + keys.keySet());
    }
    return key;
  }

  /// Shows the numbers only.
  @Override
  public String toString() {
    return "SealKeys" + keys.keySet();
  }
}

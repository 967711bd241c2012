package dev.counterfoil.sim.card;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One application of a DESFire card with its AES keys and files, as it was personalised.
public final class DesfireApplication {
  /// The access right that asks for no key.
  public static final int FREE = 0x0E;

  private final int aid;
  private final Map<Integer, byte[]> keys = new LinkedHashMap<>();
  private final Map<Integer, StoredFile> files = new LinkedHashMap<>();

  /// How a file's data travel.
  public enum Mode {
    PLAIN, MAC, FULL
  }

  /// @param readKey number of the key that reads, or [#FREE]
  record StoredFile(Mode mode, int readKey, byte[] content) {}

  /// @param aid 24 bits
  public DesfireApplication(int aid) {
    this.aid = aid;
  }

  public int aid() {
    return aid;
  }

  /// @param key 16 bytes
  public DesfireApplication withKey(int number, byte[] key) {
    keys.put(number, key.clone());
    return this;
  }

  /// A standard data file.
  ///
  /// @param readKey number of the key that reads, or [#FREE]
  public DesfireApplication withFile(int number, Mode mode, int readKey, byte[] content) {
    files.put(number, new StoredFile(mode, readKey, content.clone()));
    return this;
  }

  Optional<byte[]> key(int number) {
    return Optional.ofNullable(keys.get(number));
  }

  Optional<StoredFile> file(int number) {
    return Optional.ofNullable(files.get(number));
  }

  byte[] fileNumbers() {
    byte[] numbers = new byte[files.size()];
    int i = 0;
    for (int number : files.keySet()) {
      numbers[i++] = (byte) number;
    }
    return numbers;
  }

  /// Key settings `0F`, then the number of keys with the bit that says AES.
  byte[] keySettings() {
    return new byte[] {0x0F, (byte) (keys.isEmpty() ? 0x01 : 0x80 | keys.size())};
  }
}

package dev.counterfoil.terminal.device;

/// A key of a MIFARE Classic sector. `toString` never shows it.
///
/// @param letter which of the sector's two keys
/// @param bytes  6 bytes
public record SectorKey(Letter letter, byte[] bytes) {

  private static final int LENGTH = 6;

  /// A sector has two keys with rights of their own.
  public enum Letter {
    A, B
  }

  public SectorKey {
    bytes = bytes.clone();
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a sector's key has 6 bytes, has " + bytes.length);
    }
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "SectorKey[" + letter + "]";
  }
}

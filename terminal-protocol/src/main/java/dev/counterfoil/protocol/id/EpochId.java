package dev.counterfoil.protocol.id;

import java.util.HexFormat;

/// One epoch of a terminal: a number that rises by server offer and the server's random nonce for it. Both stand in
/// every record, so a copy of an SD card that missed an offer cannot write what the server would take for genuine.
///
/// @param number 1 at enrolment; compared as unsigned 32 bits
/// @param nonce 8 random bytes of the server
public record EpochId(int number, long nonce) {

  /// Whether this epoch was offered after `other`.
  public boolean isAfter(EpochId other) {
    return Integer.compareUnsigned(number, other.number) > 0;
  }

  public byte[] nonceBytes() {
    byte[] bytes = new byte[8];
    FixedBytes.putLong(bytes, 0, nonce);
    return bytes;
  }

  /// @throws IllegalArgumentException unless the nonce has 8 bytes
  public static EpochId of(int number, byte[] nonce) {
    FixedBytes.requireLength("epoch nonce", nonce, 8);
    return new EpochId(number, FixedBytes.longAt(nonce, 0));
  }

  @Override
  public String toString() {
    return Integer.toUnsignedString(number) + ":" + HexFormat.of().toHexDigits(nonce);
  }
}

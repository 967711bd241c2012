package dev.counterfoil.protocol.card.proof;

import java.nio.charset.StandardCharsets;

/// A key of its own for each card, made of one master key (NXP AN10922, AES-128): who breaks one card open has the key of
/// that card and of no other.
public final class KeyDiversification {

  /// Most bytes of what a key is diversified with.
  public static final int MOST_INPUT = 31;

  private static final byte AES_128 = 0x01;
  /// Two blocks, however short the input is.
  private static final int LENGTH = 32;

  private KeyDiversification() {}

  /// The key that AN10922 gives for this input.
  ///
  /// @param input 1 to 31 bytes: UID first, then what tells keys of one card apart
  public static AesKey aes128(AesKey master, byte... input) {
    if (input.length == 0 || input.length > MOST_INPUT) {
      throw new IllegalArgumentException("a key is diversified with 1 to 31 bytes, found " + input.length);
    }
    return AesKey
        .of(AesCmac.ofPadded(master, new byte[AesKey.LENGTH], Bytes.join(new byte[] {AES_128}, input),
            LENGTH));
  }

  /// The key of an application on this card: diversified with UID and application, in the order in which the card sends
  /// both (docs/SECURITY.md).
  ///
  /// @param application 24 bits
  public static AesKey ofApplication(AesKey master, byte[] uid, int application) {
    return aes128(master, Bytes.join(uid, Bytes.littleEndian(application, 3)));
  }

  /// The six bytes that open a sector of a MIFARE Classic card: of the key diversified with UID, number of the sector and
  /// the letter of the key (docs/SECURITY.md).
  ///
  /// @param letter `A` or `B`
  public static byte[] ofSector(AesKey master, byte[] uid, int sector, char letter) {
    byte[] name = {(byte) sector, String.valueOf(letter).getBytes(StandardCharsets.US_ASCII)[0]};
    return aes128(master, Bytes.join(uid, name)).first(6);
  }
}

package dev.counterfoil.terminal.device;

import java.util.Arrays;
import java.util.Objects;

/// Who a card says it is before any key is used: the outcome of ISO 14443-3A selection.
///
/// Arrays are copied in and out. `toString` never shows the UID, so an identity may stand in a log line.
///
/// @param technology family of the card
/// @param uid        4, 7 or 10 bytes, in the order the card sends them; of a number of 24 bits, 1A 00 and its three bytes
/// @param atqa       answer to request as a number, `0x0344` for DESFire
/// @param sak        select acknowledge of the last cascade level, 0-255
/// @param ats        answer to select without its length byte; empty for cards below ISO 14443-4
public record CardIdentity(CardTechnology technology, byte[] uid, int atqa, int sak, byte[] ats) {

  private static final int RANDOM_UID_TAG = 0x08;

  public CardIdentity {
    Objects.requireNonNull(technology, "technology");
    uid = uid.clone();
    ats = ats.clone();
    boolean shortNumber = technology == CardTechnology.NUMBER && uid.length == 5;
    if (uid.length != 4 && uid.length != 7 && uid.length != 10 && !shortNumber) {
      throw new IllegalArgumentException("UID must have 4, 7 or 10 bytes, has " + uid.length);
    }
    if (atqa < 0 || atqa > 0xFFFF || sak < 0 || sak > 0xFF) {
      throw new IllegalArgumentException("ATQA or SAK out of range");
    }
  }

  /// A card of which a reader tells nothing but a number.
  ///
  /// @param number its bytes as in `uid`
  public static CardIdentity ofNumber(byte[] number) {
    return new CardIdentity(CardTechnology.NUMBER, number, 0, 0, new byte[0]);
  }

  @Override
  public byte[] uid() {
    return uid.clone();
  }

  @Override
  public byte[] ats() {
    return ats.clone();
  }

  /// Whether the card invents a new UID at each selection (ISO 14443-3: four bytes, the first one 08), so that
  /// the UID identifies nobody.
  public boolean hasRandomUid() {
    return uid.length == 4 && uid[0] == RANDOM_UID_TAG;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CardIdentity that && technology == that.technology && atqa == that.atqa
        && sak == that.sak && Arrays.equals(uid, that.uid) && Arrays.equals(ats, that.ats);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(uid);
  }

  @Override
  public String toString() {
    return "CardIdentity[" + technology + ", uid of " + uid.length + " bytes]";
  }
}

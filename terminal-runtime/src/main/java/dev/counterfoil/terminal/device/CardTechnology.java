package dev.counterfoil.terminal.device;

/// The card families that a reader can tell apart during ISO 14443-3A selection, without any key.
///
/// Source: NXP AN10833 "MIFARE type identification procedure" (SAK values).
public enum CardTechnology {
  /// MIFARE Classic 1K, 4K, Mini and compatible chips. Crypto1 is broken: an identifier, never a proof.
  MIFARE_CLASSIC,
  /// MIFARE Ultralight family and NTAG 21x; SAK 00 does not tell them apart.
  ULTRALIGHT_OR_NTAG,
  /// MIFARE DESFire family (and NTAG 424 DNA, which selects the same way).
  DESFIRE,
  /// Another ISO 14443-4 card: a phone, a bank card, an identity card.
  ISO_DEP,
  /// Only a number is known, told by a reader on Wiegand wires or one that types: an identifier, never a proof.
  NUMBER,
  /// Anything else that answered the selection.
  OTHER;

  private static final int SAK_ISO_DEP_BIT = 0x20;
  private static final int SAK_CLASSIC_BIT = 0x08;
  private static final int ATQA_DESFIRE_HIGH = 0x03;

  /// The family of a card that answered with this ATQA (as a number, `0x0344` for DESFire) and SAK.
  public static CardTechnology of(int atqa, int sak) {
    if ((sak & SAK_CLASSIC_BIT) != 0) {
      return MIFARE_CLASSIC;
    }
    if ((sak & SAK_ISO_DEP_BIT) != 0) {
      return atqa >> 8 == ATQA_DESFIRE_HIGH ? DESFIRE : ISO_DEP;
    }
    return sak == 0 ? ULTRALIGHT_OR_NTAG : OTHER;
  }
}

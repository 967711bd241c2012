package dev.counterfoil.sim.card;

/// Access conditions of one MIFARE Classic sector, decoded from its trailer (NXP MF1S50yyX/V1 section 8.7).
///
/// Each of the four block groups has three bits C1 C2 C3. Bytes 6 to 8 of the trailer hold them twice, once
/// inverted; when the two copies disagree the sector is lost for good, as on the real card.
record SectorAccess(int[] conditions, boolean valid) {
  private static final int TRAILER_GROUP = 3;

  /// What a command wants to do with a data block.
  enum Use {
    READ, WRITE, INCREMENT, DECREMENT,
  }

  /// What a command wants to do with a part of the trailer.
  enum TrailerUse {
    WRITE_KEY_A, READ_ACCESS, WRITE_ACCESS, READ_KEY_B, WRITE_KEY_B,
  }

  /// Rows by condition C1C2C3 = 0..7, columns by [Use]: N nobody, A key A, B key B, E either.
  private static final String[] DATA = {"EEEE", "ENNE", "ENNN", "BBNN", "EBNN", "BNNN", "EBBE", "NNNN"};
  /// Rows by condition, columns by [TrailerUse].
  private static final String[] TRAILER = {"AANAA", "AAAAA", "NANAN", "BEBNB", "BENNB", "NEBNN", "NENNN",
      "NENNN"};

  static SectorAccess of(byte[] trailer) {
    int b6 = trailer[6] & 0xFF;
    int b7 = trailer[7] & 0xFF;
    int b8 = trailer[8] & 0xFF;
    int c1 = b7 >> 4;
    int c2 = b8 & 0x0F;
    int c3 = b8 >> 4;
    boolean valid = (b6 & 0x0F) == (~c1 & 0x0F) && b6 >> 4 == (~c2 & 0x0F) && (b7 & 0x0F) == (~c3 & 0x0F);
    int[] conditions = new int[4];
    for (int group = 0; group < 4; group++) {
      conditions[group] = (c1 >> group & 1) << 2 | (c2 >> group & 1) << 1 | c3 >> group & 1;
    }
    return new SectorAccess(conditions, valid);
  }

  /// A key B that can be read is data and opens nothing (section 8.7.2).
  boolean keyBOpensNothing() {
    return "A".indexOf(TRAILER[conditions[TRAILER_GROUP]].charAt(TrailerUse.READ_KEY_B.ordinal())) >= 0;
  }

  boolean allows(int group, Use use, boolean withKeyB) {
    return valid && matches(DATA[conditions[group]].charAt(use.ordinal()), withKeyB);
  }

  boolean allowsTrailer(TrailerUse use, boolean withKeyB) {
    return valid && matches(TRAILER[conditions[TRAILER_GROUP]].charAt(use.ordinal()), withKeyB);
  }

  private boolean matches(char who, boolean withKeyB) {
    if (withKeyB && keyBOpensNothing()) {
      return false;
    }
    return who == 'E' || who == (withKeyB ? 'B' : 'A');
  }
}

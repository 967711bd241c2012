package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.terminal.device.SectorKey;
import java.util.List;

/// Where on a MIFARE Classic card the number of its holder's card stands.
///
/// @param sector  1 to 39; those from 32 on have 16 blocks, the others 4
/// @param block   within the sector, 0 to 14; its last block holds the keys
/// @param offset  first byte of the number in the block
/// @param length  of the number, 4 to 10
/// @param letters which keys are tried, in this order
public record SectorOfCard(int sector, int block, int offset, int length, List<SectorKey.Letter> letters) {

  private static final int BLOCK = 16;
  private static final int SMALL_SECTORS = 32;
  private static final int SMALL = 4;
  private static final int LARGE = 16;

  public SectorOfCard {
    letters = List.copyOf(letters);
    if (offset + length > BLOCK) {
      throw new IllegalArgumentException("a block has 16 bytes, not " + (offset + length));
    }
    if (block >= (sector < SMALL_SECTORS ? SMALL : LARGE) - 1) {
      throw new IllegalArgumentException(
          "block " + block + " of sector " + sector + " holds its keys or is not there");
    }
  }

  /// The block's number on the card.
  int number() {
    return sector < SMALL_SECTORS ? SMALL * sector + block
        : SMALL * SMALL_SECTORS + LARGE * (sector - SMALL_SECTORS) + block;
  }
}

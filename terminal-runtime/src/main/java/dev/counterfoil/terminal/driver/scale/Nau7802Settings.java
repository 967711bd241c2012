package dev.counterfoil.terminal.driver.scale;

/// A load cell at a NAU7802.
///
/// @param bus               I2C bus
/// @param zeroCounts        what the converter says with nothing on the scale
/// @param countsPerKilogram how much more it says for each kilogram; negative if the cell is mounted the other way round
public record Nau7802Settings(int bus, long zeroCounts, long countsPerKilogram) {

  /// The chip's only address.
  public static final int ADDRESS = 0x2A;

  public Nau7802Settings {
    if (countsPerKilogram == 0 || Math.abs(countsPerKilogram) > 8_388_607) {
      throw new IllegalArgumentException(
          "countsPerKilogram must be 1 to 8388607, or below nought, found " + countsPerKilogram);
    }
    if (Math.abs(zeroCounts) > 8_388_607) {
      throw new IllegalArgumentException("zeroCounts must have 24 bits, found " + zeroCounts);
    }
  }
}

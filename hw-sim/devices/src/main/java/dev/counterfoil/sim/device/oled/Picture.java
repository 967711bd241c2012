package dev.counterfoil.sim.device.oled;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// What a glass of pixels looks like.
///
/// Equal to another one that looks the same.
///
/// @param pixels rows from the top, lit or not
public record Picture(boolean[][] pixels) {
  private static final int LIT = 0xB0E8FF;
  private static final int DARK = 0x101418;

  public Picture {
    pixels = Arrays.stream(pixels).map(boolean[]::clone).toArray(boolean[][]::new);
  }

  @Override
  public boolean[][] pixels() {
    return Arrays.stream(pixels).map(boolean[]::clone).toArray(boolean[][]::new);
  }

  public int width() {
    return pixels[0].length;
  }

  public int height() {
    return pixels.length;
  }

  public boolean lit(int x, int y) {
    return pixels[y][x];
  }

  /// Lit pixels.
  public long count() {
    return IntStream.range(0, height()).mapToLong(
        y -> IntStream.range(0, width()).filter(x -> pixels[y][x]).count()).sum();
  }

  /// A line of text per row, `#` for light.
  public List<String> rows() {
    return Arrays.stream(pixels).map(row -> {
      StringBuilder text = new StringBuilder();
      for (boolean lit : row) {
        text.append(lit ? '#' : '.');
      }
      return text.toString();
    }).toList();
  }

  /// Two rows of pixels to a line of text, for a console.
  public List<String> blocks() {
    return IntStream.range(0, height() / 2).mapToObj(this::blockLine).toList();
  }

  private String blockLine(int line) {
    StringBuilder text = new StringBuilder();
    for (int x = 0; x < width(); x++) {
      int both = (pixels[2 * line][x] ? 2 : 0) + (pixels[2 * line + 1][x] ? 1 : 0);
      text.append(" ▄▀█".charAt(both));
    }
    return text.toString();
  }

  /// Writes a PNG, each pixel as a square of `scale` with a thin gap.
  public void writePng(OutputStream out, int scale) throws IOException {
    BufferedImage image = new BufferedImage(width() * scale, height() * scale, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        boolean gap = scale > 3 && (x % scale == scale - 1 || y % scale == scale - 1);
        image.setRGB(x, y, pixels[y / scale][x / scale] && !gap ? LIT : DARK);
      }
    }
    ImageIO.write(image, "png", out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture that && Arrays.deepEquals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(pixels);
  }

  @Override
  public String toString() {
    return String.join("\n", rows());
  }
}

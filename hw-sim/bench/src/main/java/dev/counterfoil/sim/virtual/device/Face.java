package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.device.oled.Picture;
import java.util.List;
import java.util.zip.CRC32;

/// What a display shows, as its controller has it in memory.
public sealed interface Face {

  /// As a scenario says it: text, or for pixels a check number of the picture.
  String words();

  /// A character display.
  record Characters(int columns, int rows, List<String> text, boolean backlight) implements Face {

    public Characters {
      text = List.copyOf(text);
    }

    @Override
    public String words() {
      return String.join("|", text.stream().map(String::stripTrailing).toList());
    }
  }

  /// A display of pixels.
  ///
  /// @param text what the driver was told to show, a line each, for whoever cannot see the picture
  record Pixels(Picture picture, List<String> text) implements Face {

    public Pixels {
      text = List.copyOf(text);
    }

    @Override
    public String words() {
      var check = new CRC32();
      check.update(bits());
      return "picture %08x".formatted(check.getValue());
    }

    /// Row by row from the top, eight pixels to a byte, the leftmost in the highest bit.
    public byte[] bits() {
      int across = Math.ceilDiv(picture.width(), Byte.SIZE);
      var bits = new byte[across * picture.height()];
      for (int y = 0; y < picture.height(); y++) {
        for (int x = 0; x < picture.width(); x++) {
          if (picture.lit(x, y)) {
            bits[y * across + x / Byte.SIZE] |= (byte) (0x80 >> x % Byte.SIZE);
          }
        }
      }
      return bits;
    }
  }
}

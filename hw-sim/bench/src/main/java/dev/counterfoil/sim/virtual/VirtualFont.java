package dev.counterfoil.sim.virtual;

import dev.counterfoil.terminal.font.FontFile;
import dev.counterfoil.terminal.font.NeededCharacters;
import dev.counterfoil.terminal.layout.Font;
import java.nio.file.Path;
import java.util.List;

/// The glyphs for displays of pixels: the font that this computer has, as on a terminal.
final class VirtualFont {

  private VirtualFont() {}

  /// Blocks for reading the file, about 100 ms.
  static Font find() {
    return FontFile.find("", Path.of("."), NeededCharacters.with(List.of())).font();
  }
}

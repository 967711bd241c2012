package dev.counterfoil.sim.virtual.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Displays that a virtual terminal can have.
public enum DisplayKind {
  LCD_16X2, LCD_20X4, SSD1306;

  /// As a scenario writes it: `lcd-16x2`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<DisplayKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}

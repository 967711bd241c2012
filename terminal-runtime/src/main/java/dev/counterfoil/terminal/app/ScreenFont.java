package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.font.FontFile;
import dev.counterfoil.terminal.font.NeededCharacters;
import dev.counterfoil.terminal.sale.SaleMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/// The font of one terminal's displays.
final class ScreenFont {

  private ScreenFont() {}

  /// Whether a display draws pixels.
  static boolean isNeeded(TerminalConfig config) {
    return Stream.of(config.display(), config.customerDisplay()).flatMap(Optional::stream)
        .anyMatch(DisplayWiring.Pixels.class::isInstance);
  }

  /// What is there for it; nothing is read where no display draws pixels.
  static FontFile.Found find(TerminalConfig config, Path data, String name) {
    return isNeeded(config)
        ? FontFile.find(config.terminal().font(), data, needed(config, name))
        : new FontFile.Found(Optional.empty(), Map.of(), List.of(), "");
  }

  /// The characters that this terminal's displays can have to show.
  static SortedSet<Integer> needed(TerminalConfig config, String name) {
    var names = new ArrayList<String>();
    names.add(name);
    switch (config.terminal().mode()) {
      case SaleMode.Fixed(var product) -> names.add(product.name());
      case SaleMode.Products(var products) -> products.forEach(product -> names.add(product.name()));
      case SaleMode.Weighed(var goods, var _) -> goods.forEach(one -> names.add(one.name()));
      case SaleMode.Counted(var product, var _) -> names.add(product.name());
      case SaleMode.Timed timed -> names.add(timed.product().name());
      case SaleMode.Keyed _,SaleMode.Preorder _ -> {
        // Amounts have no names, and what will be ordered nobody knows.
      }
    }
    return NeededCharacters.with(names);
  }
}

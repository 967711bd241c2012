package dev.counterfoil.terminal.core;

import dev.counterfoil.terminal.sale.SaleMode;

/// Which devices a sale cannot do without. The others are reported when they fail, and sales go on.
///
/// A card must be read. Where the price is keyed, or a product chosen, keys must work; where goods are weighed, the scale. The customer must see or hear what
/// became of it: by the display, or else by the lamps; a display that fails beside lamps is no reason to close. The board
/// carries keypad, display and lamps, so without it nothing is left.
///
/// @param keypad whether the way of selling needs keys
/// @param lamps  whether the terminal has lamps
/// @param printer whether nothing is to be sold without a receipt
/// @param scale   whether goods are sold by weight
record DeviceNeeds(boolean keypad, boolean lamps, boolean printer, boolean scale) {

  static DeviceNeeds of(TerminalSetup setup) {
    boolean keys = switch (setup.sale().mode()) {
      case SaleMode.Keyed _,SaleMode.Products _ -> true;
      case SaleMode.Fixed _,SaleMode.Counted _,SaleMode.Timed _,SaleMode.Preorder _ -> false;
      case SaleMode.Weighed(var goods, var _) -> goods.size() > 1;
    };
    return new DeviceNeeds(keys, setup.lamps(), setup.sellsOnlyWithReceipts(),
        setup.sale().mode() instanceof SaleMode.Weighed);
  }

  /// @param device as in [Event.DeviceFailed]; one that is not known here is needed
  boolean needs(String device) {
    return switch (device) {
      case "keypad" -> keypad;
      case "display" -> !lamps;
      case "scale" -> scale;
      case "scanner", "second-keypad", "second-reader", "watchdog" -> false;
      case "customer-display" -> false;
      case "printer" -> printer;
      default -> true;
    };
  }
}

package dev.counterfoil.sim.demo;

import java.util.List;
import java.util.Locale;

/// A terminal of the demo: its name, how it sells, and what it charges. All prices are whole units of the currency,
/// so that the cents of a balance tell the simulated customers apart (see [Cardholder]).
///
/// @param prices what is sold, minor units; the one price of a fixed-price counter
record DemoTerminal(String name, Mode mode, List<Long> prices) {

  enum Mode {
    /// The cashier keys the amount.
    KEYED,
    /// Every tap pays the same.
    FIXED,
    /// The customer keys a product number on a vending machine.
    PRODUCTS
  }

  /// Four counters of a canteen and two vending machines.
  static final List<DemoTerminal> ALL = List.of(
      new DemoTerminal("canteen-1", Mode.FIXED, List.of(400L)),
      new DemoTerminal("canteen-2", Mode.FIXED, List.of(300L)),
      new DemoTerminal("canteen-3", Mode.KEYED, List.of(500L, 700L, 900L)),
      new DemoTerminal("canteen-4", Mode.KEYED, List.of(600L, 800L)),
      new DemoTerminal("vending-1", Mode.PRODUCTS, List.of(200L, 300L)),
      new DemoTerminal("vending-2", Mode.PRODUCTS, List.of(100L, 200L, 400L)));

  DemoTerminal {
    prices = List.copyOf(prices);
  }

  /// What has to be typed before a card is asked for; empty at a fixed-price counter.
  String keysFor(long priceMinor) {
    return switch (mode) {
      case FIXED -> "";
      case KEYED -> priceMinor / 100 + "#";
      case PRODUCTS -> prices.indexOf(priceMinor) + 1 + "#";
    };
  }

  /// `terminal.toml` of this terminal on simulated hardware.
  ///
  /// @param port where the wire to the server begins
  String toml(String readerPort, int port) {
    var toml = new StringBuilder();
    toml.append("[server]\nhost = \"127.0.0.1\"\nport = ").append(port)
        .append("\n# A day in a minute: nobody waits a minute for the network.\nlongest-retry-seconds = 2\n\n[terminal]\nname = \"")
        .append(name.toUpperCase(Locale.ROOT)).append("\"\n");
    switch (mode) {
      case KEYED -> toml.append("mode = \"keyed\"\n");
      case FIXED -> toml.append("mode = \"fixed\"\nprice = ").append(decimal(prices.getFirst())).append('\n');
      case PRODUCTS -> {
        toml.append("mode = \"products\"\n");
        for (long price : prices) {
          toml.append("\n[[terminal.products]]\ncode = \"").append(prices.indexOf(price) + 1).append("\"\nname = \"Item ")
              .append(prices.indexOf(price) + 1).append("\"\nprice = ").append(decimal(price)).append('\n');
        }
      }
    }
    return toml.append("\n[reader]\nport = \"").append(readerPort)
        .append("\"\n\n# Nobody of the queue stays to hear what became of his sale.\n[counter]\nsame-card-seconds = 0\n")
        .toString();
  }

  private static String decimal(long minor) {
    return "\"" + minor / 100 + ".00\"";
  }
}

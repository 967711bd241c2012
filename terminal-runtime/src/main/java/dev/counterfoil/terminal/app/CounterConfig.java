package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.sale.CounterRules;

/// Reads `[counter]` of `terminal.toml`.
final class CounterConfig {

  private CounterConfig() {}

  static CounterRules read(ConfigTable table) throws ConfigException {
    var rules = new CounterRules(table.flag("needs-shift", false),
        60_000L * table.integer("void-within-minutes", 0, 0, 10_080),
        1_000L * table.integer("same-card-seconds", (int) (CounterRules.DEFAULT_SAME_CARD_MILLIS / 1_000), 0,
            3_600),
        table.flag("test-mode", false));
    table.finish();
    return rules;
  }
}

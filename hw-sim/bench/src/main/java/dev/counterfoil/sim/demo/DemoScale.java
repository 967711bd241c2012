package dev.counterfoil.sim.demo;

import java.util.List;

/// How much of everything the script does.
///
/// @param terminals     who sells
/// @param holders       customers of each terminal, at most 100
/// @param rushMillis    length of a rush hour on the real clock
/// @param offlineTaps   approvals without the server, over all terminals, before the wire is mended
record DemoScale(List<DemoTerminal> terminals, int holders, long rushMillis, int offlineTaps) {

  static final DemoScale WHOLE = new DemoScale(DemoTerminal.ALL, 16, 4_000, 620);
  /// One of each kind, for a test of some seconds.
  static final DemoScale SMALL = new DemoScale(
      List.of(DemoTerminal.ALL.get(0), DemoTerminal.ALL.get(2), DemoTerminal.ALL.get(4)), 8, 1_500, 30);

  DemoScale {
    terminals = List.copyOf(terminals);
  }
}

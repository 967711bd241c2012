package dev.counterfoil.sim.world.terminal;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.sim.world.net.Endpoint;

/// Where a terminal's connections end.
public interface ServerDoor {
  /// The far end of a new connection that presented this terminal's certificate.
  Endpoint accept(TerminalId certificate);

  /// Last record of the terminal that the server has, for faults that must stay recoverable.
  long receivedSeq(TerminalId terminal);
}

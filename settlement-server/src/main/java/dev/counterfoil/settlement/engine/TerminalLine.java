package dev.counterfoil.settlement.engine;

import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.protocol.id.TerminalId;
import java.util.Optional;

/// The way to a terminal that is connected now. Nothing is queued for one that is not: an order that takes effect hours
/// later, when nobody looks any more, is worse than one to repeat (ADR 0008).
public interface TerminalLine {

  /// Where no server runs, nobody is connected.
  TerminalLine NOBODY = new TerminalLine() {
    @Override
    public boolean isConnected(TerminalId terminal) {
      return false;
    }

    @Override
    public Optional<Result> order(TerminalId terminal, String command) {
      return Optional.empty();
    }
  };

  /// Whether its desk connection stands.
  boolean isConnected(TerminalId terminal);

  /// Sends a command (docs/PROTOCOL.md, section 4) and waits for its result, half a minute at most. For any thread that
  /// may wait; not for event loops or the core.
  ///
  /// @return empty if no result came: whether the command took effect is unknown then
  Optional<Result> order(TerminalId terminal, String command);
}

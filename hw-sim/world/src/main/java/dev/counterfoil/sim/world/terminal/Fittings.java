package dev.counterfoil.sim.world.terminal;

import dev.counterfoil.terminal.core.TerminalSetup;
import java.util.function.UnaryOperator;

/// How one terminal differs from the town's usual one.
///
/// @param change    makes its set-up of the usual one, at each start of the program
/// @param bystander sees what it does
public record Fittings(UnaryOperator<TerminalSetup> change, Bystander bystander) {

  /// The usual one, with nobody beside it.
  public static final Fittings STANDARD = new Fittings(UnaryOperator.identity(), Bystander.NOBODY);

  TerminalSetup of(TerminalSetup usual) {
    return change.apply(usual);
  }
}

package dev.counterfoil.sim.device.pn532;

import dev.counterfoil.sim.card.RfField;
import java.util.function.Consumer;

/// A reader as it lies on the table: a [Pn532Chip] on a board, on whichever interface. Any thread may call.
public interface ReaderModule extends AutoCloseable {

  /// The space in front of it.
  RfField field();

  /// How its chip misbehaves.
  Pn532Faults faults();

  /// Looks at or changes the chip while nothing else works on it.
  void withChip(Consumer<Pn532Chip> action);

  /// Takes the supply away for a moment: the remedy for every hang.
  void powerCycle();

  /// Pulls its plug, and puts it back.
  void plugged(boolean on);

  @Override
  void close();
}

package dev.counterfoil.terminal.line.linux;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;

/// A change of level with the kernel's time stamp, which Pi4J's own event does not carry.
public final class StampedChange extends DigitalStateChangeEvent<DigitalInput> {

  private final long nanos;

  StampedChange(DigitalInput source, DigitalState state, long nanos) {
    super(source, state);
    this.nanos = nanos;
  }

  /// When it happened, on the clock of `System.nanoTime()`.
  public long nanos() {
    return nanos;
  }
}

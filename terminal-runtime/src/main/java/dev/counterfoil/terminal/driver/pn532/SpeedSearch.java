package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFaultException;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for a chip that is silent at the configured speed at all the others: the configuration is wrong, or a program
/// before us told the chip to change its speed and ended. Only a serial wire has speeds.
///
/// Threads: the one that owns the wire. Takes about a tenth of a second for each speed at which nobody answers.
public final class SpeedSearch {

  private static final Logger LOG = LoggerFactory.getLogger(SpeedSearch.class);

  private SpeedSearch() {}

  /// Tries all other speeds. The wire is open at the speed that was found, or closed and set to the configured one.
  ///
  /// @param chip on this wire
  /// @return bits per second at which the chip answers; empty when it does at none, or the wire has no speed
  public static OptionalInt find(Pn532Wire wire, Pn532Chip chip) throws InterruptedException {
    if (!(wire instanceof SerialWire serial)) {
      return OptionalInt.empty();
    }
    for (int speed : serial.otherSpeeds()) {
      if (answersAt(serial, chip, speed)) {
        return OptionalInt.of(speed);
      }
    }
    serial.close();
    serial.useSpeed(serial.baud());
    return OptionalInt.empty();
  }

  private static boolean answersAt(SerialWire wire, Pn532Chip chip, int speed) throws InterruptedException {
    wire.close();
    wire.useSpeed(speed);
    try {
      wire.open();
      chip.start();
      return true;
    } catch (DeviceFaultException e) {
      LOG.debug("not at {} baud: {}", speed, e.fault().detail());
      return false;
    }
  }
}

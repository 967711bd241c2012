package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.DeviceLock;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.nio.file.Path;
import java.util.Locale;

/// Where a PN532 is connected, one of its three interfaces. The switches of the reader's board must say the same.
public sealed interface Pn532Place {

  /// @param port serial device; a name under /dev/serial/by-id survives re-plugging
  /// @param baud bits per second
  record Serial(String port, int baud) implements Pn532Place {}

  /// @param bus     number of the bus, 1 on a Raspberry Pi header
  /// @param address 7-bit address, 0x24 unless the board says otherwise
  record I2c(int bus, int address) implements Pn532Place {}

  /// @param bus        number of the bus, 0 on a Raspberry Pi header
  /// @param chipSelect 0 or 1
  /// @param hertz      clock of the bus, at most 5 MHz
  record Spi(int bus, int chipSelect, int hertz) implements Pn532Place {}

  /// How an installer calls it: `/dev/ttyAMA0`, `i2c 1/0x24`, `spi 0.0`.
  default String name() {
    return switch (this) {
      case Serial(String port, int _) -> port;
      case I2c(int bus, int address) -> String.format(Locale.ROOT, "i2c %d/0x%02X", bus, address);
      case Spi(int bus, int chipSelect, int _) -> "spi " + bus + "." + chipSelect;
    };
  }

  /// The way to it, closed still.
  default Pn532Wire wire(SerialLine.Source lines, Board.Opener boards, MonotonicClock clock) {
    return switch (this) {
      case Serial(String port, int baud) -> new SerialWire(lines, port, baud);
      case I2c(int bus, int address) -> {
        var lock = new DeviceLock(name(), Path.of("/dev/i2c-" + bus), "-" + Integer.toHexString(address));
        var slot = new BusSlot<>(name(), lock, boards, board -> board.i2c(bus, address));
        yield new PolledWire(new I2cBus(slot, clock), clock);
      }
      case Spi(int bus, int chipSelect, int hertz) -> {
        var lock = new DeviceLock(name(), Path.of("/dev/spidev" + bus + "." + chipSelect), "");
        var slot = new BusSlot<>(name(), lock, boards, board -> board.spi(bus, chipSelect, hertz));
        yield new PolledWire(new SpiBus(slot), clock);
      }
    };
  }
}

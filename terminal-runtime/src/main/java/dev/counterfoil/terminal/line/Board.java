package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFaultException;
import java.util.List;

/// The pins and buses of the computer that the terminal runs on.
///
/// Threads: any; a pin or device taken from the board has its own rule.
public interface Board extends AutoCloseable {

  /// How a board is come by.
  interface Opener {

    /// @throws DeviceFaultException with `NO_PROVIDER` or one of the `BOARD_` codes
    Board open() throws DeviceFaultException;
  }

  /// Which provider serves one kind of line.
  ///
  /// @param kind     `digital output`, `digital input` or `i2c`
  /// @param provider the library's identifier of it, or `none`
  record ProviderChoice(String kind, String provider) {

    static final String NONE = "none";

    /// Whether there is a provider at all.
    public boolean found() {
      return !provider.equals(NONE);
    }
  }

  /// The provider chosen for each kind of line that a terminal uses.
  List<ProviderChoice> providers();

  /// What is known of the board's GPIO chip and of who has its lines, a line of text each; empty where nothing is.
  ///
  /// @throws DeviceFaultException with `BOARD_MISSING` or `BOARD_FORBIDDEN`
  default List<String> inventory() throws DeviceFaultException {
    return List.of();
  }

  /// Takes a pin as output.
  ///
  /// @param bcm         pin number as the chip's maker counts
  /// @param initialHigh level from the first moment on, and again when the board is closed
  /// @throws DeviceFaultException with `NO_PROVIDER` or one of the `BOARD_` codes
  PinOutput output(int bcm, boolean initialHigh) throws DeviceFaultException;

  /// Takes a pin as input with its pull-up resistor on.
  ///
  /// @param bcm pin number as the chip's maker counts
  /// @throws DeviceFaultException with `NO_PROVIDER` or one of the `BOARD_` codes
  PinInput inputPulledUp(int bcm) throws DeviceFaultException;

  /// Opens a device on an I2C bus. Does not talk to it yet, so a missing device shows at the first write.
  ///
  /// @param bus     number of the bus, 1 on a Raspberry Pi header
  /// @param address 7-bit address, 0x03-0x77
  /// @throws DeviceFaultException with `NO_PROVIDER` or one of the `BOARD_` codes
  ReadableI2c i2c(int bus, int address) throws DeviceFaultException;

  /// Opens a device on an SPI bus, in mode 0. Does not talk to it yet.
  ///
  /// @param bus        number of the bus, 0 on a Raspberry Pi header
  /// @param chipSelect 0 or 1
  /// @param hertz      clock of the bus
  /// @throws DeviceFaultException with `NO_PROVIDER` or one of the `BOARD_` codes
  SpiDevice spi(int bus, int chipSelect, int hertz) throws DeviceFaultException;

  /// Puts every pin to its rest level and releases all. Idempotent.
  @Override
  void close();
}

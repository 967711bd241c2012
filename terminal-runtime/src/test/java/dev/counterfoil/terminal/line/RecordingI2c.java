package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// An I2C device that records each transfer and can refuse to acknowledge.
public final class RecordingI2c implements ReadableI2c {

  private final List<String> transfers = new ArrayList<>();
  private int failures;

  /// Makes the next transfers fail.
  public synchronized void fail(int times) {
    failures = times;
  }

  /// The transfers since the last call, in hexadecimal digits.
  public synchronized List<String> takeTransfers() {
    var taken = List.copyOf(transfers);
    transfers.clear();
    return taken;
  }

  @Override
  public synchronized void write(byte[] bytes) throws DeviceFaultException {
    if (failures > 0) {
      failures--;
      throw new DeviceFaultException(new DeviceFault(FaultCode.BOARD_REFUSED, "I2C", "no acknowledge"));
    }
    transfers.add(HexFormat.of().withUpperCase().formatHex(bytes));
  }

  @Override
  public byte[] read(int count) {
    throw new AssertionError("nothing here is ever read");
  }
}

package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The right to talk to one device on a bus that the kernel lets anybody use. Two terminals on one chip would answer
/// each other's commands.
///
/// Where the bus has no device file of its own, as on a simulated board, there is nothing to lock and nothing is.
///
/// Threads: one.
public final class DeviceLock {

  private final String device;
  private final Path bus;
  private final String part;
  private @Nullable PortLock held;

  /// @param device name for messages
  /// @param bus    device file of the bus, such as `/dev/i2c-1`
  /// @param part   which device on it, such as `-24`; other devices on the bus stay free
  public DeviceLock(String device, Path bus, String part) {
    this.device = device;
    this.bus = bus;
    this.part = part;
  }

  /// Takes it, unless it is held already.
  ///
  /// @throws DeviceFaultException with `PORT_BUSY` while another process has it, `LINE_REFUSED` when the lock file
  ///   cannot be made
  public void take() throws DeviceFaultException {
    if (held != null || !Files.exists(bus)) {
      return;
    }
    try {
      var place = bus.toRealPath();
      held = PortLock.take(place.resolveSibling(place.getFileName() + part)).orElseThrow(
          () -> fault(FaultCode.PORT_BUSY, "another terminal has locked " + place + part, null));
    } catch (IOException e) {
      throw fault(FaultCode.LINE_REFUSED, "cannot lock " + bus + part + ": " + e, e);
    }
  }

  /// Gives it back. Idempotent.
  public void release() {
    if (held != null) {
      held.close();
      held = null;
    }
  }

  private DeviceFaultException fault(FaultCode code, String detail, @Nullable Throwable cause) {
    var fault = new DeviceFault(code, device, detail);
    return cause == null ? new DeviceFaultException(fault) : new DeviceFaultException(fault, cause);
  }
}

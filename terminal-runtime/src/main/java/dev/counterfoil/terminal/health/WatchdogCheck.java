package dev.counterfoil.terminal.health;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.FaultCode;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether the machine's watchdog could be used. It is not opened: that would start its clock, which some drivers never stop.
public final class WatchdogCheck {

  private static final String DEVICE = "watchdog ";

  private WatchdogCheck() {}

  /// @param timeoutSeconds as configured
  public static Finding find(Path device, int timeoutSeconds) {
    if (!Files.exists(device)) {
      return fault(FaultCode.WATCHDOG_MISSING, device, "is not there");
    }
    if (!Files.isWritable(device)) {
      return fault(FaultCode.WATCHDOG_REFUSED, device, "may not be written by this user");
    }
    return Finding.pass(DEVICE + device,
        "is there, will be armed with " + timeoutSeconds + " s by the terminal");
  }

  private static Finding fault(FaultCode code, Path device, String detail) {
    return Finding.fail(DEVICE + device, new DeviceFault(code, DEVICE + device, detail));
  }
}

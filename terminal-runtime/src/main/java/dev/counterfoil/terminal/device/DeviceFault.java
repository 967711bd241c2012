package dev.counterfoil.terminal.device;

import java.util.Objects;

/// One thing that is wrong with one device, as a value.
///
/// @param code   the stable code, see [FaultCode]
/// @param device which device, as an installer knows it, for example `reader /dev/ttyUSB0`
/// @param detail the facts: expected and found; never a card number or key
public record DeviceFault(FaultCode code, String device, String detail) {

  public DeviceFault {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(detail, "detail");
  }

  /// The line for the log and for the installer: code, device, detail, hint.
  public String describe() {
    return code + " " + device + ": " + detail + " (" + code.hint() + ")";
  }
}

package dev.counterfoil.terminal.health;

import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFault;

/// One line of the doctor's report.
///
/// @param passed whether the check found nothing wrong
/// @param code   `OK`, or the stable code of the fault, see [dev.counterfoil.terminal.device.FaultCode]
/// @param device which device, as an installer knows it
/// @param detail what was found
/// @param hint   what to do about it; empty when passed
public record Finding(boolean passed, String code, String device, String detail, String hint) {

  static Finding pass(String device, String detail) {
    return new Finding(true, "OK", device, detail, "");
  }

  static Finding fail(String device, DeviceFault fault) {
    return new Finding(false, fault.code().name(), device, fault.detail(), fault.code().hint());
  }

  static Finding fail(String device, CardRefusedException refused) {
    return new Finding(false, refused.refusal().name(), device, String.valueOf(refused.getMessage()),
        refused.refusal().hint());
  }

  /// The line as printed.
  public String line() {
    var verdict = passed ? "PASS" : "FAIL";
    var advice = hint.isEmpty() ? "" : "; " + hint;
    return "%s %-16s %-24s %s%s".formatted(verdict, code, device, detail, advice);
  }
}

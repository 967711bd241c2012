package dev.counterfoil.terminal.device;

/// Carries a [DeviceFault] out of a call that cannot go on, such as opening a port.
///
/// Checked, because whoever opens a device must decide between retrying, going on without it and giving up.
public final class DeviceFaultException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient DeviceFault fault;

  public DeviceFaultException(DeviceFault fault) {
    super(fault.describe());
    this.fault = fault;
  }

  public DeviceFaultException(DeviceFault fault, Throwable cause) {
    super(fault.describe(), cause);
    this.fault = fault;
  }

  /// What is wrong, for programs.
  public DeviceFault fault() {
    return fault;
  }
}

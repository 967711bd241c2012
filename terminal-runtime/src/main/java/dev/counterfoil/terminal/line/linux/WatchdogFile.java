package dev.counterfoil.terminal.line.linux;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machine's watchdog by `/dev/watchdog` (kernel documentation, watchdog-api.rst). Its clock starts when the file is
/// opened, and runs on when it is closed without the magic byte.
public final class WatchdogFile implements Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(WatchdogFile.class);
  private static final int CLOSED = -1;

  private final Kernel kernel;
  private final String path;
  private final int timeoutSeconds;
  private int descriptor = CLOSED;

  /// @param timeoutSeconds after how long without a sign of life the machine starts anew; many boards take no more than 15
  public WatchdogFile(Kernel kernel, String path, int timeoutSeconds) {
    this.kernel = kernel;
    this.path = path;
    this.timeoutSeconds = timeoutSeconds;
  }

  @Override
  public String name() {
    return "watchdog " + path;
  }

  @Override
  public void arm() throws DeviceFaultException {
    if (descriptor != CLOSED) {
      return;
    }
    open();
    var wanted = WatchdogUapi.number(timeoutSeconds);
    int answer = DeviceNode
        .retried(() -> kernel.ioctl(descriptor, WatchdogUapi.SET_TIMEOUT, Kernel.Memory.of(wanted)));
    if (answer < 0) {
      // Its own time may be shorter than ours: rather no clock than one that nobody sets back in time.
      disarm();
      throw fault(FaultCode.WATCHDOG_REFUSED, "a time of " + timeoutSeconds + " s", -answer);
    }
    LOG.info("event=watchdog_armed device={} timeout_s={}", path, WatchdogUapi.read(wanted));
  }

  /// Whether the watchdog started the machine, as far as its driver tells. Opens the device for a moment.
  ///
  /// @throws DeviceFaultException as [#arm]
  public boolean startedTheMachine() throws DeviceFaultException {
    open();
    try {
      var status = WatchdogUapi.number(0);
      int answer = DeviceNode
          .retried(() -> kernel.ioctl(descriptor, WatchdogUapi.GET_BOOT_STATUS, Kernel.Memory.of(status)));
      return answer >= 0 && (WatchdogUapi.read(status) & WatchdogUapi.CARD_RESET) != 0;
    } finally {
      disarm();
    }
  }

  private void open() throws DeviceFaultException {
    int opened = kernel.open(path, Kernel.Access.WRITE);
    if (opened < 0) {
      throw fault(switch (-opened) {
        case Errno.ENOENT, Errno.ENODEV, Errno.ENXIO -> FaultCode.WATCHDOG_MISSING;
        default -> FaultCode.WATCHDOG_REFUSED;
      }, "open", -opened);
    }
    descriptor = opened;
  }

  @Override
  public void keepAlive() throws DeviceFaultException {
    if (descriptor == CLOSED) {
      throw new IllegalStateException(path + " is not armed");
    }
    int answer = DeviceNode.retried(
        () -> kernel.ioctl(descriptor, WatchdogUapi.KEEP_ALIVE, Kernel.Memory.of(WatchdogUapi.number(0))));
    if (answer < 0) {
      close();
      throw fault(answer == -Errno.ENODEV ? FaultCode.WATCHDOG_MISSING : FaultCode.WATCHDOG_REFUSED,
          "keep alive", -answer);
    }
  }

  @Override
  public void disarm() {
    if (descriptor != CLOSED) {
      int written = kernel.write(descriptor, WatchdogUapi.MAGIC);
      if (written < 0) {
        LOG.warn("event=watchdog_runs_on device={} cause=\"{}\"", path, Errno.name(-written));
      }
    }
    close();
  }

  private DeviceFaultException fault(FaultCode code, String doing, int error) {
    return new DeviceFaultException(new DeviceFault(code, name(), doing + ": " + Errno.name(error)));
  }

  @Override
  public void close() {
    if (descriptor != CLOSED) {
      kernel.close(descriptor);
      descriptor = CLOSED;
    }
  }
}

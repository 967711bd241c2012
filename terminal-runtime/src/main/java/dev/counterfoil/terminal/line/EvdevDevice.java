package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.linux.Errno;
import dev.counterfoil.terminal.line.linux.Kernel;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A keyboard by the kernel's evdev interface: `open`, `EVIOCGRAB`, `poll`, `read` (linux/input.h).
///
/// The grab is refused with ENOTTY by what is no input device; that is taken as a simulated one, as a named pipe is, and
/// logged. Any other refusal is a fault: a keyboard that the console hears too must not be used.
public final class EvdevDevice implements InputDevice {

  private static final Logger LOG = LoggerFactory.getLogger(EvdevDevice.class);
  private static final int MOST_BYTES = 64 * EVENT_LENGTH;
  private static final int CLOSED = -1;
  /// `_IOW('E', 0x90, int)`.
  private static final long EVIOCGRAB = 0x40044590L;

  private final String name;
  private final Kernel kernel = Kernel.system();
  private int descriptor = CLOSED;
  private byte[] half = {};

  /// @param name device file or a link to it; one under `/dev/input/by-id` survives re-plugging
  public EvdevDevice(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void open() throws DeviceFaultException {
    int opened = kernel.open(name, Kernel.Access.READ);
    if (opened < 0) {
      throw fault(switch (-opened) {
        case Errno.ENOENT, Errno.ENODEV, Errno.ENXIO -> FaultCode.LINE_MISSING;
        default -> FaultCode.LINE_REFUSED;
      }, "open: " + Errno.name(-opened));
    }
    descriptor = opened;
    half = new byte[0];
    int grabbed = kernel.ioctl(opened, EVIOCGRAB, 1);
    if (grabbed == -Errno.ENOTTY || grabbed == -Errno.EINVAL) {
      LOG.info("{} is no input device, taken as a simulated one", name);
    } else if (grabbed < 0) {
      close();
      throw fault(grabbed == -Errno.EBUSY ? FaultCode.PORT_BUSY : FaultCode.LINE_REFUSED,
          "grab: " + Errno.name(-grabbed));
    }
  }

  @Override
  public byte[] read(long timeoutMillis) throws DeviceFaultException {
    int ready = kernel.poll(new int[] {descriptor}, new boolean[1], timeoutMillis);
    if (ready == 0 || ready == -Errno.EINTR) {
      return new byte[0];
    }
    var buffer = new byte[MOST_BYTES];
    int got = ready < 0 ? ready : kernel.read(descriptor, buffer);
    if (got <= 0) {
      close();
      throw fault(FaultCode.LINE_LOST, got == 0 ? "no more events" : Errno.name(-got));
    }
    return whole(Arrays.copyOf(buffer, got));
  }

  /// The kernel gives whole events only; a pipe may cut one.
  private byte[] whole(byte[] bytes) {
    var all = Arrays.copyOf(half, half.length + bytes.length);
    System.arraycopy(bytes, 0, all, half.length, bytes.length);
    int whole = all.length - all.length % EVENT_LENGTH;
    half = Arrays.copyOfRange(all, whole, all.length);
    return Arrays.copyOf(all, whole);
  }

  private DeviceFaultException fault(FaultCode code, String detail) {
    return new DeviceFaultException(new DeviceFault(code, "keyboard " + name, detail));
  }

  @Override
  public void close() {
    if (descriptor != CLOSED) {
      kernel.close(descriptor);
      descriptor = CLOSED;
    }
  }
}

package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.linux.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import jssc.SerialPort;
import jssc.SerialPortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A serial port of the operating system, by jSSC: 8 data bits, no parity, one stop bit, no flow control.
///
/// Asks for the number of waiting bytes instead of using jSSC's listener or timed reads, because those cost 20 %
/// and 68 % of a core on an idle port (measured with 2.10.2). In between it sleeps until the kernel says that there is
/// something ([SerialReadiness]); where it cannot, it asks every millisecond right after a write, when an answer is due,
/// and every five milliseconds otherwise.
///
/// A pseudo-terminal has no modem lines, so jSSC's `setParams` answers false on it although the line settings are
/// in force; that answer is therefore logged, not obeyed.
public final class JsscSerialLine implements SerialLine {

  private static final Logger LOG = LoggerFactory.getLogger(JsscSerialLine.class);
  private static final byte[] NOTHING = {};

  private static final long IDLE_POLL_MILLIS = 5;
  private static final long BUSY_POLL_MILLIS = 1;
  /// How long after a write an answer is expected soon enough to ask every millisecond.
  private static final long BUSY_AFTER_WRITE_MILLIS = 20;
  /// After the first bytes of an answer have come: at 115,200 baud eleven more come in this time, and each look has its
  /// price.
  private static final long GATHER_MILLIS = 1;

  private final String name;
  private final int baud;
  private final MonotonicClock clock;

  private @Nullable SerialPort port;
  private @Nullable PortLock lock;
  private @Nullable SerialReadiness readiness;
  private long lastWriteMillis;

  /// @param name device file or a link to it; a name under `/dev/serial/by-id` survives re-plugging
  /// @param baud bits per second
  public JsscSerialLine(String name, int baud, MonotonicClock clock) {
    this.name = name;
    this.baud = baud;
    this.clock = clock;
    this.lastWriteMillis = clock.millis() - BUSY_AFTER_WRITE_MILLIS;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isOpen() {
    return port != null;
  }

  @Override
  public void open() throws DeviceFaultException {
    if (port != null) {
      throw new IllegalStateException("serial line " + name + " is open already");
    }
    var device = realDevice();
    lock = takeLock(device);
    readiness = SerialReadiness.of(device, Kernel.system()).orElse(null);
    try {
      port = openedPort(device);
    } catch (SerialPortException e) {
      close();
      throw refused(e);
    } catch (LinkageError e) {
      close();
      throw fault(FaultCode.LINE_REFUSED,
          "jSSC's native library did not load, is the temp folder noexec? " + e, e);
    }
  }

  private Path realDevice() throws DeviceFaultException {
    try {
      return Path.of(name).toRealPath();
    } catch (IOException e) {
      throw fault(FaultCode.LINE_MISSING, "no such device", e);
    }
  }

  private PortLock takeLock(Path device) throws DeviceFaultException {
    try {
      return PortLock.take(device)
          .orElseThrow(() -> fault(FaultCode.PORT_BUSY, "another terminal has locked " + device, null));
    } catch (IOException e) {
      throw fault(FaultCode.LINE_REFUSED, "cannot lock " + PortLock.lockFile(device) + ": " + e, e);
    }
  }

  private SerialPort openedPort(Path device) throws SerialPortException {
    var candidate = new SerialPort(device.toString());
    candidate.openPort();
    try {
      boolean modemLinesSet = candidate.setParams(baud, SerialPort.DATABITS_8, SerialPort.STOPBITS_1,
          SerialPort.PARITY_NONE, true, true);
      if (!modemLinesSet) {
        LOG.debug("{} has no modem lines, taken as a pseudo-terminal", name);
      }
      return candidate;
    } catch (SerialPortException e) {
      candidate.closePort();
      throw e;
    }
  }

  private DeviceFaultException refused(SerialPortException e) {
    var code = switch (e.getExceptionType()) {
      case SerialPortException.TYPE_PORT_BUSY, SerialPortException.TYPE_PORT_ALREADY_OPENED ->
        FaultCode.PORT_BUSY;
      case SerialPortException.TYPE_PORT_NOT_FOUND -> FaultCode.LINE_MISSING;
      default -> FaultCode.LINE_REFUSED;
    };
    return fault(code, e.getExceptionType(), e);
  }

  @Override
  public void write(byte[] bytes) throws DeviceFaultException {
    try {
      if (!opened().writeBytes(bytes)) {
        throw lost("write was not taken", null);
      }
      lastWriteMillis = clock.millis();
    } catch (SerialPortException e) {
      throw lost(e.getExceptionType(), e);
    }
  }

  @Override
  public byte[] read(long timeoutMillis) throws DeviceFaultException, InterruptedException {
    long deadline = clock.millis() + timeoutMillis;
    while (true) {
      var bytes = readWaiting();
      long now = clock.millis();
      if (bytes.length > 0 || now >= deadline) {
        return bytes;
      }
      awaitBytes(deadline - now, now - lastWriteMillis < BUSY_AFTER_WRITE_MILLIS);
    }
  }

  private void awaitBytes(long longestMillis, boolean answerIsDue) throws InterruptedException {
    SerialReadiness wakes = readiness;
    if (wakes == null) {
      clock.await(Math.min(answerIsDue ? BUSY_POLL_MILLIS : IDLE_POLL_MILLIS, longestMillis));
    } else if (wakes.await(longestMillis)) {
      clock.await(GATHER_MILLIS);
    }
  }

  @Override
  public void discardInput() throws DeviceFaultException {
    while (readWaiting().length > 0) {
      // Each round takes what the kernel holds; purgePort would also do, but fails on some adapters.
    }
  }

  private byte[] readWaiting() throws DeviceFaultException {
    try {
      int waiting = opened().getInputBufferBytesCount();
      if (waiting < 0) {
        throw lost("input count " + waiting, null);
      }
      var bytes = waiting > 0 ? opened().readBytes(waiting) : null;
      return bytes == null ? NOTHING : bytes;
    } catch (SerialPortException e) {
      throw lost(e.getExceptionType(), e);
    }
  }

  private SerialPort opened() {
    if (port == null) {
      throw new IllegalStateException("serial line " + name + " is not open");
    }
    return port;
  }

  private DeviceFaultException lost(String detail, @Nullable Throwable cause) {
    close();
    return fault(FaultCode.LINE_LOST, detail, cause);
  }

  private DeviceFaultException fault(FaultCode code, String detail, @Nullable Throwable cause) {
    var fault = new DeviceFault(code, "line " + name, detail);
    return cause == null ? new DeviceFaultException(fault) : new DeviceFaultException(fault, cause);
  }

  @Override
  public void close() {
    try {
      if (port != null) {
        port.closePort();
      }
    } catch (SerialPortException e) {
      // A port whose adapter is gone cannot be closed properly; its descriptor is released all the same.
      LOG.debug("{} did not close cleanly: {}", name, e.getExceptionType());
    } finally {
      port = null;
      if (readiness != null) {
        readiness.close();
        readiness = null;
      }
      if (lock != null) {
        lock.close();
        lock = null;
      }
    }
  }
}

package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A device file that takes bytes and gives none, such as `/dev/usb/lp0`. Reading finds nothing and takes its time.
public final class DeviceFile implements SerialLine {

  private static final byte[] NOTHING = {};

  private final String name;
  private final MonotonicClock clock;
  private @Nullable OutputStream file;

  public DeviceFile(String name, MonotonicClock clock) {
    this.name = name;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void open() throws DeviceFaultException {
    try {
      // Never made: a plain file in place of a missing device would swallow receipts.
      file = Files.newOutputStream(Path.of(name), StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      throw fault(FaultCode.LINE_MISSING, e);
    } catch (AccessDeniedException e) {
      throw fault(FaultCode.LINE_REFUSED, e);
    } catch (IOException e) {
      throw fault(FaultCode.LINE_MISSING, e);
    }
  }

  @Override
  public boolean isOpen() {
    return file != null;
  }

  @Override
  public void write(byte[] bytes) throws DeviceFaultException {
    if (file == null) {
      throw new IllegalStateException(name + " is not open");
    }
    try {
      file.write(bytes);
      file.flush();
    } catch (IOException e) {
      close();
      throw fault(FaultCode.LINE_LOST, e);
    }
  }

  @Override
  public byte[] read(long timeoutMillis) throws InterruptedException {
    clock.await(timeoutMillis);
    return NOTHING;
  }

  @Override
  public void discardInput() {
    // There is none.
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // Every byte was flushed when it was written; what is lost was reported then.
    } finally {
      file = null;
    }
  }

  private DeviceFaultException fault(FaultCode code, IOException cause) {
    return new DeviceFaultException(new DeviceFault(code, "line " + name, cause.toString()), cause);
  }
}

package dev.counterfoil.terminal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceLockTest {

  @TempDir
  private Path folder;
  private Path bus;

  @BeforeEach
  void aBus() throws IOException {
    bus = Files.createFile(folder.resolve("i2c-1"));
  }

  @Test
  void aSecondTerminalOnTheSameDeviceIsRefusedUntilTheFirstLetsGo() throws Exception {
    var first = lock("-24");
    var second = lock("-24");
    first.take();

    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(second::take)
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(FaultCode.PORT_BUSY));

    first.release();
    first.release();
    second.take();
    second.release();
  }

  @Test
  void otherDevicesOnTheBusStayFree() throws Exception {
    var reader = lock("-24");
    var display = lock("-27");

    reader.take();
    display.take();

    reader.release();
    display.release();
  }

  @Test
  void takingItAgainChangesNothing() throws Exception {
    var lock = lock("-24");

    lock.take();
    lock.take();
    lock.release();

    var other = lock("-24");
    other.take();
    other.release();
  }

  @Test
  void aBusWithoutADeviceFileHasNothingToLock() throws Exception {
    var first = new DeviceLock("reader", folder.resolve("i2c-9"), "-24");
    var second = new DeviceLock("reader", folder.resolve("i2c-9"), "-24");

    first.take();
    second.take();

    assertThat(folder.resolve("i2c-9")).doesNotExist();
  }

  private DeviceLock lock(String part) {
    return new DeviceLock("reader", bus, part);
  }
}

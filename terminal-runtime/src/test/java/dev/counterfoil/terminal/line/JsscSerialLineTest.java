package dev.counterfoil.terminal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.sim.line.PtyLine;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over a real pseudo-terminal with the real native library.
class JsscSerialLineTest {

  private static final long ONE_SECOND_MICROS = 1_000_000;

  @TempDir
  private Path folder;
  private PtyLine farEnd;
  private JsscSerialLine line;

  @BeforeEach
  void plugIn() throws DeviceFaultException {
    farEnd = PtyLine.publishedAt(folder.resolve("tty"));
    line = lineAt(folder.resolve("tty"));
  }

  @AfterEach
  void unplug() {
    line.close();
    farEnd.close();
  }

  @Test
  void everyByteValuePassesBothWaysUnchanged() throws Exception {
    line.open();
    var all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }

    line.write(all);
    farEnd.write(all);

    assertThat(farEndReads(all.length)).isEqualTo(all);
    assertThat(lineReads(all.length)).isEqualTo(all);
  }

  @Test
  void aReadWithoutInputEndsInTime() throws Exception {
    line.open();
    long before = System.nanoTime();

    var bytes = line.read(30);

    assertThat(bytes).isEmpty();
    assertThat(System.nanoTime() - before).isBetween(29_000_000L, 500_000_000L);
  }

  @Test
  void discardedInputIsGone() throws Exception {
    line.open();
    farEnd.write(new byte[100]);
    assertThat(line.read(1000)).isNotEmpty();
    farEnd.write(new byte[100]);
    while (line.read(20).length > 0) {
      line.discardInput();
    }

    farEnd.write(new byte[] {7});

    assertThat(line.read(1000)).containsExactly(7);
  }

  @Test
  void aMissingDeviceHasItsCode() {
    assertFault(FaultCode.LINE_MISSING, lineAt(folder.resolve("nothing")));
  }

  @Test
  void aFileThatIsNoSerialPortIsRefused() throws IOException {
    assertFault(FaultCode.LINE_REFUSED, lineAt(Files.writeString(folder.resolve("file"), "no port")));
  }

  @Test
  void theSamePortByAnotherNameIsBusy() throws Exception {
    line.open();
    var other = lineAt(Files.createSymbolicLink(folder.resolve("alias"), Path.of(farEnd.slavePath())));

    assertFault(FaultCode.PORT_BUSY, other);
    line.close();
    other.open();

    assertThat(other.isOpen()).isTrue();
    other.close();
  }

  @Test
  void aPortHeldByAnotherProcessIsBusyUntilThatProcessDies() throws Exception {
    var holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), PortHolder.class.getName(),
        farEnd.slavePath()).redirectErrorStream(true).start();
    assertThat(holder.inputReader().readLine()).isEqualTo("held");
    assertFault(FaultCode.PORT_BUSY, line);

    holder.destroyForcibly().waitFor();
    line.open();

    assertThat(line.isOpen()).isTrue();
  }

  @Test
  void aPulledPlugIsALostLineThatCanBeOpenedAgainByName() throws Exception {
    line.open();
    farEnd.unplug();
    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(() -> line.read(1000))
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(FaultCode.LINE_LOST));
    assertThat(line.isOpen()).isFalse();
    assertFault(FaultCode.LINE_MISSING, line);

    farEnd.replug();
    line.open();
    farEnd.write(new byte[] {42});

    assertThat(line.read(1000)).containsExactly(42);
  }

  private JsscSerialLine lineAt(Path path) {
    return new JsscSerialLine(path.toString(), 115_200, MonotonicClock.system());
  }

  private static void assertFault(FaultCode code, JsscSerialLine line) {
    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(line::open)
        .satisfies(e -> assertThat(e.fault().code()).isEqualTo(code));
    assertThat(line.isOpen()).isFalse();
  }

  private byte[] lineReads(int count) throws DeviceFaultException, InterruptedException {
    var all = new byte[0];
    while (all.length < count) {
      var bytes = line.read(1000);
      assertThat(bytes).isNotEmpty();
      all = join(all, bytes);
    }
    return all;
  }

  private byte[] farEndReads(int count) {
    var all = new byte[0];
    while (all.length < count) {
      var bytes = farEnd.read(ONE_SECOND_MICROS);
      assertThat(bytes).isNotEmpty();
      all = join(all, bytes);
    }
    return all;
  }

  private static byte[] join(byte[] left, byte[] right) {
    var joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }
}

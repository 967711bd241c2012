package dev.counterfoil.sim.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jssc.SerialPort;
import jssc.SerialPortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The other side is jSSC, a third party's view of a serial port.
@Timeout(10)
class PtyLineTest {
  private static final long SECOND_MICROS = 1_000_000;

  @TempDir
  Path folder;

  @Test
  void bytesPassUnchangedBothWays() throws Exception {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    try (PtyLine line = PtyLine.publishedAt(folder.resolve("tty"))) {
      SerialPort port = opened("tty");

      port.writeBytes(every);
      assertThat(readExactly(line, 256)).isEqualTo(every);
      line.write(every);
      assertThat(port.readBytes(256, 2_000)).isEqualTo(every);
      port.closePort();
    }
  }

  @Test
  void aFreshLineDoesNotEchoBeforeItsOpenerSetsAMode() throws Exception {
    try (PtyLine line = PtyLine.publishedAt(folder.resolve("tty"))) {
      line.write(new byte[] {1, 2, 3});
      try (var raw = new FileInputStream(folder.resolve("tty").toFile())) {
        line.write("echo?\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(line.read(50_000)).as("what the model hears of its own words").isEmpty();
        assertThat(raw.readNBytes(9)).endsWith("echo?\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  @Test
  void theLineSurvivesItsOpenersAndKeepsNothingForTheNext() throws Exception {
    try (PtyLine line = PtyLine.publishedAt(folder.resolve("tty"))) {
      for (int round = 0; round < 3; round++) {
        SerialPort port = opened("tty");
        port.writeBytes(new byte[] {(byte) round});
        assertThat(readExactly(line, 1)).containsExactly(round);
        port.closePort();
        assertThat(line.read(1_000)).isEmpty();
        line.write(new byte[] {99});
        assertThat(line.lostBytes()).isEqualTo(round + 1);
      }
      SerialPort port = opened("tty");
      line.write(new byte[] {7});
      assertThat(port.readBytes(1, 2_000)).as("no byte of a closed time").containsExactly(7);
      port.closePort();
    }
  }

  @Test
  void theOpenersSpeedIsSeen() throws Exception {
    try (PtyLine line = PtyLine.publishedAt(folder.resolve("tty"))) {
      SerialPort port = opened("tty");

      assertThat(line.speedCode()).isEqualTo(0x1002);
      port.setParams(9_600, 8, 1, 0);
      assertThat(line.speedCode()).isEqualTo(0x000D);
      port.closePort();
    }
  }

  @Test
  void unpluggingIsAnErrorForTheOpenerAndReplugWorksUnderTheSameName() throws Exception {
    try (PtyLine line = PtyLine.publishedAt(folder.resolve("tty"))) {
      SerialPort port = opened("tty");

      line.unplug();

      assertThat(Files.exists(folder.resolve("tty"), LinkOption.NOFOLLOW_LINKS)).isFalse();
      assertThatThrownBy(() -> {
        port.writeBytes(new byte[] {1});
        port.getInputBufferBytesCount();
      }).isInstanceOf(SerialPortException.class);
      line.replug();
      SerialPort again = opened("tty");
      again.writeBytes(new byte[] {5});
      assertThat(readExactly(line, 1)).containsExactly(5);
      again.closePort();
    }
  }

  @Test
  void aWaitingReadEndsOnWakeUpUnplugAndClose() throws Exception {
    PtyLine line = PtyLine.open();
    for (Runnable ending : new Runnable[] {line::wakeUp, line::unplug, line::close}) {
      CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> line.read(SimLine.FOREVER_MICROS));

      ending.run();

      assertThat(read.get(2, TimeUnit.SECONDS)).isEmpty();
    }
    assertThat(line.closed()).isTrue();
    assertThat(line.read(SECOND_MICROS)).isEmpty();
  }

  @Test
  void theLinkGoesWithTheLine() {
    Path link = folder.resolve("tty");

    PtyLine.publishedAt(link).close();

    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void anExistingFileIsNeverReplacedButADeadLinkIs() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Path dead = Files.createSymbolicLink(folder.resolve("dead"), Path.of("/dev/pts/99999"));

    assertThatThrownBy(() -> PtyLine.publishedAt(file)).isInstanceOf(LineException.class)
        .hasMessageStartingWith("SIM-LINK-EXISTS").hasMessageContaining(file.toString());
    PtyLine.publishedAt(dead).close();

    assertThat(file).hasContent("precious");
  }

  @Test
  void aMissingFolderHasItsOwnCode() {
    assertThatThrownBy(() -> PtyLine.publishedAt(folder.resolve("no/tty"))).isInstanceOf(LineException.class)
        .hasMessageStartingWith("SIM-LINK-DIR");
  }

  private SerialPort opened(String name) throws SerialPortException {
    SerialPort port = new SerialPort(folder.resolve(name).toString());
    port.openPort();
    // Answers false on a pty although the mode is applied: there are no modem lines.
    port.setParams(115_200, 8, 1, 0);
    return port;
  }

  private static byte[] readExactly(PtyLine line, int count) {
    byte[] got = new byte[0];
    while (got.length < count) {
      byte[] more = line.read(2 * SECOND_MICROS);
      if (more.length == 0) {
        return got;
      }
      int before = got.length;
      got = Arrays.copyOf(got, before + more.length);
      System.arraycopy(more, 0, got, before, more.length);
    }
    return got;
  }
}

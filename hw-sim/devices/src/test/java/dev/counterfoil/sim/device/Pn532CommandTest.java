package dev.counterfoil.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.board.BoardProtocol;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jssc.SerialPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class Pn532CommandTest {
  @TempDir
  Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
  private final Pn532Command command = new Pn532Command(
      new PrintStream(printed, true, StandardCharsets.UTF_8),
      new PrintStream(complaints, true, StandardCharsets.UTF_8));

  private int run(String... args) {
    return command.run(args, new CountDownLatch(0));
  }

  private String complaint() {
    return complaints.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aReaderServesItsLinkUntilItIsToldToEnd() throws Exception {
    Path link = folder.resolve("reader");
    CountDownLatch end = new CountDownLatch(1);
    var exit = CompletableFuture.supplyAsync(() -> command.run(
        new String[] {"--link", link.toString(), "--card", "classic1k:04A1B2C3", "--trace"}, end));
    while (!Files.exists(link)) {
      Thread.onSpinWait();
    }
    SerialPort port = new SerialPort(link.toString());
    port.openPort();
    port.setParams(115_200, 8, 1, 0);

    port.writeBytes(HexFormat.of().parseHex("5555" + "00".repeat(14) + "0000FF03FDD414011700"));
    port.readBytes(15, 2_000);
    port.writeBytes(HexFormat.of().parseHex("0000FF04FCD44A0100E100"));
    byte[] heard = port.readBytes(25, 2_000);
    port.closePort();
    end.countDown();

    assertThat(exit.get(5, TimeUnit.SECONDS)).isZero();
    assertThat(HexFormat.of().formatHex(heard)).contains("04a1b2c3");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("PN532 at " + link, "classic1k:04A1B2C3",
        "-> wake-up\n", "-> SAMConfiguration 01\n", "<- ACK\n", "<- SAMConfiguration\n",
        "-> InListPassiveTarget 01 00\n", "<- InListPassiveTarget 01 01 00 04 08 04 04 A1 B2 C3\n");
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void onI2cAReaderIsOnABoardAtTheSocket() throws Exception {
    Path socket = folder.resolve("board.sock");
    CountDownLatch end = new CountDownLatch(1);
    var exit = CompletableFuture.supplyAsync(() -> command.run(
        new String[] {"--link", socket.toString(), "--bus", "i2c", "--trace"}, end));
    while (!printed.toString(StandardCharsets.UTF_8).contains("PN532 at")) {
      Thread.onSpinWait();
    }
    BoardProtocol.Messages messages = new BoardProtocol.Messages();
    try (SocketChannel board = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      messages.compose().put(new byte[] {BoardProtocol.HELLO, BoardProtocol.VERSION, BoardProtocol.REQUESTS});
      messages.send(board);
      messages.receive(board);
      messages.compose().put(BoardProtocol.I2C_WRITE).put((byte) 1).put((byte) 0x24)
          .put(HexFormat.of().parseHex("0000FF02FED4022A00"));
      messages.send(board);
      messages.receive(board);
    }
    end.countDown();

    assertThat(exit.get(5, TimeUnit.SECONDS)).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("PN532 at " + socket + " (I2C)",
        "-> GetFirmwareVersion\n");
    assertThat(Files.exists(socket)).isFalse();
  }

  @Test
  void aBadCardSpecHasItsCode() {
    assertThat(run("--link", folder.resolve("r").toString(), "--card", "visa:1")).isEqualTo(2);
    assertThat(complaint()).startsWith("SIM-CARD-SPEC: ");
  }

  @Test
  void anExistingPathIsLeftAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "precious");

    assertThat(run("--link", file.toString())).isEqualTo(3);

    assertThat(complaint()).startsWith("SIM-LINK-EXISTS: " + file);
    assertThat(file).hasContent("precious");
  }

  @Test
  void wrongArgumentsShowTheUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--link")).isEqualTo(2);
    assertThat(run("--speed", "9600")).isEqualTo(2);
    assertThat(run("--link", "x", "--card", "ntag:04112233445566", "--card", "ntag:04112233445567", "--card",
        "ntag:04112233445568")).isEqualTo(2);

    assertThat(run("--link", "x", "--bus", "usb")).isEqualTo(2);
    assertThat(complaint()).contains("SIM-ARGS: --bus is hsu, i2c or spi", "SIM-ARGS: --link is missing",
        "SIM-ARGS: --link needs a value",
        "SIM-ARGS: unknown argument --speed", "(see --help)", "at most 2 cards");
  }

  @Test
  void theTraceHidesKeysAndNamesWhatItCannotRead() {
    FrameText trace = new FrameText(false);

    assertThat(trace.describe(HexFormat.of()
        .parseHex("0000FF0FF1D440016004A0A1A2A3A4A504A1B2C3" + "0F00"))).contains("key hidden 04 A1 B2 C3")
        .doesNotContain("A0 A1");
    assertThat(trace.describe(HexFormat.of().parseHex("ABCD0000FFFF0000")))
        .isEqualTo("-> ? AB CD\n-> NACK\n");
    assertThat(trace.describe(HexFormat.of().parseHex("0000FF02"))).isEmpty();
    assertThat(trace.describe(HexFormat.of().parseHex("FED4022A00"))).isEqualTo("-> GetFirmwareVersion\n");
  }
}

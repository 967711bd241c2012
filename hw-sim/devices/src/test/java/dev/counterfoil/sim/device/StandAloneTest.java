package dev.counterfoil.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.oled.OledKind;
import dev.counterfoil.sim.device.printer.Printed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that run one device by itself.
class StandAloneTest {
  @TempDir
  private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private final CountDownLatch atOnce = new CountDownLatch(0);

  @Test
  void aPrinterSaysWhereItIsAndLeavesNothingBehind() {
    Path link = folder.resolve("printer.tty");

    assertThat(printer("--link", link.toString())).isZero();

    assertThat(text(printed)).startsWith("printer at " + link);
    assertThat(Files.exists(link)).isFalse();
  }

  @Test
  void aDisplaySaysWhereItIs() {
    OledCommand command = new OledCommand(OledKind.SH1106, stream(printed), stream(complained));

    assertThat(command.run(new String[] {"--socket", folder.resolve("b.sock").toString()}, atOnce)).isZero();

    assertThat(text(printed)).contains("SH1106 at bus 1 address 0x3C: -Dcounterfoil.sim.socket=");
  }

  @Test
  void wrongArgumentsAreToldAndEndWithTwo() {
    assertThat(printer()).isEqualTo(2);
    assertThat(printer("--link")).isEqualTo(2);
    assertThat(printer("--linc", "x")).isEqualTo(2);
    assertThat(printer("--link", folder.resolve("p").toString(), "--columns", "many")).isEqualTo(2);

    assertThat(text(complained)).contains("SIM-ARGS: --link is missing", "--link needs a value",
        "unknown argument --linc", "\"many\"");
  }

  @Test
  void aPathThatCannotBeUsedEndsWithThree() {
    assertThat(printer("--link", folder.resolve("no/such/folder").toString())).isEqualTo(3);
  }

  @Test
  void theRollIsReadableOnAConsole() {
    assertThat(PrinterCommand.shown(new Printed.Line("余额", true, false, true), 12)).isEqualTo("|   *余额*");
    assertThat(PrinterCommand.shown(new Printed.Line("AB", false, true, false), 12)).isEqualTo("|A B");
    assertThat(PrinterCommand.shown(new Printed.Qr("X-1", 5, 'M'), 12)).isEqualTo("|[QR code: X-1]");
    assertThat(PrinterCommand.shown(new Printed.Cut(false), 4)).isEqualTo("- - cut");
    assertThat(PrinterCommand.shown(new Printed.DrawerPulse(0, 100), 4))
        .isEqualTo("(drawer 1 opens: 100 ms)");
  }

  private int printer(String... args) {
    return new PrinterCommand(stream(printed), stream(complained)).run(args, atOnce);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

package dev.counterfoil.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class HardwareCommandTest {
  @TempDir
  Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
  private final HardwareCommand command = new HardwareCommand(
      new PrintStream(printed, true, StandardCharsets.UTF_8),
      new PrintStream(complaints, true, StandardCharsets.UTF_8));

  private String out() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void wordsWorkTheHardwareAndTheFilesGoAtTheEnd() {
    String typed = """
        card classic1k:04A1B2C3
        show
        remove
        show
        key 5
        unplug reader
        plug reader
        hang silent
        reset reader
        power
        quit
        """;

    int code = command.run(new String[] {"--folder", folder.resolve("t").toString()},
        new StringReader(typed));

    assertThat(code).isZero();
    assertThat(out())
        .contains("reader: " + folder.resolve("t/reader.tty"), "cards 1", "cards 0",
            "|████████████████|")
        .doesNotContain("SIM-");
    assertThat(folder.resolve("t")).isEmptyDirectory();
  }

  @Test
  void theReaderMayBeOnAnotherBus() {
    int code = command.run(new String[] {"--folder", folder.resolve("t").toString(), "--reader", "i2c"},
        new StringReader("card classic1k:04A1B2C3\nunplug reader\nplug reader\nshow\n"));

    assertThat(code).isZero();
    assertThat(out()).contains("reader: i2c 1/0x24", "cards 1").doesNotContain("SIM-");
  }

  @Test
  void wordsNobodyKnowsAndBadCardsAreAnsweredAndNothingStops() {
    int code = command.run(new String[] {"--folder", folder.resolve("t").toString(), "--lcd", "20x4"},
        new StringReader("dance\ncard visa:1\nkey x\nshow\n"));

    assertThat(code).isZero();
    assertThat(out()).contains("SIM-WORD: not understood", "SIM-CARD-SPEC: ", "no key 'x'",
        "|████████████████████|");
  }

  @Test
  void wrongArgumentsAndAnUnusableFolderHaveTheirCodes() throws Exception {
    assertThat(command.run(new String[] {}, new StringReader(""))).isEqualTo(2);
    assertThat(command.run(new String[] {"--folder", "x", "--lcd", "8x1"}, new StringReader("")))
        .isEqualTo(2);
    assertThat(command.run(new String[] {"--folder", "x", "--reader", "usb"}, new StringReader("")))
        .isEqualTo(2);
    Path file = Files.writeString(folder.resolve("file"), "precious");
    assertThat(command.run(new String[] {"--folder", file.toString()}, new StringReader(""))).isEqualTo(3);

    assertThat(complaints.toString(StandardCharsets.UTF_8)).contains("SIM-ARGS: --folder PATH is missing",
        "SIM-ARGS: --lcd is 16x2 or 20x4", "SIM-ARGS: --reader is hsu, i2c or spi", "SIM-FOLDER: ");
  }
}

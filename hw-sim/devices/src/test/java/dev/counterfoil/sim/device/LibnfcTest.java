package dev.counterfoil.sim.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.ClassicCard;
import dev.counterfoil.sim.device.pn532.Pn532Reader;
import dev.counterfoil.sim.line.PtyLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The reader model against libnfc 1.8, somebody else's driver for the real chip, as Debian ships it
/// (libnfc-bin).
@Timeout(30)
class LibnfcTest {
  @TempDir
  Path folder;

  /// Runs one of libnfc's tools on a reader with these cards and returns what it printed.
  private String run(Stream<Card> cards, String... command) throws IOException, InterruptedException {
    assumeInstalled(command[0]);
    Path link = folder.resolve("reader");
    try (PtyLine pty = PtyLine.publishedAt(link);
        Pn532Reader reader = Pn532Reader.on(pty).checksSpeedOf(pty).start()) {
      cards.forEach(reader.field()::put);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(folder.resolve("printed").toFile());
      builder.environment().put("LIBNFC_DEFAULT_DEVICE", "pn532_uart:" + link);
      Process process = builder.start();
      try {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("%s ended", command[0]).isTrue();
      } finally {
        process.destroyForcibly();
      }
      String printed = Files.readString(folder.resolve("printed"), StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(printed).isZero();
      return printed;
    }
  }

  /// With CI set a missing tool is a failure, because the test command installs what the tests need.
  private static void assumeInstalled(String tool) {
    if (System.getenv("CI") == null) {
      assumeTrue(Stream.of(System.getenv("PATH").split(":")).map(Path::of)
          .anyMatch(bin -> Files.isExecutable(bin.resolve(tool))),
          tool + " is not installed: apt-get install libnfc-bin");
    }
  }

  @Test
  void nfcListFindsBothCardsOnTheReader() throws Exception {
    String printed = run(
        Stream.of(CardSpec.parse("classic1k:04A1B2C3"), CardSpec.parse("desfire:04112233445566")),
        "nfc-list");

    assertThat(printed).contains("2 ISO14443A passive target(s) found", "04  a1  b2  c3",
        "04  11  22  33  44  55  66",
        "ATS: 75  77  81  02  80");
  }

  @Test
  void nfcMfclassicReadsEveryBlockOfACard() throws Exception {
    ClassicCard card = (ClassicCard) CardSpec.parse("classic1k:04A1B2C3");
    for (int block = 4; block < 64; block++) {
      if (block % 4 != 3) {
        card.poke(block, "block %010d".formatted(block).getBytes(StandardCharsets.US_ASCII));
      }
    }
    Path dump = folder.resolve("dump.mfd");

    String printed = run(Stream.of(card), "nfc-mfclassic", "r", "a", "u", dump.toString());

    assertThat(printed).contains("64 of 64 blocks read");
    byte[] read = Files.readAllBytes(dump);
    assertThat(read).hasSize(1_024);
    for (int block = 4; block < 64; block += 4) {
      assertThat(Arrays.copyOfRange(read, 16 * block, 16 * block + 16)).as("block %d", block)
          .isEqualTo(card.peek(block));
    }
  }
}

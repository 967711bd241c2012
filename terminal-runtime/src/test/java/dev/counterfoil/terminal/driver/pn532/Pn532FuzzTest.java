package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes come from the wire: no exception leaves the driver, it ends in time, and the decoder finds the same
/// frames however the bytes are cut into pieces.
///
/// An input is a row of pieces, each a byte that tells its length (modulo 64) and so many bytes. The committed ones run
/// in the ordinary lane, without Jazzer's instrumentation, which would slow every other test of the module down. With
/// `-Pnightly` Jazzer looks for new ones; one that fails is put beside them.
class Pn532FuzzTest {

  private static final Path INPUTS = Path.of("src/test/resources/dev/counterfoil/terminal/driver/pn532",
      "Pn532FuzzTestInputs", "jazzerFindsNoBytesThatBreakTheDriver");
  /// Held, or the level set on it would be forgotten with the logger.
  private static final Logger DRIVER_LOG = Logger.getLogger(Pn532Polling.class.getName());
  private static final int LONGEST_PIECE = 64;
  private static final int TURNS = 6;

  @BeforeAll
  static void keepTheLogShort() {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    DRIVER_LOG.setLevel(null);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void noBytesOfTheCollectionBreakTheDriver(Path input) throws Exception {
    breaksNothing(Files.readAllBytes(input));
  }

  static Stream<Path> inputs() throws IOException {
    try (var files = Files.list(INPUTS)) {
      return files.sorted().toList().stream();
    }
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "5m")
  void jazzerFindsNoBytesThatBreakTheDriver(byte[] input) throws InterruptedException {
    breaksNothing(input);
  }

  private static void breaksNothing(byte[] input) throws InterruptedException {
    var pieces = pieces(input);

    assertThat(decoded(pieces)).isEqualTo(decoded(List.of(joined(pieces))));
    poll(pieces);
  }

  private static List<byte[]> pieces(byte[] input) {
    var pieces = new ArrayList<byte[]>();
    for (int at = 0; at < input.length;) {
      int end = Math.min(input.length, at + 1 + (input[at] & 0xFF) % LONGEST_PIECE);
      pieces.add(Arrays.copyOfRange(input, at + 1, end));
      at = end;
    }
    return pieces;
  }

  private static byte[] joined(List<byte[]> pieces) {
    var all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /// The good frames only: how noise and damage are counted depends on where the pieces end.
  private static List<String> decoded(List<byte[]> pieces) {
    var decoder = new Pn532FrameDecoder();
    decoder.requirePostamble(true);
    var found = new ArrayList<Pn532Input>();
    pieces.forEach(piece -> found.addAll(decoder.feed(piece)));
    found.addAll(decoder.abandon());
    return found.stream().map(Pn532FuzzTest::describe).filter(text -> !text.isEmpty()).toList();
  }

  private static String describe(Pn532Input input) {
    return switch (input) {
      case Pn532Input.Information(int direction, byte[] data) ->
        direction + " " + HexFormat.of().formatHex(data);
      case Pn532Input.Ack() -> "ack";
      case Pn532Input.Nack() -> "nack";
      case Pn532Input.SyntaxError() -> "error";
      case Pn532Input.Damaged _,Pn532Input.Noise _ -> "";
    };
  }

  private static void poll(List<byte[]> pieces) throws InterruptedException {
    var clock = new FakeClock();
    var line = new FuzzedLine(pieces, clock);
    var polling = new Pn532Polling(new SerialWire(line), clock, Pn532Settings.defaults(), Optional.empty(),
        event -> {
        });
    for (int turn = 0; turn < TURNS; turn++) {
      polling.turn();
    }
    assertThat(clock.millis()).as("ends in time").isLessThan(60_000);
  }

  /// Says one piece after the other, whatever it is told, and then nothing. It cannot discard: what comes late comes.
  private static final class FuzzedLine implements SerialLine {

    private final List<byte[]> pieces;
    private final FakeClock clock;
    private int next;
    private boolean open;

    FuzzedLine(List<byte[]> pieces, FakeClock clock) {
      this.pieces = pieces;
      this.clock = clock;
    }

    @Override
    public String name() {
      return "fuzzed";
    }

    @Override
    public void open() {
      open = true;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void write(byte[] bytes) {
      // Nobody listens.
    }

    @Override
    public byte[] read(long timeoutMillis) {
      if (next == pieces.size()) {
        clock.advance(timeoutMillis);
        return new byte[0];
      }
      clock.advance(1);
      return pieces.get(next++);
    }

    @Override
    public void discardInput() {
      // What is late comes after the discarding.
    }

    @Override
    public void close() {
      open = false;
    }
  }
}

package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.terminal.fuzz.FuzzInput;
import dev.counterfoil.terminal.fuzz.FuzzedLine;
import dev.counterfoil.terminal.line.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/// Whatever bytes come from the wire ([FuzzInput]): no exception leaves the driver, it ends in time, and the decoder finds
/// the same frames however the bytes are cut into pieces.
class Pn532FuzzTest {

  /// Held, or the level set on it would be forgotten with the logger.
  private static final Logger DRIVER_LOG = Logger.getLogger(Pn532Polling.class.getName());
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

  static Stream<Path> inputs() {
    return FuzzInput.committed(Pn532FuzzTest.class, "jazzerFindsNoBytesThatBreakTheDriver");
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "5m")
  void jazzerFindsNoBytesThatBreakTheDriver(byte[] input) throws InterruptedException {
    breaksNothing(input);
  }

  private static void breaksNothing(byte[] input) throws InterruptedException {
    var pieces = FuzzInput.pieces(input);

    assertThat(decoded(pieces)).isEqualTo(decoded(List.of(FuzzInput.joined(pieces))));
    poll(pieces);
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
}

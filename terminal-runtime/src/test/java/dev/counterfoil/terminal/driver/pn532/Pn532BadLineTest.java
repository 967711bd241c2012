package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.FakeClock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the wire does: never a UID that is on no card, and an end in success or in a clear fault.
class Pn532BadLineTest {

  private static final int TURNS = 400;
  /// Held, or the level set on it would be forgotten with the logger.
  private static final Logger DRIVER_LOG = Logger.getLogger(Pn532Polling.class.getName());

  @BeforeAll
  static void keepTheLogShort() {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    DRIVER_LOG.setLevel(null);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aDamagedWireNeverGivesAWrongUid(long seed) throws InterruptedException {
    var random = new Random(seed);
    var clock = new FakeClock();
    var uid = uid(random);
    var line = new BadLine(clock, random, 0.05 + random.nextDouble() * 0.5, uid);
    var events = new ArrayList<ReaderEvent>();
    var polling = new Pn532Polling(new SerialWire(line), clock, Pn532Settings.defaults(), Optional.empty(),
        events::add);

    for (int turn = 0; turn < TURNS; turn++) {
      polling.turn();
    }

    assertThat(presented(events)).as("seed %d", seed)
        .allSatisfy(found -> assertThat(found).as("seed %d", seed).isEqualTo(HexFormat.of().formatHex(uid)));
    assertThat(events).as("seed %d", seed)
        .anyMatch(event -> event instanceof ReaderEvent.ReaderRecovered
            || event instanceof ReaderEvent.ReaderFault);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aWireThatGetsWellAgainGivesTheCardAgain(long seed) throws InterruptedException {
    var random = new Random(seed);
    var clock = new FakeClock();
    var line = new BadLine(clock, random, 0.3, new byte[0]);
    var events = new ArrayList<ReaderEvent>();
    var polling = new Pn532Polling(new SerialWire(line), clock, Pn532Settings.defaults(), Optional.empty(),
        events::add);
    for (int turn = 0; turn < 100; turn++) {
      polling.turn();
    }
    assertThat(presented(events)).as("seed %d", seed).isEmpty();
    var uid = uid(random);

    line.replaceCard(uid);
    for (int turn = 0; turn < TURNS && presented(events).isEmpty(); turn++) {
      polling.turn();
    }

    assertThat(presented(events)).as("seed %d", seed).containsExactly(HexFormat.of().formatHex(uid));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 150);
  }

  private static byte[] uid(Random random) {
    var uid = new byte[random.nextBoolean() ? 4 : 7];
    random.nextBytes(uid);
    // Start codes inside a UID are legal and the hardest case for a decoder that looks for them.
    if (random.nextBoolean()) {
      System.arraycopy(new byte[] {0, (byte) 0xFF, 0, (byte) 0xFF}, 0, uid, 0, 4);
    }
    return uid;
  }

  private static List<String> presented(List<ReaderEvent> events) {
    return events.stream().filter(ReaderEvent.CardPresented.class::isInstance)
        .map(ReaderEvent.CardPresented.class::cast)
        .map(event -> HexFormat.of().formatHex(event.card().uid())).toList();
  }
}

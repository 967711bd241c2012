package dev.counterfoil.terminal.driver.wiegand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.sim.device.board.BoardServer;
import dev.counterfoil.sim.device.board.SimBoard;
import dev.counterfoil.sim.device.wiegand.WiegandBits;
import dev.counterfoil.sim.device.wiegand.WiegandWires;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.wiegand.WiegandFrame.Reading;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.PiBoard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiegandTest {

  private static final WiegandSettings SHORT = new WiegandSettings(23, 24, 26, false, 50, 1_500);
  private static final WiegandSettings LONG = new WiegandSettings(23, 24, 34, false, 50, 1_500);
  private static final long BETWEEN_MICROS = 2_000;

  @TempDir
  Path folder;

  /// Facility 1, card 1, by hand: even parity over 00000001 0000 is 1, odd over 000000000001 is 0.
  @Test
  void framesHaveTheParitiesOfTheForm() {
    String one = "1" + "00000001" + "0000000000000001" + "0";
    assertThat(WiegandBits.of26(1, 1)).isEqualTo(one);
    assertThat(uid(read(SHORT, one))).isEqualTo("1a00010001");
    assertThat(uid(read(SHORT, WiegandBits.of26(255, 65_535)))).isEqualTo("1a00ffffff");
    assertThat(uid(read(LONG, WiegandBits.of34(0x04A1B2C3L)))).isEqualTo("04a1b2c3");
    assertThat(uid(read(new WiegandSettings(23, 24, 34, true, 50, 1_500), WiegandBits.of34(0x04A1B2C3L))))
        .isEqualTo("c3b2a104");
  }

  @Test
  void oneWrongMissingOrAddedBitIsAFaultAndNeverAnotherNumber() {
    for (var form : List.of(SHORT, LONG)) {
      for (long seed = 1; seed <= 200; seed++) {
        var random = new Random(seed);
        String good = form == SHORT
            ? WiegandBits.of26(random.nextInt(256), random.nextInt(65_536))
            : WiegandBits.of34(random.nextInt() & 0xFFFF_FFFFL);
        int at = random.nextInt(good.length());
        char other = good.charAt(at) == '1' ? '0' : '1';

        assertThat(read(form, good)).as("seed %d", seed).isInstanceOf(Reading.Card.class);
        assertThat(read(form, good.substring(0, at) + other + good.substring(at + 1))).as("seed %d", seed)
            .isEqualTo(new Reading.Damaged("parity"));
        assertThat(read(form, good.substring(0, at) + good.substring(at + 1))).as("seed %d", seed)
            .isInstanceOf(Reading.Damaged.class);
        assertThat(read(form, good.substring(0, at) + other + good.substring(at))).as("seed %d", seed)
            .isInstanceOf(Reading.Damaged.class);
      }
    }
  }

  @Test
  void ringingMarksItsFrameAndTheNextOneIsGoodAgain() {
    var pulses = new WiegandPulses(SHORT);
    long at = 1_000_000;
    String good = WiegandBits.of26(7, 7);
    for (char bit : good.toCharArray()) {
      at += BETWEEN_MICROS;
      pulses.pulse(bit == '1', at);
    }
    pulses.pulse(false, at + 20);
    var damaged = pulses.pulse(good.charAt(0) == '1', at + 60_000);
    assertThat(damaged.orElseThrow()).isEqualTo(new Reading.Damaged("27 bits instead of 26"));
    at += 60_000;
    for (char bit : good.substring(1).toCharArray()) {
      at += BETWEEN_MICROS;
      assertThat(pulses.pulse(bit == '1', at)).isEmpty();
    }
    assertThat(pulses.silence(at + 49_000)).isEmpty();
    assertThat(pulses.silence(at + 50_000)).isPresent().get().isInstanceOf(Reading.Card.class);
    assertThat(pulses.silence(at + 500_000)).isEmpty();
  }

  @Test
  void twoFramesWithoutSilenceAndEndlessPulsesAreDamaged() {
    assertThat(read(SHORT, WiegandBits.of26(1, 1) + WiegandBits.of26(1, 1)))
        .isEqualTo(new Reading.Damaged("52 bits instead of 26"));
    assertThat(read(SHORT, "01".repeat(500))).isEqualTo(new Reading.Damaged("1000 bits instead of 26"));
    var lossy = new WiegandPulses(SHORT);
    lossy.lost();
    assertThat(lossy.silence(10_000_000)).contains(new Reading.Damaged("pulses were lost"));
  }

  @Test
  void whatFitsNoReaderIsRefused() {
    assertThatThrownBy(() -> new WiegandSettings(1, 2, 37, false, 50, 1_500))
        .hasMessageContaining("26 or 34");
    assertThatThrownBy(() -> new WiegandSettings(1, 2, 26, false, 1, 1_500)).hasMessageContaining("5 to 500");
  }

  /// The driver on the real board library, over a simulated board.
  @Test
  void aCardComesOnceGoesAndADamagedOneIsTold() throws InterruptedException {
    var board = new SimBoard(() -> System.nanoTime() / 1_000);
    var wires = new WiegandWires(board.line(23), board.line(24));
    var socket = folder.resolve("board.sock");
    String before = System.getProperty("counterfoil.sim.socket");
    System.setProperty("counterfoil.sim.socket", socket.toString());
    var events = new LinkedBlockingQueue<ReaderEvent>();
    try (var _ = BoardServer.serve(board, socket);
        var reader = new WiegandReader(PiBoard::open, new WiegandSettings(23, 24, 26, false, 100, 300),
            new ImpatientClock())) {
      reader.start(events::add);
      assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(ReaderEvent.ReaderRecovered.class);

      awaitEars(wires, events);

      wires.send(WiegandBits.of26(12, 3_456));
      assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(ReaderEvent.CardPresented.class,
          event -> {
            assertThat(HexFormat.of().formatHex(event.card().uid())).isEqualTo("1a000c0d80");
            assertThat(event.card().technology()).isEqualTo(CardTechnology.NUMBER);
          });
      assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(ReaderEvent.CardRemoved.class);

      wires.send(WiegandBits.of26(12, 3_456).substring(1));
      assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(ReaderEvent.CardMisread.class,
          event -> assertThat(event.fault().code()).isEqualTo(FaultCode.CARD_MISREAD));
    } finally {
      restore(before);
    }
  }

  /// The simulated board tells edges over a connection of its own, which may come up a moment after the first.
  private static void awaitEars(WiegandWires wires, LinkedBlockingQueue<ReaderEvent> events)
      throws InterruptedException {
    for (String wire : List.of("0", "1")) {
      do {
        wires.send(wire);
      } while (events.poll(500, TimeUnit.MILLISECONDS) == null);
    }
  }

  private static void restore(@Nullable String before) {
    if (before == null) {
      System.clearProperty("counterfoil.sim.socket");
    } else {
      System.setProperty("counterfoil.sim.socket", before);
    }
  }

  private static Reading read(WiegandSettings settings, String bits) {
    var pulses = new WiegandPulses(settings);
    long at = 0;
    var found = new ArrayList<Reading>();
    for (char bit : bits.toCharArray()) {
      at += BETWEEN_MICROS;
      pulses.pulse(bit == '1', at).ifPresent(found::add);
    }
    pulses.silence(at + 1_000_000).ifPresent(found::add);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static String uid(Reading reading) {
    return Optional.of(reading).filter(Reading.Card.class::isInstance)
        .map(card -> HexFormat.of().formatHex(((Reading.Card) card).identity().uid())).orElse("damaged");
  }
}

package dev.counterfoil.terminal.driver.keypad;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.fuzz.FuzzInput;
import dev.counterfoil.terminal.fuzz.FuzzedLine;
import dev.counterfoil.terminal.fuzz.QuietUpkeep;
import dev.counterfoil.terminal.line.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a keypad says: no exception leaves the driver, and every key is one of the table, said by its own byte.
@ExtendWith(QuietUpkeep.class)
class SerialKeypadFuzzTest {

  private static final String SAID = "0123456789.+-";
  private static final String KEYS = "0123456789*#D";
  private static final int TURNS = 80;

  @ParameterizedTest
  @MethodSource("inputs")
  void noBytesOfTheCollectionBreakTheDriver(Path input) throws Exception {
    breaksNothing(Files.readAllBytes(input));
  }

  static Stream<Path> inputs() {
    return FuzzInput.committed(SerialKeypadFuzzTest.class, "jazzerFindsNoBytesThatBreakTheDriver");
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "1m")
  void jazzerFindsNoBytesThatBreakTheDriver(byte[] input) throws InterruptedException {
    breaksNothing(input);
  }

  private static void breaksNothing(byte[] input) throws InterruptedException {
    var pieces = FuzzInput.pieces(input);
    var clock = new FakeClock();
    var line = new FuzzedLine(pieces, clock);
    var events = new ArrayList<KeypadEvent>();
    var upkeep = new Upkeep(new SerialKeypadWork(line, clock, new SerialKeypadSettings(SAID, KEYS, 60),
        events::add), clock,
        Upkeep.Listener.telling(events::add, KeypadEvent.KeypadFault::new,
            new KeypadEvent.KeypadRecovered()));
    for (int turn = 0; turn < TURNS && !line.isDrained(); turn++) {
      upkeep.turn();
    }
    upkeep.turn();
    isSaid(events, FuzzInput.joined(pieces));
  }

  /// In the order in which their bytes came.
  private static void isSaid(Iterable<KeypadEvent> events, byte[] said) {
    int at = 0;
    for (KeypadEvent event : events) {
      if (event instanceof KeypadEvent.KeyPressed(var key)) {
        char wanted = SAID.charAt(KEYS.indexOf(key));
        while (at < said.length && said[at] != wanted) {
          at++;
        }
        assertThat(at++).as("key %s was never said", key).isLessThan(said.length);
      }
    }
  }
}

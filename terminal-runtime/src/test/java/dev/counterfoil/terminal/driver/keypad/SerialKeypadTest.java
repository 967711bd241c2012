package dev.counterfoil.terminal.driver.keypad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.sim.device.keypad.SerialKeys;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.ModelLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SerialKeypadTest {

  /// Held, or the level set on it would be forgotten with the logger.
  private static final Logger UPKEEP_LOG = Logger.getLogger(Upkeep.class.getName());

  private final FakeClock clock = new FakeClock();
  private final List<KeypadEvent> events = new ArrayList<>();
  private final ModelLine line = new ModelLine(clock, new Random(1), (_, _) -> new byte[0]);

  @BeforeAll
  static void keepTheLogShort() {
    UPKEEP_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    UPKEEP_LOG.setLevel(null);
  }

  @Test
  void keysAreMappedAndTheEndBehindEachIsIgnored() throws InterruptedException {
    var upkeep = upkeep(new SerialKeypadSettings("0123456789.+-", "0123456789*#D", 60));
    var keys = new SerialKeys("\r\n", 1);

    for (char key : "12.50+-".toCharArray()) {
      press(upkeep, keys.press(key));
    }

    assertThat(pressed()).isEqualTo("12*50#D");
  }

  @Test
  void aBounceIsOneKeyAndTwoPressesAreTwo() throws InterruptedException {
    var upkeep = upkeep(SerialKeypadSettings.defaults());

    press(upkeep, new SerialKeys("", 3).press('5'));
    clock.advance(100);
    press(upkeep, new SerialKeys("", 1).press('5'));

    assertThat(pressed()).isEqualTo("55");
  }

  @Test
  void aKeypadWhoseEnterIsCrMayHaveThatAsAKey() throws InterruptedException {
    var upkeep = upkeep(new SerialKeypadSettings("0123456789\r", "0123456789#", 60));

    press(upkeep, "8\r\n".getBytes(StandardCharsets.US_ASCII));

    assertThat(pressed()).isEqualTo("8#");
  }

  @Test
  void garbageIsIgnoredAndNothingButGarbageIsAFault() throws InterruptedException {
    var upkeep = upkeep(SerialKeypadSettings.defaults());
    press(upkeep, new byte[] {(byte) 0xFE, 'x', '7', 0, (byte) 0x80});
    assertThat(pressed()).isEqualTo("7");

    var rubbish = new byte[16];
    Arrays.fill(rubbish, (byte) 0xF8);
    press(upkeep, rubbish);
    press(upkeep, new byte[] {'9'});

    assertThat(events).filteredOn(KeypadEvent.KeypadFault.class::isInstance).singleElement()
        .matches(event -> ((KeypadEvent.KeypadFault) event).fault().code() == FaultCode.KEYPAD_GARBLED);
    assertThat(pressed()).isEqualTo("79");
    assertThat(events).filteredOn(KeypadEvent.KeypadRecovered.class::isInstance).hasSize(2);
  }

  @Test
  void anUnpluggedKeypadComesBackAndForgetsWhatWasPressedMeanwhile() throws InterruptedException {
    var upkeep = upkeep(SerialKeypadSettings.defaults());
    press(upkeep, new byte[] {'1'});

    line.unplugged(true);
    upkeep.turn();
    upkeep.turn();
    line.say(new byte[] {'9'});
    line.unplugged(false);
    press(upkeep, new byte[0]);
    press(upkeep, new byte[] {'2'});

    assertThat(pressed()).isEqualTo("12");
    assertThat(events).filteredOn(KeypadEvent.KeypadFault.class::isInstance)
        .extracting(event -> ((KeypadEvent.KeypadFault) event).fault().code())
        .containsExactly(FaultCode.LINE_LOST, FaultCode.LINE_MISSING);
  }

  /// Whatever comes, only keys of the map come out, and never more than bytes that mean them.
  @Test
  void noGarbageBecomesAKey() throws InterruptedException {
    for (long seed = 1; seed <= 200; seed++) {
      events.clear();
      var random = new Random(seed);
      var noise = new byte[200];
      random.nextBytes(noise);
      var upkeep = upkeep(new SerialKeypadSettings("0123456789", "0123456789", 0));
      String expected = new String(noise, StandardCharsets.ISO_8859_1).chars()
          .filter(each -> each >= '0' && each <= '9').mapToObj(each -> String.valueOf((char) each))
          .collect(Collectors.joining());

      press(upkeep, noise);

      assertThat(expected).as("seed %d", seed).startsWith(pressed());
    }
  }

  @Test
  void aMapThatFitsNotIsRefused() {
    assertThatThrownBy(() -> new SerialKeypadSettings("12", "1", 60)).hasMessageContaining("one length");
    assertThatThrownBy(() -> new SerialKeypadSettings("11", "12", 60)).hasMessageContaining("once");
    assertThatThrownBy(() -> new SerialKeypadSettings("1", "x", 60)).hasMessageContaining("only");
    assertThatThrownBy(() -> new SerialKeypadSettings("1", "1", 1_001)).hasMessageContaining("1000");
  }

  private Upkeep upkeep(SerialKeypadSettings settings) {
    line.close();
    line.discardInput();
    return new Upkeep(new SerialKeypadWork(line, clock, settings, events::add), clock,
        Upkeep.Listener.telling(events::add, KeypadEvent.KeypadFault::new,
            new KeypadEvent.KeypadRecovered()));
  }

  private void press(Upkeep upkeep, byte[] bytes) throws InterruptedException {
    if (!line.isOpen()) {
      upkeep.turn();
    }
    line.say(bytes);
    while (!line.isDrained() && line.isOpen()) {
      upkeep.turn();
    }
  }

  private String pressed() {
    return events.stream().filter(KeypadEvent.KeyPressed.class::isInstance)
        .map(event -> String.valueOf(((KeypadEvent.KeyPressed) event).key())).collect(Collectors.joining());
  }
}

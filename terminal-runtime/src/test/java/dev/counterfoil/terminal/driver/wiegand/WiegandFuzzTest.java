package dev.counterfoil.terminal.driver.wiegand;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.terminal.driver.wiegand.WiegandFrame.Reading;
import dev.counterfoil.terminal.fuzz.FuzzInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever pulses come, and whenever: no exception, and a card only where between two silences just as many pulses came as
/// the form has bits, in both halves with their parity.
///
/// A byte of an input is a pulse: its highest bit the line, the rest the milliseconds before it.
class WiegandFuzzTest {

  private static final long MILLI = 1_000;
  private static final int SILENCE_MILLIS = 50;
  private static final int LINE = 0x80;

  @ParameterizedTest
  @MethodSource("inputs")
  void noPulsesOfTheCollectionAreTakenForACard(Path input) throws Exception {
    isReadRightly(Files.readAllBytes(input));
  }

  static Stream<Path> inputs() {
    return FuzzInput.committed(WiegandFuzzTest.class, "jazzerFindsNoPulsesThatAreTakenForACard");
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "1m")
  void jazzerFindsNoPulsesThatAreTakenForACard(byte[] input) {
    isReadRightly(input);
  }

  private static void isReadRightly(byte[] input) {
    for (int bits : new int[] {26, 34}) {
      var pulses = new WiegandPulses(new WiegandSettings(23, 24, bits, false, SILENCE_MILLIS, 1_500));
      var frame = new StringBuilder();
      long at = MILLI * MILLI;
      for (byte each : input) {
        int millis = each & ~LINE & 0xFF;
        at += millis * MILLI;
        boolean one = (each & LINE) != 0;
        judge(pulses.pulse(one, at), frame, bits);
        if (millis >= SILENCE_MILLIS) {
          frame.setLength(0);
        }
        frame.append(one ? '1' : '0');
      }
      judge(pulses.silence(at + MILLI * MILLI), frame, bits);
    }
  }

  private static void judge(Optional<Reading> reading, CharSequence frame, int bits) {
    if (reading.filter(Reading.Card.class::isInstance).isPresent()) {
      assertThat(frame).hasSize(bits);
      assertThat(ones(frame.subSequence(0, bits / 2)) % 2).as("first half of %s", frame).isZero();
      assertThat(ones(frame.subSequence(bits / 2, bits)) % 2).as("second half of %s", frame).isOne();
    }
  }

  private static long ones(CharSequence half) {
    return half.chars().filter(bit -> bit == '1').count();
  }
}

package dev.counterfoil.terminal.driver.wedge;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.counterfoil.terminal.driver.wedge.WedgeSettings.Content;
import dev.counterfoil.terminal.driver.wedge.WedgeText.Typed;
import dev.counterfoil.terminal.fuzz.FuzzInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the kernel says that was typed: no exception, nothing but characters of a keyboard, and after dropped events no
/// text until the next ENTER.
///
/// An event is three bytes of an input: type, code and value.
class WedgeFuzzTest {

  private static final int ENTER = 28;
  private static final int KEYPAD_ENTER = 96;
  private static final int DROPPED = 3;

  @ParameterizedTest
  @MethodSource("inputs")
  void noEventsOfTheCollectionAreMisread(Path input) throws Exception {
    isReadRightly(Files.readAllBytes(input));
  }

  static Stream<Path> inputs() {
    return FuzzInput.committed(WedgeFuzzTest.class, "jazzerFindsNoEventsThatAreMisread");
  }

  @Tag("nightly")
  @FuzzTest(maxDuration = "1m")
  void jazzerFindsNoEventsThatAreMisread(byte[] input) {
    isReadRightly(input);
  }

  private static void isReadRightly(byte[] input) {
    var text = new WedgeText();
    boolean dropped = false;
    for (int at = 0; at + 2 < input.length; at += 3) {
      int code = input[at + 1] & 0xFF;
      dropped |= input[at] == 0 && code == DROPPED;
      boolean told = dropped;
      text.event(input[at], code, input[at + 2]).ifPresent(typed -> judge(typed, told));
      boolean ends = input[at] == 1 && input[at + 2] == 1 && (code == ENTER || code == KEYPAD_ENTER);
      dropped &= !ends;
    }
  }

  private static void judge(Typed typed, boolean dropped) {
    if (typed instanceof Typed.Text(var text)) {
      assertThat(dropped).as("read although events were dropped").isFalse();
      assertThat(text).matches("[ -~]{1,512}");
      for (Content content : EnumSet.complementOf(EnumSet.of(Content.CODE))) {
        CardNumbers.read(content, text).ifPresent(card -> assertThat(card.uid()).isNotEmpty());
      }
    }
  }
}

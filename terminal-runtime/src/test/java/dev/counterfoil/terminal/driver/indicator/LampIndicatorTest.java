package dev.counterfoil.terminal.driver.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LampIndicatorTest {

  private final LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final LampPins pins = new LampPins(high -> changes.add("green " + high),
      high -> changes.add("red " + high),
      high -> changes.add("buzzer " + high));

  @Test
  void everythingIsOffFirstAndLast() throws InterruptedException {
    var indicator = LampIndicator.on(pins);
    assertThat(take(3)).containsExactly("green false", "red false", "buzzer false");
    indicator.show(Signal.ERROR);
    assertThat(take(3)).containsExactly("green false", "red true", "buzzer true");

    indicator.close();
    indicator.close();

    var rest = new ArrayList<String>();
    changes.drainTo(rest);
    assertThat(rest).endsWith("green false", "red false", "buzzer false");
  }

  @Test
  void aNewSignalReplacesTheRunningPatternAtOnce() throws InterruptedException {
    try (var indicator = LampIndicator.on(pins)) {
      take(3);
      indicator.show(Signal.DECLINE);
      take(3);
      indicator.show(Signal.APPROVE);

      assertThat(take(3)).containsExactly("green true", "red false", "buzzer true");
      assertThat(take(3)).containsExactly("green true", "red false", "buzzer false");
    }
  }

  @Test
  void theSameSignalTwiceBeepsTwice() throws InterruptedException {
    try (var indicator = LampIndicator.on(pins)) {
      take(3);
      indicator.show(Signal.APPROVE);
      take(3);
      indicator.show(Signal.APPROVE);

      assertThat(take(3)).containsExactly("green true", "red false", "buzzer true");
    }
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void noPatternLeavesTheBuzzerSounding(Signal signal) {
    var pattern = Pattern.of(signal);

    assertThat(pattern.repeat()).noneMatch(Pattern.Step::buzzer);
    assertThat(pattern.once().stream().filter(Pattern.Step::buzzer).mapToLong(Pattern.Step::millis).sum())
        .isLessThanOrEqualTo(signal == Signal.LOST_CARD ? 1_500 : 300);
  }

  @Test
  void aLostCardSoundsLikeNothingElse() {
    var beeps = Pattern.of(Signal.LOST_CARD).once().stream().filter(Pattern.Step::buzzer)
        .map(Pattern.Step::millis).toList();

    assertThat(beeps).containsExactly(400L, 80L, 400L, 80L, 400L, 80L);
  }

  @Test
  void approvalIsGreenAndRefusalIsRed() {
    assertThat(Pattern.of(Signal.APPROVE).once()).allMatch(step -> step.green() && !step.red());
    assertThat(Pattern.of(Signal.DECLINE).once()).noneMatch(Pattern.Step::green).anyMatch(Pattern.Step::red);
    assertThat(Pattern.of(Signal.APPROVE).isSteadyFrom(2)).isTrue();
    assertThat(Pattern.of(Signal.WAIT).isSteadyFrom(7)).isFalse();
  }

  /// For eyes that do not tell red from green: only whether any light is on.
  @Test
  void noTwoSignalsThatLightALampDifferByColourAlone() {
    var seen = Arrays.stream(Signal.values()).filter(signal -> signal != Signal.IDLE && signal != Signal.KEY)
        .map(signal -> timeline(signal, step -> step.green() || step.red())).toList();

    assertThat(seen).doesNotHaveDuplicates().allMatch(line -> line.contains("#"));
  }

  @Test
  void everyMeaningHasARhythmOfItsOwn() {
    var heard = Arrays.stream(Signal.values())
        .filter(signal -> signal != Signal.IDLE && signal != Signal.WAIT)
        .map(signal -> timeline(signal, Pattern.Step::buzzer)).toList();

    assertThat(heard).doesNotHaveDuplicates().allMatch(line -> line.contains("#"));
    assertThat(timeline(Signal.WAIT, Pattern.Step::buzzer)).doesNotContain("#");
  }

  /// Three seconds, a character every ten milliseconds.
  private static String timeline(Signal signal, Predicate<Pattern.Step> on) {
    var line = new StringBuilder();
    for (int number = 0; line.length() < 300; number++) {
      var step = Pattern.of(signal).step(number);
      line.append((on.test(step) ? "#" : ".").repeat((int) (step.millis() / 10)));
    }
    return line.substring(0, 300);
  }

  private List<String> take(int count) throws InterruptedException {
    var taken = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var change = changes.poll(2, TimeUnit.SECONDS);
      assertThat(change).as("change %d", i).isNotNull();
      taken.add(change);
    }
    return taken;
  }
}

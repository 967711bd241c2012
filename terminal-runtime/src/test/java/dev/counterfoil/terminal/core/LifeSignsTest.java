package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.core.LifeSigns.Progress;
import dev.counterfoil.terminal.core.LifeSigns.Sign;
import dev.counterfoil.terminal.core.StartCause.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeSignsTest {

  private final LifeSigns signs = new LifeSigns();

  @Test
  void aSignIsGivenWhenAllPartsWentOnSinceTheLastOne() {
    assertThat(look(1, 1, 1)).contains(new Sign.Alive());
    assertThat(look(2, 5, 3)).containsExactly(new Sign.Alive());
  }

  /// One part at a time stands still; the others do what they like.
  @ParameterizedTest
  @CsvSource({"loop, 0, 1, 1", "journal, 1, 0, 1", "reader, 1, 1, 0"})
  void noSignIsGivenWhileOnePartStandsStill(String part, int loop, int journal, int reader) {
    look(1, 1, 1);
    for (int i = 1; i <= 20; i++) {
      var given = look(1 + i * loop, 1 + i * journal, 1 + i * reader);
      assertThat(given).isEqualTo(i == LifeSigns.LOOKS_BEFORE_HELD
          ? List.of(new Sign.Held(List.of(part)))
          : List.of());
    }
    assertThat(look(100, 100, 100)).containsExactly(new Sign.Alive());
  }

  /// What counts is the time since the last sign, not since the last look.
  @Test
  void partsMayGoOnAtDifferentTimes() {
    look(1, 1, 1);
    assertThat(look(2, 1, 1)).isEmpty();
    assertThat(look(2, 2, 1)).contains(new Sign.Held(List.of("reader")));
    assertThat(look(2, 2, 2)).containsExactly(new Sign.Alive());
  }

  @Test
  void everyChangeOfTheTerminalsStateIsTold() {
    assertThat(signs.look(new Progress(0, 0, 0), "NOT_CONFIRMED"))
        .containsExactly(new Sign.Status("NOT_CONFIRMED"));
    assertThat(signs.look(new Progress(1, 1, 1), "READY")).containsExactly(new Sign.Status("READY"),
        new Sign.Alive());
    assertThat(signs.look(new Progress(1, 1, 1), "LOCKED")).containsExactly(new Sign.Status("LOCKED"));
    assertThat(signs.look(new Progress(2, 2, 2), "READY")).containsExactly(new Sign.Status("READY"),
        new Sign.Alive());
  }

  @ParameterizedTest
  @CsvSource({"STOPPED, true, false, ORDERLY", "STOPPED, false, true, ORDERLY",
      "RESTARTING, true, false, RESTART", "RUNNING, true, false, CRASH", "RUNNING, true, true, CRASH",
      "RUNNING, false, false, POWER", "RUNNING, false, true, WATCHDOG"})
  void theCauseOfAStartFollowsFromTheMarkTheBootAndTheWatchdog(Mark before, boolean sameBoot,
      boolean byWatchdog, StartCause cause) {
    assertThat(StartCause.of(before, sameBoot, byWatchdog)).isEqualTo(cause);
  }

  private List<Sign> look(long loop, long journal, long reader) {
    return signs.look(new Progress(loop, journal, reader), "");
  }
}

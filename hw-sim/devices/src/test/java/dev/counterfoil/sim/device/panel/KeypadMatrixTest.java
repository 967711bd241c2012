package dev.counterfoil.sim.device.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.sim.device.board.GpioLine;
import dev.counterfoil.sim.device.board.SimBoard;
import dev.counterfoil.sim.device.board.TerminalSide;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeypadMatrixTest {
  private static final String KEYS = "123A456B789C*0#D";

  private final SimBoard board = new SimBoard(() -> System.nanoTime() / 1_000);
  private final List<GpioLine> rows = Stream.of(5, 6, 13, 19).map(board::line).toList();
  private final List<GpioLine> columns = Stream.of(12, 16, 20, 21).map(board::line).toList();
  private final KeypadMatrix keypad = new KeypadMatrix(KEYS, rows, columns);

  @BeforeEach
  void wire() {
    columns.forEach(TerminalSide::inputPulledUp);
    rows.forEach(row -> TerminalSide.output(row, true));
  }

  /// Scans as a driver does: one row low at a time.
  private String scan() {
    StringBuilder pressed = new StringBuilder();
    for (int row = 0; row < 4; row++) {
      TerminalSide.output(rows.get(row), false);
      for (int column = 0; column < 4; column++) {
        if (!columns.get(column).level()) {
          pressed.append(KEYS.charAt(4 * row + column));
        }
      }
      TerminalSide.output(rows.get(row), true);
    }
    return pressed.toString();
  }

  @Test
  void everyKeyIsFoundAtItsCrossing() {
    for (char key : KEYS.toCharArray()) {
      keypad.contact(key, true);
      assertThat(scan()).isEqualTo(String.valueOf(key));
      keypad.contact(key, false);
    }
    assertThat(scan()).isEmpty();
  }

  @Test
  void twoKeysAreBothSeen() {
    keypad.contact('1', true);
    keypad.contact('6', true);
    assertThat(scan()).isEqualTo("16");

    keypad.contact('1', false);
    keypad.contact('3', true);

    assertThat(scan()).as("one column").isEqualTo("36");
  }

  @Test
  void threeCornersOfARectangleShowAPhantomFourth() {
    rows.forEach(TerminalSide::inputFloating);
    keypad.contact('1', true);
    keypad.contact('2', true);
    keypad.contact('4', true);

    TerminalSide.output(rows.get(1), false);

    assertThat(columns.get(1).level()).as("5 is not pressed").isFalse();
  }

  @Test
  void withAllRowsLowAnyKeyMakesAnEdge() {
    rows.forEach(row -> TerminalSide.output(row, false));
    AtomicInteger edges = new AtomicInteger();
    columns.get(3).observe(_ -> edges.incrementAndGet());

    keypad.contact('D', true);

    assertThat(columns.get(3).level()).isFalse();
    assertThat(edges).hasPositiveValue();
  }

  @Test
  void anUnpluggedKeypadHasNoKeys() {
    keypad.contact('5', true);
    keypad.unplugged(true);
    assertThat(scan()).isEmpty();

    keypad.unplugged(false);

    assertThat(scan()).isEqualTo("5");
  }

  @Test
  void aPressBouncesWithinItsTimeAndHoldsBetween() {
    rows.forEach(row -> TerminalSide.output(row, false));
    List<Boolean> levels = new ArrayList<>();
    columns.get(0).observe(line -> levels.add(line.level()));

    new Finger(keypad, () -> System.nanoTime() / 1_000, new SplittableRandom(5)).press('7',
        new Finger.Touch(10_000, 0, 2_000));

    assertThat(levels.size()).isGreaterThanOrEqualTo(6);
    assertThat(levels.getFirst()).isFalse();
    assertThat(levels.getLast()).isTrue();
  }

  @Test
  void aKeyThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> keypad.contact('x', true)).isInstanceOf(IllegalArgumentException.class);
  }
}

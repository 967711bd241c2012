package dev.counterfoil.terminal.driver.keypad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PinInput;
import dev.counterfoil.terminal.line.PinOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MatrixKeypadTest {

  private final Wires wires = new Wires();
  private final LinkedBlockingQueue<KeypadEvent> events = new LinkedBlockingQueue<>();
  private final MatrixKeypad keypad = new MatrixKeypad(new KeypadMatrix(wires.rows(), wires.columns()),
      MonotonicClock.system(), KeypadSettings.defaults());

  @AfterEach
  void close() {
    keypad.close();
  }

  @Test
  void keysAreReportedInTheOrderOfPressing() throws InterruptedException {
    keypad.start(events::add);

    press(0, 0);
    press(3, 1);
    press(3, 3);

    assertThat(events).isEmpty();
  }

  @Test
  void nothingIsScannedWhileNoKeyIsDown() throws InterruptedException {
    keypad.start(events::add);
    press(1, 1);
    int before = wires.settledWrites();

    int after = wires.settledWrites();

    assertThat(after).isEqualTo(before);
  }

  @Test
  void aKeyHeldDownSinceBeforeTheStartIsSeen() throws InterruptedException {
    wires.touch(2, 2, true);

    keypad.start(events::add);

    assertThat(events.poll(2, TimeUnit.SECONDS)).isEqualTo(new KeypadEvent.KeyPressed('9'));
  }

  private void press(int row, int column) throws InterruptedException {
    wires.touch(row, column, true);
    var expected = KeypadLayout.TELEPHONE_WITH_LETTERS.key(row, column);
    assertThat(events.poll(2, TimeUnit.SECONDS)).isEqualTo(new KeypadEvent.KeyPressed(expected));
    wires.touch(row, column, false);
    wires.awaitSleepingKeypad();
  }

  /// Sixteen contacts between driven rows and pulled-up columns.
  private static final class Wires {

    private final boolean[] rowHigh = new boolean[4];
    private final boolean[][] closed = new boolean[4][4];
    private final List<Runnable> callbacks = new ArrayList<>();
    private final AtomicInteger writes = new AtomicInteger();

    List<PinOutput> rows() {
      var rows = new ArrayList<PinOutput>();
      for (int row = 0; row < 4; row++) {
        int number = row;
        rows.add(high -> drive(number, high));
      }
      return rows;
    }

    List<PinInput> columns() {
      var columns = new ArrayList<PinInput>();
      for (int column = 0; column < 4; column++) {
        columns.add(new Column(column));
      }
      return columns;
    }

    private synchronized void drive(int row, boolean high) {
      writes.incrementAndGet();
      rowHigh[row] = high;
      notifyAll();
    }

    void touch(int row, int column, boolean down) {
      List<Runnable> toCall;
      synchronized (this) {
        closed[row][column] = down;
        toCall = List.copyOf(callbacks);
      }
      toCall.forEach(Runnable::run);
    }

    /// Until the keypad's thread waits for an edge, without a time-out.
    synchronized void awaitSleepingKeypad() throws InterruptedException {
      while (keypadThread().getState() != Thread.State.WAITING) {
        wait(5);
      }
    }

    private static Thread keypadThread() {
      return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("keypad"))
          .findFirst().orElseThrow();
    }

    /// How often rows were driven, looked at after more than one scan's time has passed.
    synchronized int settledWrites() throws InterruptedException {
      wait(30);
      return writes.get();
    }

    private synchronized boolean isHigh(int column) {
      for (int row = 0; row < 4; row++) {
        if (closed[row][column] && !rowHigh[row]) {
          return false;
        }
      }
      return true;
    }

    private final class Column implements PinInput {
      private final int number;

      Column(int number) {
        this.number = number;
      }

      @Override
      public boolean isHigh() {
        return Wires.this.isHigh(number);
      }

      @Override
      public void onFall(LongConsumer callback) {
        throw new AssertionError("a keypad looks by itself");
      }

      @Override
      public void onChange(Runnable callback) {
        synchronized (Wires.this) {
          callbacks.add(callback);
        }
      }
    }
  }
}

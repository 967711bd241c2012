package dev.counterfoil.sim.device.board;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// One GPIO line with the terminal on one side and models on the other.
///
/// The level is what a meter would show: the terminal's latch while it is an output, else what a model
/// drives, else the pull resistor. An output against a driving model is a short circuit; the output wins and
/// it is counted. All lines of a board share one lock; observers run under it and must be quick.
public final class GpioLine {
  /// How the terminal uses the line.
  public enum Direction {
    UNUSED, INPUT, OUTPUT,
  }

  /// What a model, or the terminal's pull resistor, does to the line.
  public enum Drive {
    FLOAT, LOW, HIGH,
  }

  /// Told after each change of direction, drive or level.
  @FunctionalInterface
  public interface Observer {
    void changed(GpioLine line);
  }

  private final int bcm;
  private final ReentrantLock lock;
  private final List<Observer> observers = new ArrayList<>();
  private Direction direction = Direction.UNUSED;
  private boolean latch;
  private Drive pull = Drive.FLOAT;
  private Drive external = Drive.FLOAT;
  private long shortCircuits;

  GpioLine(int bcm, ReentrantLock lock) {
    this.bcm = bcm;
    this.lock = lock;
  }

  /// The line's Broadcom number.
  public int bcm() {
    return bcm;
  }

  public Direction direction() {
    return locked(() -> direction);
  }

  /// True for high. A floating line reads low.
  public boolean level() {
    return locked(this::unlockedLevel);
  }

  /// What the terminal puts on the line: its latch as an output, nothing as an input.
  public Drive drivenByTerminal() {
    return locked(() -> direction != Direction.OUTPUT ? Drive.FLOAT : latch ? Drive.HIGH : Drive.LOW);
  }

  /// Output and model drove against each other so often.
  public long shortCircuits() {
    return locked(() -> shortCircuits);
  }

  private boolean unlockedLevel() {
    return switch (direction) {
      case OUTPUT -> latch;
      case INPUT, UNUSED -> external == Drive.FLOAT ? pull == Drive.HIGH : external == Drive.HIGH;
    };
  }

  /// A model drives the line or lets it go.
  public void drive(Drive drive) {
    change(() -> {
      if (external == drive) {
        return false;
      }
      external = drive;
      if (direction == Direction.OUTPUT && drive != Drive.FLOAT && (drive == Drive.HIGH) != latch) {
        shortCircuits++;
      }
      return true;
    });
  }

  /// Runs `action` under the lock of the board's lines: nobody sees a state between its changes' start and
  /// end.
  public void atomically(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /// Adds an observer; it is told of changes from now on.
  public void observe(Observer observer) {
    locked(() -> observers.add(observer));
  }

  void forget(Observer observer) {
    locked(() -> observers.remove(observer));
  }

  /// The board loses its supply: the line becomes a floating input.
  public void powerOff() {
    change(() -> {
      direction = Direction.UNUSED;
      latch = false;
      pull = Drive.FLOAT;
      return true;
    });
  }

  void useAsInput(Drive pullResistor) {
    change(() -> {
      direction = Direction.INPUT;
      pull = pullResistor;
      return true;
    });
  }

  void useAsOutput() {
    change(() -> {
      direction = Direction.OUTPUT;
      return true;
    });
  }

  void write(boolean high) {
    change(() -> {
      boolean differs = latch != high;
      latch = high;
      return differs;
    });
  }

  private interface Change {
    boolean apply();
  }

  private void change(Change change) {
    lock.lock();
    try {
      if (change.apply()) {
        for (Observer observer : List.copyOf(observers)) {
          observer.changed(this);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private interface Look<T> {
    T at();
  }

  private <T> T locked(Look<T> look) {
    lock.lock();
    try {
      return look.at();
    } finally {
      lock.unlock();
    }
  }
}

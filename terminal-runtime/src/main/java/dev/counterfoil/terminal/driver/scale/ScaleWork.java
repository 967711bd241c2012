package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.driver.upkeep.Work;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// What a scale's thread does: reads samples and tells weights.
public final class ScaleWork implements Work {

  /// Where the board comes from.
  @FunctionalInterface
  public interface Boards {

    Board open() throws DeviceFaultException;
  }

  private final ScaleSource source;
  private final Weigher weigher;
  private final MonotonicClock clock;
  private final Consumer<ScaleEvent> listener;
  private final AtomicBoolean tareWanted = new AtomicBoolean();

  private ScaleWork(ScaleSource source, WeighingRule rule, MonotonicClock clock,
      Consumer<ScaleEvent> listener) {
    this.source = source;
    this.weigher = new Weigher(rule);
    this.clock = clock;
    this.listener = listener;
  }

  /// A scale on a Modbus line.
  ///
  /// @param line closed still, and used by nobody else
  public static ScaleWork modbus(SerialLine line, ModbusScaleSettings settings, WeighingRule rule,
      MonotonicClock clock, Consumer<ScaleEvent> listener) {
    return new ScaleWork(new ModbusScale(line, clock, settings), rule, clock, listener);
  }

  /// A load cell at a NAU7802 on an I2C bus of the board.
  public static ScaleWork nau7802(Boards boards, Nau7802Settings settings, WeighingRule rule,
      MonotonicClock clock, Consumer<ScaleEvent> listener) {
    return new ScaleWork(new Nau7802(boards, clock, settings), rule, clock, listener);
  }

  /// Any thread: see [dev.counterfoil.terminal.device.Scale#tare()].
  public void tare() {
    tareWanted.set(true);
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public void open() throws DeviceFaultException, InterruptedException {
    weigher.reset();
    source.open();
  }

  @Override
  public void turn() throws DeviceFaultException, InterruptedException {
    if (tareWanted.getAndSet(false)) {
      weigher.tare();
    }
    listener.accept(new ScaleEvent.Weighed(weigher.weigh(source.sample()), clock.millis()));
  }

  @Override
  public void close() {
    source.close();
  }
}

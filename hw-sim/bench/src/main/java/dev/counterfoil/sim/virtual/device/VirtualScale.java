package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.device.scale.LoadCell;
import dev.counterfoil.sim.device.scale.ModbusScaleModel;
import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.driver.scale.ModbusScaleSettings;
import dev.counterfoil.terminal.driver.scale.ScaleWork;
import dev.counterfoil.terminal.driver.scale.WeighingRule;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A scale on a Modbus line with its driver. What lies on it swings out as on a real one; a hand on the pan shakes it.
/// It has a supply of its own; a run of the program has a driver of its own.
public final class VirtualScale {

  /// Most that can be laid on it; more than it can weigh.
  public static final int MOST_GRAMS = 20_000;

  private static final int BAUD = 9_600;
  private static final ModbusScaleSettings REGISTERS = new ModbusScaleSettings(BAUD, 1, 4, 0, 2, 1_000, 2, 1,
      2);
  private static final WeighingRule RULE = new WeighingRule(WeighingRule.DEFAULT_SAMPLES,
      WeighingRule.DEFAULT_WITHIN_GRAMS, WeighingRule.DEFAULT_CAPACITY_GRAMS);
  private static final double HAND_GRAMS = 25;
  private static final long HAND_MICROS = 4_000_000;

  private final EventQueue queue;
  private final int actor;
  private final Sight.Onlooker onlooker;
  private final LoadCell cell;
  private final ModbusScaleModel model;
  private final DeviceTime time = new DeviceTime();
  private final WireTrace trace;
  private final DriverTurns<ScaleEvent> turns;
  private @Nullable ScaleWork work;
  private Sight.Scale lying = new Sight.Scale(0, false);
  private int change;

  public VirtualScale(EventQueue queue, int actor, RandomGenerator random, Sight.Onlooker onlooker) {
    this.queue = queue;
    this.actor = actor;
    this.onlooker = onlooker;
    this.cell = new LoadCell(random);
    this.model = new ModbusScaleModel(REGISTERS.unit(), cell);
    this.trace = new WireTrace("scale", VirtualScale::words, onlooker);
    this.turns = new DriverTurns<>(queue, actor, time);
  }

  private static String words(boolean out, byte[] frame) {
    var hex = HexFormat.of().withUpperCase();
    return out
        ? "read registers from " + hex.formatHex(frame, 2, 4)
        : "registers " + hex.formatHex(frame, 3, frame.length - 2);
  }

  /// A run of the program begins.
  ///
  /// @param told what the driver tells, when it tells it
  public void start(Consumer<ScaleEvent> told) {
    trace.forget();
    var begun = ScaleWork.modbus(new ModelCable("scale.tty", model, time, trace), REGISTERS, RULE, time,
        turns::tells);
    work = begun;
    var upkeep = new Upkeep(begun, time, Upkeep.Listener.telling(turns::tells, ScaleEvent.ScaleFault::new,
        new ScaleEvent.ScaleRecovered()));
    turns.begin(() -> {
      upkeep.turn();
      trace.turned();
    }, told);
  }

  /// The run is over.
  public void stop() {
    work = null;
    turns.end();
  }

  /// The terminal wants what lies there to be the nought.
  public void tare() {
    ScaleWork running = work;
    if (running != null) {
      running.tare();
    }
  }

  /// Lays this on the pan instead of what lies there.
  ///
  /// @param restless a hand stays on the pan for a few seconds
  public void put(int grams, boolean restless) {
    int now = ++change;
    cell.put(grams, queue.nowMicros());
    shake(grams, restless);
    if (restless) {
      queue.after(HAND_MICROS, EventTag.TAP_STEP, actor, () -> {
        if (now == change) {
          shake(grams, false);
        }
      });
    }
  }

  private void shake(int grams, boolean on) {
    cell.noise(on ? HAND_GRAMS : 0);
    lying = new Sight.Scale(grams, on);
    onlooker.sees(lying);
  }

  public Sight.Scale lying() {
    return lying;
  }
}

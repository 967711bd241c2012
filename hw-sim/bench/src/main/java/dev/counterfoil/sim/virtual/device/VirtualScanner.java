package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.device.scanner.Gm65Scanner;
import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings;
import dev.counterfoil.terminal.driver.scanner.ScannerWork;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// A GM65 scanner with its driver. It says a code over its line as slowly as 9,600 bit/s are. A run of the program has a
/// driver of its own.
public final class VirtualScanner {

  private static final long BYTE_MICROS = 1_042;
  private static final byte COMMAND = 0x7E;
  private static final byte REPLY = 0x02;
  private static final ScannerSettings SETTINGS = new ScannerSettings(ScannerSettings.Family.GM65,
      ScannerSettings.Mode.CONTINUOUS, ScannerSettings.DEFAULT_REPEAT_MILLIS);

  private final EventQueue queue;
  private final int actor;
  private final Gm65Scanner model = new Gm65Scanner();
  private final DeviceTime time = new DeviceTime();
  private final WireTrace trace;
  private final DriverTurns<CodeEvent> turns;
  private final ModelCable cable;

  public VirtualScanner(EventQueue queue, int actor, Sight.Onlooker onlooker) {
    this.queue = queue;
    this.actor = actor;
    this.trace = new WireTrace("scanner", VirtualScanner::words, onlooker);
    this.turns = new DriverTurns<>(queue, actor, time);
    this.cable = new ModelCable("scanner.tty", model, time, trace);
  }

  /// Who holds a code's text can pay with it, so only how long it is is told.
  private static String words(boolean out, byte[] bytes) {
    if (out && bytes[0] == COMMAND) {
      return "command " + bytes[2];
    }
    return bytes[0] == REPLY ? "reply" : "code of " + (bytes.length - 1) + " characters";
  }

  /// A run of the program begins; the scanner has just got power.
  ///
  /// @param told what the driver tells
  public void start(Consumer<CodeEvent> told) {
    trace.forget();
    var work = new ScannerWork(cable, time, SETTINGS, turns::tells);
    var upkeep = new Upkeep(work, time, Upkeep.Listener.telling(turns::tells, CodeEvent.CodeReaderFault::new,
        new CodeEvent.CodeReaderRecovered()));
    turns.begin(() -> {
      upkeep.turn();
      trace.turned();
    }, told);
  }

  /// The run is over and the power with it.
  public void stop() {
    turns.end();
    cable.close();
    model.powerCycle();
  }

  /// A code comes into its sight.
  ///
  /// @param text visible ASCII characters
  public void see(String text) {
    byte[] said = (text + "\r").getBytes(StandardCharsets.US_ASCII);
    queue.after(said.length * BYTE_MICROS, EventTag.TAP_STEP, actor, () -> {
      if (model.looks()) {
        cable.says(said);
        turns.wake();
      }
    });
  }
}

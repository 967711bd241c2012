package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.device.printer.EscPosBody;
import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.terminal.device.Printer;
import dev.counterfoil.terminal.device.PrinterEvent;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.driver.escpos.EscPosSettings;
import dev.counterfoil.terminal.driver.escpos.PrinterWork;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A receipt printer with its driver. The printer has a supply of its own and keeps its paper; a run of the program has a
/// driver of its own, which forgets with it what it could not print.
public final class VirtualPrinter implements Printer {

  private static final EscPosSettings SETTINGS = new EscPosSettings(true, true,
      EscPosSettings.DEFAULT_ASK_MILLIS);
  private static final byte DLE = 0x10;
  private static final byte EOT = 0x04;

  private final Sight.Onlooker onlooker;
  private final EscPosBody body;
  private final DeviceTime time = new DeviceTime();
  private final WireTrace trace;
  private final DriverTurns<PrinterEvent> turns;
  private @Nullable PrinterWork work;

  public VirtualPrinter(EventQueue queue, int actor, Sight.Onlooker onlooker) {
    this.onlooker = onlooker;
    this.body = new EscPosBody(part -> onlooker.sees(new Sight.Paper(part)));
    this.trace = new WireTrace("printer", VirtualPrinter::words, onlooker);
    this.turns = new DriverTurns<>(queue, actor, time);
  }

  private static String words(boolean out, byte[] bytes) {
    if (!out) {
      return "status %02X".formatted(bytes[0]);
    }
    return bytes[0] == DLE && bytes[1] == EOT ? "ask for status " + bytes[2]
        : bytes.length + " bytes of ESC/POS";
  }

  /// A run of the program begins.
  @Override
  public void start(Consumer<PrinterEvent> listener) {
    trace.forget();
    var begun = new PrinterWork(new ModelCable("printer.tty", body, time, trace), time, SETTINGS,
        turns::tells);
    work = begun;
    turns.begin(() -> {
      begun.turn(0);
      trace.turned();
      time.await(SETTINGS.askMillis());
    }, listener);
  }

  @Override
  public void print(Slip slip, Slip copy) {
    PrinterWork running = work;
    if (running != null) {
      running.print(slip, copy);
      turns.wake();
    }
  }

  @Override
  public void reprint() {
    PrinterWork running = work;
    if (running != null) {
      running.reprint();
      turns.wake();
    }
  }

  /// The run is over.
  @Override
  public void close() {
    work = null;
    turns.end();
  }

  /// Somebody takes the roll out, or puts a new one in.
  public void paper(boolean in) {
    if (in) {
      body.newPaper();
    } else {
      body.paperFor(0);
    }
    changed();
  }

  public void cover(boolean open) {
    body.coverOpen(open);
    changed();
  }

  /// What stood in its memory comes out as soon as it can.
  private void changed() {
    body.work();
    onlooker.sees(looks());
  }

  public Sight.Printer looks() {
    return new Sight.Printer(body.hasPaper(), body.isCoverOpen());
  }
}

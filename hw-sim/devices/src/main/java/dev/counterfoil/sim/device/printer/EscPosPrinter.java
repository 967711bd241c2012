package dev.counterfoil.sim.device.printer;

import dev.counterfoil.sim.line.SimLine;
import dev.counterfoil.sim.device.watch.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An ESC/POS receipt printer at the end of a wire: an [EscPosBody] whose paper becomes a roll that a test or a person
/// reads.
///
/// Faults: paper out, at once or after some lines; cover open; slow paper; answers of rubbish; no answers. The wire has its
/// own. Threads: one of its own; any thread may call.
public final class EscPosPrinter implements AutoCloseable {
  private static final int CAN_SIT_IDLE_MICROS = 50_000;

  private final SimLine line;
  private final Watched watched = new Watched();
  private final List<Printed> roll = new ArrayList<>();
  private final EscPosBody body = new EscPosBody(this::put);
  private final Thread thread;
  private Consumer<Printed> watcher = _ -> {
  };
  private long lineMicros;

  private EscPosPrinter(SimLine line) {
    this.line = line;
    this.thread = Thread.ofPlatform().daemon().name("escpos-printer").unstarted(this::run);
  }

  /// A printer with paper, switched on. Owns the line from now on.
  public static EscPosPrinter on(SimLine line) {
    EscPosPrinter printer = new EscPosPrinter(line);
    printer.thread.start();
    return printer;
  }

  private void run() {
    while (!line.closed()) {
      byte[] bytes = line.read(waits() ? lineMicros : CAN_SIT_IDLE_MICROS);
      watched.change(() -> {
        byte[] said = body.hear(bytes, System.nanoTime() / 1_000);
        if (said.length > 0) {
          line.write(said);
        }
      });
    }
  }

  private boolean waits() {
    return watched.look(() -> lineMicros > 0 && body.waits());
  }

  private void put(Printed printed) {
    roll.add(printed);
    watcher.accept(printed);
  }

  /// What came out since the printer was made or the paper was last torn off.
  public List<Printed> roll() {
    return watched.look(() -> List.copyOf(roll));
  }

  /// The text on the roll, without empty lines and looks.
  public List<String> text() {
    return roll().stream().filter(Printed.Line.class::isInstance).map(Printed.Line.class::cast)
        .map(Printed.Line::text).filter(text -> !text.isBlank()).toList();
  }

  /// Takes the paper that has come out.
  public List<Printed> tearOff() {
    return watched.look(() -> {
      List<Printed> torn = List.copyOf(roll);
      roll.clear();
      return torn;
    });
  }

  /// Waits until the roll satisfies `wanted`; false when `timeoutMillis` passed without.
  public boolean awaitRoll(Predicate<List<Printed>> wanted, long timeoutMillis) throws InterruptedException {
    return watched.await(() -> List.copyOf(roll), wanted, timeoutMillis);
  }

  /// Is told of everything that comes out, on the printer's thread.
  public void watch(Consumer<Printed> next) {
    watched.change(() -> watcher = next);
  }

  /// Paper for so many lines; 0 takes the roll out.
  public void paperFor(int lines) {
    watched.change(() -> body.paperFor(lines));
    line.wakeUp();
  }

  /// A new roll.
  public void newPaper() {
    watched.change(body::newPaper);
    line.wakeUp();
  }

  public void paperLow(boolean low) {
    watched.change(() -> body.paperLow(low));
  }

  public void coverOpen(boolean open) {
    watched.change(() -> body.coverOpen(open));
    line.wakeUp();
  }

  /// Each line takes this long from now on; 0 ends it.
  public void lineMicros(long micros) {
    watched.change(() -> {
      lineMicros = micros;
      body.oneByOne(micros > 0);
    });
  }

  /// Answers every question with this byte; null ends it.
  public void rubbish(@Nullable Integer status) {
    watched.change(() -> body.rubbish(status));
  }

  /// Answers no question about its state.
  public void silent(boolean on) {
    watched.change(() -> body.silent(on));
  }

  /// The supply goes off and on: what was not printed is gone.
  public void powerCycle() {
    watched.change(body::powerCycle);
  }

  /// Commands that no printer of this kind has.
  public long unknownCommands() {
    return watched.look(body::unknownCommands);
  }

  /// The wire, to pull and to put back.
  public SimLine line() {
    return line;
  }

  /// Switches off and ends the line.
  @Override
  public void close() {
    line.close();
    line.wakeUp();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

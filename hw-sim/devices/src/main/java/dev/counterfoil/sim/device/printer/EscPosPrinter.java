package dev.counterfoil.sim.device.printer;

import dev.counterfoil.sim.line.SimLine;
import dev.counterfoil.sim.device.watch.Watched;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An ESC/POS receipt printer at the end of a wire: bytes wait in its memory, are printed one after another while it can
/// print, and become a roll that a test or a person reads. Questions about its state (`DLE EOT`) are answered as they
/// arrive, whatever it is doing.
///
/// Faults: paper out, at once or after some lines; cover open; slow paper; answers of rubbish; no answers. The wire has its
/// own. Threads: one of its own; any thread may call.
public final class EscPosPrinter implements AutoCloseable {
  private static final int DLE = 0x10;
  private static final int EOT = 0x04;
  private static final int DC4 = 0x14;
  private static final int CLEAR_LENGTH = 10;
  private static final int CAN_SIT_IDLE_MICROS = 50_000;

  private final SimLine line;
  private final Watched watched = new Watched();
  private final ArrayDeque<Integer> memory = new ArrayDeque<>();
  private final ArrayDeque<Integer> command = new ArrayDeque<>();
  private final List<Printed> roll = new ArrayList<>();
  private final EscPosInterpreter mind = new EscPosInterpreter(this::put, this::answer);
  private final Thread thread;
  private Consumer<Printed> watcher = _ -> {
  };
  private long lineMicros;
  private int linesLeft = Integer.MAX_VALUE;
  private boolean paperLow;
  private boolean coverOpen;
  private @Nullable Integer rubbish;
  private boolean silent;
  private boolean linePrinted;

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
        for (byte value : bytes) {
          receive(value & 0xFF);
        }
        work();
      });
    }
  }

  private boolean waits() {
    return watched.look(() -> lineMicros > 0 && !memory.isEmpty() && ready());
  }

  /// Sorts real-time commands out of what is to be printed, before it is looked at otherwise: the chip does the same, and
  /// finds them in the middle of a picture too.
  private void receive(int value) {
    command.addLast(value);
    if (command.peekFirst() != DLE) {
      memory.addLast(command.removeFirst());
      return;
    }
    Integer[] begun = command.toArray(Integer[]::new);
    if (begun.length == 2 && begun[1] != EOT && begun[1] != DC4) {
      memory.addAll(command);
      command.clear();
    } else if (begun.length == 3 && begun[1] == EOT) {
      command.clear();
      status(value);
    } else if (begun.length == CLEAR_LENGTH) {
      command.clear();
      memory.clear();
      mind.initialise();
    }
  }

  private void status(int question) {
    if (silent) {
      return;
    }
    Integer wrong = rubbish;
    answer(wrong != null ? wrong : 0x12 | switch (question) {
      case 1 -> ready() ? 0 : 0x08;
      case 2 -> (coverOpen ? 0x04 : 0) | (linesLeft <= 0 ? 0x20 : 0);
      case 4 -> (paperLow ? 0x0C : 0) | (linesLeft <= 0 ? 0x60 : 0);
      default -> 0;
    });
  }

  private void answer(int value) {
    line.write(new byte[] {(byte) value});
  }

  private boolean ready() {
    return !coverOpen && linesLeft > 0;
  }

  /// Prints what waits: all of it, or one line where paper takes its time.
  private void work() {
    linePrinted = false;
    while (!memory.isEmpty() && ready() && !(linePrinted && lineMicros > 0)) {
      mind.take(memory.removeFirst());
    }
  }

  private void put(Printed printed) {
    if (printed instanceof Printed.Line) {
      linesLeft--;
      linePrinted = true;
    }
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
    watched.change(() -> linesLeft = lines);
    line.wakeUp();
  }

  /// A new roll.
  public void newPaper() {
    watched.change(() -> paperLow = false);
    paperFor(Integer.MAX_VALUE);
  }

  public void paperLow(boolean low) {
    watched.change(() -> paperLow = low);
  }

  public void coverOpen(boolean open) {
    watched.change(() -> coverOpen = open);
    line.wakeUp();
  }

  /// Each line takes this long from now on; 0 ends it.
  public void lineMicros(long micros) {
    watched.change(() -> lineMicros = micros);
  }

  /// Answers every question with this byte; null ends it.
  public void rubbish(@Nullable Integer status) {
    watched.change(() -> rubbish = status);
  }

  /// Answers no question about its state.
  public void silent(boolean on) {
    watched.change(() -> silent = on);
  }

  /// The supply goes off and on: what was not printed is gone.
  public void powerCycle() {
    watched.change(() -> {
      memory.clear();
      command.clear();
      mind.initialise();
    });
  }

  /// Commands that no printer of this kind has.
  public long unknownCommands() {
    return watched.look(mind::unknownCommands);
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

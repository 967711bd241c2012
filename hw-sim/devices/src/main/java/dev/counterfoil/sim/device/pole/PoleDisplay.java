package dev.counterfoil.sim.device.pole;

import dev.counterfoil.sim.line.SimLine;
import dev.counterfoil.sim.device.watch.Watched;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// A CD5220 customer display at the end of a wire: two lines of twenty characters, made from the very bytes.
///
/// ```
/// 0C clear   0B home   08 left   09 right   0A other line   0D line's begin   18 clear line
/// 1B 40 initialise   1B 51 41|42|44 text 0D   1B 6C x y   1B 5F n cursor   1B 3D n select (bit 1: the display)
/// ```
/// While another device of a shared wire is selected, nothing else is taken. Threads: one of its own; any may call.
public final class PoleDisplay implements AutoCloseable {
  private static final int COLUMNS = 20;
  private static final int ROWS = 2;
  private static final int ESC = 0x1B;
  private static final int CR = 0x0D;
  private static final long IDLE_MICROS = 50_000;

  private final SimLine line;
  private final Watched watched = new Watched();
  private final char[][] cells = new char[ROWS][COLUMNS];
  private final int[] command = new int[64];
  private final Thread thread;
  private int length;
  private int column;
  private int row;
  private boolean selected = true;
  private long unknownCommands;

  private PoleDisplay(SimLine line) {
    this.line = line;
    this.thread = Thread.ofPlatform().daemon().name("cd5220").unstarted(this::run);
    powerOn();
  }

  /// A display that is switched on and blank. Owns the line from now on.
  public static PoleDisplay on(SimLine line) {
    PoleDisplay display = new PoleDisplay(line);
    display.thread.start();
    return display;
  }

  private void run() {
    while (!line.closed()) {
      byte[] bytes = line.read(IDLE_MICROS);
      watched.change(() -> {
        for (byte value : bytes) {
          take(value & 0xFF);
        }
      });
    }
  }

  private void powerOn() {
    clear();
    length = 0;
    selected = true;
  }

  private void take(int value) {
    if (length == 0 && value != ESC) {
      if (selected) {
        plain(value);
      }
      return;
    }
    command[length++] = value;
    if (isWhole(value)) {
      execute();
      length = 0;
    }
  }

  private boolean isWhole(int last) {
    if (length < 2) {
      return false;
    }
    return switch (command[1]) {
      case 'Q' -> length > 3 && (last == CR || length == command.length);
      case 'l' -> length == 4;
      case '=', '_' -> length == 3;
      default -> true;
    };
  }

  private void execute() {
    if (command[1] == '=') {
      selected = (command[2] & 0x02) != 0;
      return;
    }
    if (!selected) {
      return;
    }
    switch (command[1]) {
      case '@' -> clear();
      case 'Q' -> line(command[2]);
      case 'l' -> {
        column = Math.clamp(command[2] - 1L, 0, COLUMNS - 1);
        row = Math.clamp(command[3] - 1L, 0, ROWS - 1);
      }
      case '_' -> {
        // The cursor is not kept.
      }
      default -> unknownCommands++;
    }
  }

  private void line(int which) {
    if (which != 'A' && which != 'B' && which != 'D') {
      unknownCommands++;
      return;
    }
    row = which == 'B' ? 1 : 0;
    Arrays.fill(cells[row], ' ');
    for (int i = 3; i < length - 1 && i - 3 < COLUMNS; i++) {
      cells[row][i - 3] = (char) command[i];
    }
    column = 0;
  }

  private void plain(int value) {
    switch (value) {
      case 0x0C -> clear();
      case 0x0B -> home();
      case 0x08 -> column = Math.max(0, column - 1);
      case 0x09 -> column = Math.min(COLUMNS - 1, column + 1);
      case 0x0A -> row = 1 - row;
      case CR -> column = 0;
      case 0x18 -> Arrays.fill(cells[row], ' ');
      default -> letter(value);
    }
  }

  private void letter(int value) {
    if (value < ' ') {
      unknownCommands++;
      return;
    }
    cells[row][column] = (char) value;
    column++;
    if (column == COLUMNS) {
      column = 0;
      row = 1 - row;
    }
  }

  private void clear() {
    for (char[] cellsOfRow : cells) {
      Arrays.fill(cellsOfRow, ' ');
    }
    home();
  }

  private void home() {
    column = 0;
    row = 0;
  }

  /// The text on the glass, a string per row.
  public List<String> glass() {
    return watched.look(() -> Arrays.stream(cells).map(String::new).toList());
  }

  /// Waits until the glass satisfies `wanted`; false when `timeoutMillis` passed without.
  public boolean awaitGlass(Predicate<List<String>> wanted, long timeoutMillis) throws InterruptedException {
    return watched.await(this::glass, wanted, timeoutMillis);
  }

  /// Commands that the display does not have.
  public long unknownCommands() {
    return watched.look(() -> unknownCommands);
  }

  /// The supply goes off and on: the glass is blank.
  public void powerCycle() {
    watched.change(this::powerOn);
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

package dev.counterfoil.sim.device.printer;

import dev.counterfoil.sim.device.serial.SerialModel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A receipt printer without its wire: bytes wait in its memory, are printed one after another while it can print, and
/// questions about its state (`DLE EOT`) are answered as they arrive, whatever it is doing. Not thread-safe.
public final class EscPosBody implements SerialModel {

  private static final int DLE = 0x10;
  private static final int EOT = 0x04;
  private static final int DC4 = 0x14;
  private static final int CLEAR_LENGTH = 10;

  private final ArrayDeque<Integer> memory = new ArrayDeque<>();
  private final ArrayDeque<Integer> command = new ArrayDeque<>();
  private final EscPosInterpreter mind = new EscPosInterpreter(this::put, this::answer);
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private final Consumer<Printed> paper;
  private boolean oneByOne;
  private int linesLeft = Integer.MAX_VALUE;
  private boolean paperLow;
  private boolean coverOpen;
  private @Nullable Integer rubbish;
  private boolean silent;
  private boolean linePrinted;

  /// With paper and shut.
  ///
  /// @param paper takes what comes out
  public EscPosBody(Consumer<Printed> paper) {
    this.paper = paper;
  }

  @Override
  public byte[] hear(byte[] bytes, long nowMicros) {
    for (byte value : bytes) {
      receive(value & 0xFF);
    }
    return work();
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
    answers.write(value);
  }

  private boolean ready() {
    return !coverOpen && linesLeft > 0;
  }

  /// Prints what waits and can be printed.
  ///
  /// @return what it says meanwhile
  public byte[] work() {
    linePrinted = false;
    while (!memory.isEmpty() && ready() && !(linePrinted && oneByOne)) {
      mind.take(memory.removeFirst());
    }
    byte[] said = answers.toByteArray();
    answers.reset();
    return said;
  }

  private void put(Printed printed) {
    if (printed instanceof Printed.Line) {
      linesLeft--;
      linePrinted = true;
    }
    paper.accept(printed);
  }

  /// Whether something waits that it could print now.
  boolean waits() {
    return !memory.isEmpty() && ready();
  }

  /// Each [#work] prints one line at most.
  void oneByOne(boolean on) {
    oneByOne = on;
  }

  /// Paper for so many lines; 0 takes the roll out.
  public void paperFor(int lines) {
    linesLeft = lines;
  }

  /// A new roll.
  public void newPaper() {
    paperLow = false;
    paperFor(Integer.MAX_VALUE);
  }

  public boolean hasPaper() {
    return linesLeft > 0;
  }

  void paperLow(boolean low) {
    paperLow = low;
  }

  public void coverOpen(boolean open) {
    coverOpen = open;
  }

  public boolean isCoverOpen() {
    return coverOpen;
  }

  void rubbish(@Nullable Integer status) {
    rubbish = status;
  }

  void silent(boolean on) {
    silent = on;
  }

  /// What was not printed is gone.
  @Override
  public void powerCycle() {
    memory.clear();
    command.clear();
    mind.initialise();
  }

  long unknownCommands() {
    return mind.unknownCommands();
  }
}

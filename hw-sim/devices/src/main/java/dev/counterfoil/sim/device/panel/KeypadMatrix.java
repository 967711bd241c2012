package dev.counterfoil.sim.device.panel;

import dev.counterfoil.sim.device.board.GpioLine;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A 4 x 4 matrix keypad: sixteen contacts between four row lines and four column lines, no diodes.
///
/// Rows and columns joined by closed contacts are one piece of wire: a low output anywhere in it pulls all of
/// it low, else a high output pushes it high, else each line falls to its pull resistor. So two keys in one
/// column, and the phantom fourth corner of three keys, look as they do on the real thing. Thread-safe.
public final class KeypadMatrix {
  private static final int SIDE = 4;

  private final String layout;
  private final List<GpioLine> rows;
  private final List<GpioLine> columns;
  private final boolean[] closed = new boolean[SIDE * SIDE];
  private final ReentrantLock lock = new ReentrantLock();
  private boolean settling;
  private boolean unplugged;

  /// `layout` names the sixteen keys row by row, such as `123A456B789C*0#D`.
  public KeypadMatrix(String layout, List<GpioLine> rows, List<GpioLine> columns) {
    if (layout.length() != SIDE * SIDE || rows.size() != SIDE || columns.size() != SIDE) {
      throw new IllegalArgumentException("a 4 x 4 keypad needs 16 keys, 4 rows and 4 columns");
    }
    this.layout = layout;
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
    rows.forEach(line -> line.observe(_ -> settle()));
    columns.forEach(line -> line.observe(_ -> settle()));
  }

  /// Closes or opens a key's contact at once, without bounce.
    ///
    /// @throws IllegalArgumentException when the keypad has no such key
  public void contact(char key, boolean close) {
    int index = layout.indexOf(key);
    if (index < 0) {
      throw new IllegalArgumentException("no key '" + key + "' on " + layout);
    }
    lock.lock();
    try {
      closed[index] = close;
    } finally {
      lock.unlock();
    }
    settle();
  }

  /// Pulls the keypad's cable, or plugs it in again.
  public void unplugged(boolean out) {
    lock.lock();
    try {
      unplugged = out;
    } finally {
      lock.unlock();
    }
    settle();
  }

  /// Works out what the contacts do to the lines. Driving a line tells its observers, this keypad among them;
    /// the guard keeps that from starting over.
  private void settle() {
    rows.getFirst().atomically(() -> {
      if (settling) {
        return;
      }
      settling = true;
      try {
        drive();
      } finally {
        settling = false;
      }
    });
  }

  private void drive() {
    int[] piece = pieces();
    for (int wire = 0; wire < 2 * SIDE; wire++) {
      line(wire).drive(driveOf(piece, wire));
    }
  }

  /// The lowest wire number each wire is joined with; wires 0 to 3 are rows, 4 to 7 columns.
  private int[] pieces() {
    int[] piece = new int[2 * SIDE];
    for (int wire = 0; wire < piece.length; wire++) {
      piece[wire] = wire;
    }
    lock.lock();
    try {
      for (int index = 0; index < closed.length && !unplugged; index++) {
        if (closed[index]) {
          join(piece, index / SIDE, SIDE + index % SIDE);
        }
      }
    } finally {
      lock.unlock();
    }
    return piece;
  }

  private static void join(int[] piece, int row, int column) {
    int from = Math.max(piece[row], piece[column]);
    int to = Math.min(piece[row], piece[column]);
    for (int wire = 0; wire < piece.length; wire++) {
      if (piece[wire] == from) {
        piece[wire] = to;
      }
    }
  }

  private GpioLine.Drive driveOf(int[] piece, int wire) {
    GpioLine.Drive strongest = GpioLine.Drive.FLOAT;
    for (int other = 0; other < piece.length; other++) {
      GpioLine.Drive drive = piece[other] == piece[wire] && other != wire
          ? line(other).drivenByTerminal()
          : GpioLine.Drive.FLOAT;
      if (drive == GpioLine.Drive.LOW) {
        return GpioLine.Drive.LOW;
      }
      if (drive == GpioLine.Drive.HIGH) {
        strongest = GpioLine.Drive.HIGH;
      }
    }
    return strongest;
  }

  private GpioLine line(int wire) {
    return wire < SIDE ? rows.get(wire) : columns.get(wire - SIDE);
  }
}

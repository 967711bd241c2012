package dev.counterfoil.terminal.driver.keypad;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.PinInput;
import dev.counterfoil.terminal.line.PinOutput;
import java.util.ArrayList;
import java.util.List;

/// The wires of the matrix: rows that we drive, columns with pull-up resistors that we read. A closed contact pulls
/// its column low while its row is low.
///
/// Wiring note: put 1 kilo-ohm into each row wire. While one row is low the others are driven high, and two keys of
/// one column would otherwise short two outputs.
///
/// Threads: one at a time, except for the callback given to [#onEdge(Runnable)].
public final class KeypadMatrix {

  /// Every column, as a bit mask.
  public static final int ALL_COLUMNS = (1 << KeypadLayout.COLUMNS) - 1;

  private final List<PinOutput> rows;
  private final List<PinInput> columns;

  /// @param rows    four outputs, row 0 first
  /// @param columns four inputs with pull-ups, column 0 first
  public KeypadMatrix(List<PinOutput> rows, List<PinInput> columns) {
    if (rows.size() != KeypadLayout.ROWS || columns.size() != KeypadLayout.COLUMNS) {
      throw new IllegalArgumentException("a keypad has 4 rows and 4 columns, found " + rows.size() + " and "
          + columns.size());
    }
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
  }

  /// The matrix on these pins of a board; rows rest low, ready for a key.
  ///
  /// @param rows    BCM numbers of the four row wires
  /// @param columns BCM numbers of the four column wires
  /// @throws DeviceFaultException if the board refuses a pin
  public static KeypadMatrix on(Board board, List<Integer> rows, List<Integer> columns)
      throws DeviceFaultException {
    var outputs = new ArrayList<PinOutput>();
    for (int bcm : rows) {
      outputs.add(board.output(bcm, false));
    }
    var inputs = new ArrayList<PinInput>();
    for (int bcm : columns) {
      inputs.add(board.inputPulledUp(bcm));
    }
    return new KeypadMatrix(outputs, inputs);
  }

  void onEdge(Runnable callback) {
    columns.forEach(column -> column.onChange(callback));
  }

  /// Drives all rows low, so that any key makes an edge on its column.
  void arm() throws DeviceFaultException {
    driveRows(false);
  }

  /// The columns in which a contact is closed, a bit per column; only while armed.
  int touchedColumns() throws DeviceFaultException {
    return lowAmong(ALL_COLUMNS);
  }

  /// Which contacts are closed: a bit per key, row by row. Arms the matrix again.
  ///
  /// Looks only at the columns asked for, because each look and each change of a row may be a call into the kernel.
  ///
  /// @param columns a bit per column
  /// @throws DeviceFaultException if a pin cannot be driven or read
  public int scan(int columns) throws DeviceFaultException {
    driveRows(true);
    int contacts = 0;
    for (int row = 0; row < rows.size(); row++) {
      rows.get(row).set(false);
      contacts |= lowAmong(columns) << row * KeypadLayout.COLUMNS;
      rows.get(row).set(true);
    }
    arm();
    return contacts;
  }

  /// The columns that are low although every row is high, a bit per column: on a sound keypad none, whatever is
  /// pressed. Leaves all rows high.
  ///
  /// @throws DeviceFaultException if a pin cannot be driven or read
  public int columnsAtFault() throws DeviceFaultException {
    driveRows(true);
    return lowAmong(ALL_COLUMNS);
  }

  private int lowAmong(int wanted) throws DeviceFaultException {
    int low = 0;
    for (int column = 0; column < columns.size(); column++) {
      if ((wanted & 1 << column) != 0 && !columns.get(column).isHigh()) {
        low |= 1 << column;
      }
    }
    return low;
  }

  private void driveRows(boolean high) throws DeviceFaultException {
    for (var row : rows) {
      row.set(high);
    }
  }
}

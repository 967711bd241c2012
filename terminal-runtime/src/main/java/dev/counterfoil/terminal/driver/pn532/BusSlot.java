package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.DeviceLock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The reader's place on a bus of the board: taken for this process alone, opened through a board of its own, given
/// back. The board is the reader's own so that a display that fails on the same bus does not take the reader along.
///
/// @param <D> the kind of device
final class BusSlot<D> {

  /// How a device is got from a board.
  interface Opener<D> {
    D on(Board board) throws DeviceFaultException;
  }

  private final String name;
  private final DeviceLock lock;
  private final Board.Opener boards;
  private final Opener<D> opener;
  private @Nullable Board board;
  private @Nullable D device;

  BusSlot(String name, DeviceLock lock, Board.Opener boards, Opener<D> opener) {
    this.name = name;
    this.lock = lock;
    this.boards = boards;
    this.opener = opener;
  }

  String name() {
    return name;
  }

  void open() throws DeviceFaultException {
    lock.take();
    try {
      board = boards.open();
      device = opener.on(board);
    } catch (DeviceFaultException e) {
      close();
      throw e;
    }
  }

  boolean isOpen() {
    return device != null;
  }

  D device() {
    if (device == null) {
      throw new IllegalStateException(name + " is not open");
    }
    return device;
  }

  void close() {
    device = null;
    if (board != null) {
      board.close();
      board = null;
    }
    lock.release();
  }
}

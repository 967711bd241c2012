package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.sim.device.printer.EscPosInterpreter;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.driver.escpos.EscPosBytes;
import dev.counterfoil.terminal.receipt.Receipt;

/// A receipt printer: the shipped receipt and its bytes, read by the model of the printer.
public final class VirtualPrinter {

  private final Receipt receipt;
  private final Sight.Onlooker onlooker;
  private final EscPosInterpreter paper;

  public VirtualPrinter(Receipt receipt, Sight.Onlooker onlooker) {
    this.receipt = receipt;
    this.onlooker = onlooker;
    this.paper = new EscPosInterpreter(part -> onlooker.sees(new Sight.Paper(part)), _ -> {
      // This printer is never asked how it is.
    });
  }

  /// Prints the receipt of a record, if it has one.
  public void print(JournalRecord record) {
    receipt.of(record, false).ifPresent(this::print);
  }

  /// Prints what the server said to a closed shift.
  public void print(JournalRecord closing, ShiftAnswer answer) {
    print(receipt.answered(closing, answer));
  }

  private void print(Slip slip) {
    byte[] bytes = EscPosBytes.of(slip, true);
    onlooker.sees(new Sight.Bus("printer", true, bytes, bytes.length + " bytes of ESC/POS"));
    for (byte value : bytes) {
      paper.take(value & 0xFF);
    }
  }
}

package dev.counterfoil.terminal.receipt;

import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.device.Printer;
import dev.counterfoil.terminal.device.PrinterEvent;
import dev.counterfoil.terminal.device.Slip;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Receipts of what has become durable, on paper. Nothing that happens here reaches back into a sale.
///
/// Threads: any; nothing blocks.
public final class ReceiptDesk implements AutoCloseable {

  /// Pressed one after the other, they print what could not be printed, or the last receipt once more.
  private static final char FIRST_KEY = 'A';
  private static final char SECOND_KEY = 'B';
  private static final char CLEAR = 'D';

  private static final String PRINTER = "printer";
  private static final Logger LOG = LoggerFactory.getLogger(ReceiptDesk.class);

  private final Printer printer;
  private final Receipt receipt;
  private final boolean automatic;
  private final Consumer<Event> events;
  private @Nullable JournalRecord waiting;
  private char lastKey;

  /// @param automatic a receipt of each record, without being asked
  /// @param events    takes what happens to the printer; must not block
  public ReceiptDesk(Printer printer, Receipt receipt, boolean automatic, Consumer<Event> events) {
    this.printer = printer;
    this.receipt = receipt;
    this.automatic = automatic;
    this.events = events;
  }

  /// Starts the printer. Returns at once.
  public void start() {
    printer.start(this::heard);
  }

  /// A key was pressed: `A` and then `B` ask for a receipt instead of a void.
  ///
  /// @return the key that the sale is told of instead
  public synchronized char pressed(char key) {
    boolean wanted = lastKey == FIRST_KEY && key == SECOND_KEY;
    lastKey = key;
    if (wanted) {
      again();
    }
    return wanted ? CLEAR : key;
  }

  /// The receipt of this record, at once or when keys `A` and `B` ask for it.
  public synchronized void print(JournalRecord record) {
    if (automatic) {
      hand(record);
    } else {
      waiting = record;
    }
  }

  /// The server's answer to a closed shift; printed where receipts are printed by themselves.
  public void print(JournalRecord closing, ShiftAnswer answer) {
    if (automatic) {
      Slip slip = receipt.answered(closing, answer);
      printer.print(slip, slip);
    }
  }

  private void again() {
    JournalRecord asked = waiting;
    waiting = null;
    if (asked == null) {
      printer.reprint();
    } else {
      hand(asked);
    }
  }

  private void hand(JournalRecord record) {
    receipt.of(record, false).ifPresent(slip -> printer.print(slip, receipt.of(record, true).orElse(slip)));
  }

  private void heard(PrinterEvent event) {
    switch (event) {
      case PrinterEvent.PrinterFault(var fault) ->
        events.accept(new Event.DeviceFailed(PRINTER, fault.code().name()));
      case PrinterEvent.PrinterRecovered() -> events.accept(new Event.DeviceWell(PRINTER));
      case PrinterEvent.Printed() -> LOG.debug("event=receipt_printed");
      case PrinterEvent.NotPrinted(var fault) ->
        LOG.warn("event=receipt_not_printed code={} detail=\"kept; keys A B print it\"", fault.code());
    }
  }

  @Override
  public void close() {
    printer.close();
  }
}

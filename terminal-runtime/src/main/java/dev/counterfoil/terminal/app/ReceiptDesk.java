package dev.counterfoil.terminal.app;

import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.device.Printer;
import dev.counterfoil.terminal.device.PrinterEvent;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.driver.escpos.EscPosPrinter;
import dev.counterfoil.terminal.driver.escpos.EscPosSettings;
import dev.counterfoil.terminal.line.DeviceFile;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import dev.counterfoil.terminal.receipt.Receipt;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Receipts of what has become durable, on paper. Nothing that happens here reaches back into a sale.
///
/// Threads: any; nothing blocks.
final class ReceiptDesk implements AutoCloseable {

  /// Pressed one after the other, they print what could not be printed, or the last receipt once more.
  static final char FIRST_KEY = 'A';
  static final char SECOND_KEY = 'B';

  private static final String PRINTER = "printer";
  private static final Logger LOG = LoggerFactory.getLogger(ReceiptDesk.class);

  private final Printer printer;
  private final Receipt receipt;
  private final boolean automatic;
  private final Consumer<Event> events;
  private @Nullable JournalRecord waiting;

  /// @param name   of the terminal, which is its first line
  /// @param events takes what happens to the printer; must not block
  ReceiptDesk(TerminalConfig.Printer set, String name, Language language, MonotonicClock clock,
      Consumer<Event> events) {
    this.printer = new EscPosPrinter(line(set, clock), clock,
        new EscPosSettings(set.file().isEmpty(), set.cut(), EscPosSettings.DEFAULT_ASK_MILLIS));
    this.receipt = new Receipt(name, name, language, ZoneId.systemDefault(), set.columns(), set.qr(),
        set.drawer());
    this.automatic = set.automatic();
    this.events = events;
  }

  static SerialLine line(TerminalConfig.Printer set, MonotonicClock clock) {
    return set.file().isEmpty()
        ? new JsscSerialLine(set.port(), set.baud(), clock)
        : new DeviceFile(set.file(), clock);
  }

  void start() {
    printer.start(this::heard);
  }

  /// The receipt of this record, at once or when [#again] asks for it.
  synchronized void print(JournalRecord record) {
    if (automatic) {
      hand(record);
    } else {
      waiting = record;
    }
  }

  /// The server's answer to a closed shift; printed where receipts are printed by themselves.
  void print(JournalRecord closing, ShiftAnswer answer) {
    if (automatic) {
      Slip slip = receipt.answered(closing, answer);
      printer.print(slip, slip);
    }
  }

  /// Keys `A` and `B`.
  synchronized void again() {
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

package dev.counterfoil.terminal.device;

import java.util.function.Consumer;

/// A printer of receipts. Whether it prints never decides about a sale: a slip is handed over and the caller goes on.
///
/// What could not be printed is kept, the newest [#KEPT] slips, until [#reprint] asks for it.
///
/// Threads: all methods may be called from any thread. Events arrive on the printer's thread; the listener must not block.
public interface Printer extends AutoCloseable {

  /// Slips that are kept for a reprint.
  int KEPT = 20;

  /// Starts asking the printer how it is, once a second. Returns at once; a printer that is not there is an event.
  ///
  /// @throws IllegalStateException if started before
  void start(Consumer<PrinterEvent> listener);

  /// Prints this after what waits already. Returns at once. Ignored after [#close()].
  ///
  /// @param copy what to print if it is asked for again after it was printed; says that it is a copy
  void print(Slip slip, Slip copy);

  /// Prints what could not be printed, or else the last slip once more as a copy. Returns at once.
  void reprint();

  /// Stops. A slip that is being printed is left as it is. Blocks until the printer's thread has ended. Idempotent.
  @Override
  void close();
}

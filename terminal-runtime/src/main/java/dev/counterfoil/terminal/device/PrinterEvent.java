package dev.counterfoil.terminal.device;

/// What a printer can tell.
public sealed interface PrinterEvent {

  /// It cannot print. Reported once per fault code; the driver keeps asking by itself.
  record PrinterFault(DeviceFault fault) implements PrinterEvent {}

  /// It can print. The first event after a good start, and the one that ends every fault.
  record PrinterRecovered() implements PrinterEvent {}

  /// A slip is on paper.
  record Printed() implements PrinterEvent {}

  /// A slip is not on paper, or only a part of it; it is kept for a reprint.
  record NotPrinted(DeviceFault fault) implements PrinterEvent {}
}

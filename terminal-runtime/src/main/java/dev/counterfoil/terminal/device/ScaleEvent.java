package dev.counterfoil.terminal.device;

/// What a scale can tell.
public sealed interface ScaleEvent {

  /// The scale was read.
  ///
  /// @param atMillis when, on the terminal's monotonic clock
  record Weighed(Weight weight, long atMillis) implements ScaleEvent {}

  /// The scale does not work. Reported once per fault code; the driver keeps trying by itself.
  record ScaleFault(DeviceFault fault) implements ScaleEvent {}

  /// The scale works. The first event after a good start, and the one that ends every fault.
  record ScaleRecovered() implements ScaleEvent {}
}

package dev.counterfoil.terminal.device;

/// What a display can tell.
public sealed interface DisplayEvent {

  /// The display does not answer. Reported once per fault; the driver keeps trying by itself.
  record DisplayFault(DeviceFault fault) implements DisplayEvent {}

  /// The display works and shows what was asked for last. The first event after a good start, and the one that
  /// ends every fault.
  record DisplayRecovered() implements DisplayEvent {}
}

package dev.counterfoil.terminal.device;

/// What a keypad can tell.
public sealed interface KeypadEvent {

  /// One key went down, alone and steadily. There is no repeat while it is held.
  ///
  /// @param key the character printed on the key
  record KeyPressed(char key) implements KeypadEvent {}

  /// The keypad does not work or has a jammed key. Reported once per fault.
  record KeypadFault(DeviceFault fault) implements KeypadEvent {}

  /// The fault reported last is over.
  record KeypadRecovered() implements KeypadEvent {}
}

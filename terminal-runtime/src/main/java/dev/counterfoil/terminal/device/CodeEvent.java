package dev.counterfoil.terminal.device;

/// What a reader of codes can tell.
public sealed interface CodeEvent {

  /// Something was scanned, once however long it is held there. The line to a scanner has no checksum, so this may be
  /// anything from a code of ours to half of two foreign ones: who takes it must check it.
  ///
  /// @param text 1 to 512 characters, a byte each; a payment code among them, so `toString` does not show it
  record CodeRead(String text) implements CodeEvent {

    @Override
    public String toString() {
      return "CodeRead[" + text.length() + " characters]";
    }
  }

  /// A code was scanned and is known to have arrived damaged: it is to be scanned again. The reader goes on.
  ///
  /// @param fault what was wrong with it
  record CodeMisread(DeviceFault fault) implements CodeEvent {}

  /// The reader does not work. Reported once per fault code; the driver keeps trying by itself.
  record CodeReaderFault(DeviceFault fault) implements CodeEvent {}

  /// The reader works. The first event after a good start, and the one that ends every fault.
  record CodeReaderRecovered() implements CodeEvent {}
}

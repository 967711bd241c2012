package dev.counterfoil.terminal.line;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.counterfoil.terminal.line.linux.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The nine calls of libpcsclite that are needed. Each returns the library's code as an unsigned 32-bit number.
///
/// Stateless once loaded; the library serialises calls of one context by itself.
final class PcscLibrary {

  private static final String NAME = "libpcsclite.so.1";
  private static final long UNSIGNED = 0xFFFFFFFFL;

  private final MethodHandle establishContext;
  private final MethodHandle releaseContext;
  private final MethodHandle listReaders;
  private final MethodHandle getStatusChange;
  private final MethodHandle connect;
  private final MethodHandle transmit;
  private final MethodHandle disconnect;
  private final MethodHandle cancel;

  private PcscLibrary(SymbolLookup symbols) {
    establishContext = call(symbols, "SCardEstablishContext", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    releaseContext = call(symbols, "SCardReleaseContext", JAVA_LONG);
    listReaders = call(symbols, "SCardListReaders", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    getStatusChange = call(symbols, "SCardGetStatusChange", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
    connect = call(symbols, "SCardConnect", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
    transmit = call(symbols, "SCardTransmit", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS,
        ADDRESS);
    disconnect = call(symbols, "SCardDisconnect", JAVA_LONG, JAVA_LONG);
    cancel = call(symbols, "SCardCancel", JAVA_LONG);
  }

  /// The library of this machine, if it is installed.
  static Optional<PcscLibrary> load() {
    try {
      return Optional.of(new PcscLibrary(SymbolLookup.libraryLookup(NAME, Arena.global())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static MethodHandle call(SymbolLookup symbols, String name, MemoryLayout... parameters) {
    var symbol = symbols.find(name)
        .orElseThrow(() -> new IllegalArgumentException(NAME + " has no " + name));
    return Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(JAVA_LONG, parameters));
  }

  long establishContext(long scope, MemorySegment context) {
    return run(
        () -> (long) establishContext.invokeExact(scope, MemorySegment.NULL, MemorySegment.NULL, context));
  }

  long releaseContext(long context) {
    return run(() -> (long) releaseContext.invokeExact(context));
  }

  long listReaders(long context, MemorySegment names, MemorySegment length) {
    return run(() -> (long) listReaders.invokeExact(context, MemorySegment.NULL, names, length));
  }

  /// Blocks for up to `millis`.
  long getStatusChange(long context, long millis, MemorySegment oneState) {
    return run(() -> (long) getStatusChange.invokeExact(context, millis, oneState, 1L));
  }

  long connect(long context, MemorySegment reader, long share, long protocols, MemorySegment card,
      MemorySegment protocol) {
    return run(() -> (long) connect.invokeExact(context, reader, share, protocols, card, protocol));
  }

  /// Blocks for as long as the card works.
  long transmit(long card, MemorySegment request, MemorySegment command, long commandLength,
      MemorySegment answer,
      MemorySegment answerLength) {
    return run(
        () -> (long) transmit.invokeExact(card, request, command, commandLength, MemorySegment.NULL, answer,
            answerLength));
  }

  long disconnect(long card, long disposition) {
    return run(() -> (long) disconnect.invokeExact(card, disposition));
  }

  long cancel(long context) {
    return run(() -> (long) cancel.invokeExact(context));
  }

  private static long run(NativeCall<Long> call) {
    return NativeCall.of(NAME, call) & UNSIGNED;
  }
}

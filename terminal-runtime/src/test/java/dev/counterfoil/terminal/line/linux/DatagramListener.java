package dev.counterfoil.terminal.line.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// A service manager's socket: a Unix datagram socket, which Java has not.
final class DatagramListener implements AutoCloseable {

  private static final int UNIX = 1;
  private static final int DATAGRAM = 2;
  private static final int ROOM = 4_096;

  private final MethodHandle receive = handle("recv", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
  private final int descriptor;

  /// @param address `struct sockaddr_un`
  DatagramListener(byte[] address) {
    var socket = handle("socket", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    var bind = handle("bind", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    descriptor = NativeCall.of("socket", () -> (int) socket.invokeExact(UNIX, DATAGRAM, 0));
    int bound = NativeCall.of("bind", () -> {
      try (var arena = Arena.ofConfined()) {
        return (int) bind.invokeExact(descriptor, arena.allocateFrom(ValueLayout.JAVA_BYTE, address),
            address.length);
      }
    });
    if (descriptor < 0 || bound != 0) {
      throw new AssertionError("cannot listen");
    }
  }

  private static MethodHandle handle(String name, FunctionDescriptor form) {
    return Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(name),
        form);
  }

  /// The next one, as text.
  String next() {
    return NativeCall.of("recv", () -> {
      try (var arena = Arena.ofConfined()) {
        var buffer = arena.allocate(ROOM);
        long got = (long) receive.invokeExact(descriptor, buffer, (long) ROOM, 0);
        return new String(buffer.asSlice(0, got).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
      }
    });
  }

  @Override
  public void close() {
    Kernel.system().close(descriptor);
  }
}

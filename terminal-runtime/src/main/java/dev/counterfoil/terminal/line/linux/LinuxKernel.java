package dev.counterfoil.terminal.line.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The kernel by the C library.
final class LinuxKernel implements Kernel {

  private static final int O_WRONLY = 1;
  private static final int O_RDWR = 2;
  private static final int O_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
  /// A serial port must not become the terminal of a service, which its loss would end.
  private static final int O_NOCTTY = 0x100;
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
  private static final short POLLIN = 1;
  private static final int POLL_LENGTH = 8;
  private static final int EVENTS_OFFSET = 4;
  private static final int FOUND_OFFSET = 6;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  /// Behind what it is made of.
  static final LinuxKernel SYSTEM = new LinuxKernel();

  private final MethodHandle open = handle("open", 2,
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private final MethodHandle ioctl = handle("ioctl", 2,
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG));
  private final MethodHandle poll = handle("poll", 0, FunctionDescriptor.of(ValueLayout.JAVA_INT,
      ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
  private final MethodHandle read = handle("read", 0, FunctionDescriptor.of(ValueLayout.JAVA_LONG,
      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  private final MethodHandle write = handle("write", 0, FunctionDescriptor.of(ValueLayout.JAVA_LONG,
      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  private final MethodHandle eventfd = handle("eventfd", 0,
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private final MethodHandle socket = handle("socket", 0, FunctionDescriptor.of(ValueLayout.JAVA_INT,
      ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private final MethodHandle sendto = handle("sendto", 0,
      FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private final MethodHandle close = handle("close", 0,
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private LinuxKernel() {}

  /// @param variadic how many arguments come before the open end; 0 if it has none
  private static MethodHandle handle(String name, int variadic, FunctionDescriptor form) {
    var symbol = LINKER.defaultLookup().find(name)
        .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
    return variadic == 0
        ? LINKER.downcallHandle(symbol, form, Linker.Option.captureCallState("errno"))
        : LINKER.downcallHandle(symbol, form, Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(variadic));
  }

  @Override
  public int open(String path, Access access) {
    int flags = O_NONBLOCK_CLOEXEC | O_NOCTTY | switch (access) {
      case READ -> 0;
      case WRITE -> O_WRONLY;
      case BOTH -> O_RDWR;
    };
    return NativeCall.of("open", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        return answer((int) open.invokeExact(state, arena.allocateFrom(path), flags), state);
      }
    });
  }

  @Override
  public int ioctl(int descriptor, long request, long argument) {
    return NativeCall.of("ioctl", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        return answer((int) ioctl.invokeExact(state, descriptor, request, argument), state);
      }
    });
  }

  @Override
  public int ioctl(int descriptor, long request, Memory argument) {
    return NativeCall.of("ioctl", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        var copy = NativeCopy.of(argument, arena);
        int result = (int) ioctl.invokeExact(state, descriptor, request, copy.address());
        int answer = answer(result, state);
        copy.takeBack();
        return answer;
      }
    });
  }

  @Override
  public int poll(int[] descriptors, boolean[] ready, long timeoutMillis) {
    int timeout = (int) Math.min(Integer.MAX_VALUE, timeoutMillis);
    return NativeCall.of("poll", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        var wanted = arena.allocate((long) POLL_LENGTH * descriptors.length, Long.BYTES);
        for (int i = 0; i < descriptors.length; i++) {
          wanted.set(ValueLayout.JAVA_INT, (long) POLL_LENGTH * i, descriptors[i]);
          wanted.set(ValueLayout.JAVA_SHORT, (long) POLL_LENGTH * i + EVENTS_OFFSET, POLLIN);
        }
        int found = answer((int) poll.invokeExact(state, wanted, (long) descriptors.length, timeout), state);
        for (int i = 0; i < descriptors.length; i++) {
          ready[i] = found > 0
              && wanted.get(ValueLayout.JAVA_SHORT, (long) POLL_LENGTH * i + FOUND_OFFSET) != 0;
        }
        return found;
      }
    });
  }

  @Override
  public int read(int descriptor, byte[] into) {
    return NativeCall.of("read", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        var buffer = arena.allocate(into.length);
        int got = answer((long) read.invokeExact(state, descriptor, buffer, (long) into.length), state);
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, Math.max(0, got));
        return got;
      }
    });
  }

  @Override
  public int write(int descriptor, byte[] bytes) {
    return NativeCall.of("write", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        var buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        return answer((long) write.invokeExact(state, descriptor, buffer, (long) bytes.length), state);
      }
    });
  }

  @Override
  public int wakeUpCall() {
    return NativeCall.of("eventfd", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        return answer((int) eventfd.invokeExact(state, 0, O_NONBLOCK_CLOEXEC), state);
      }
    });
  }

  @Override
  public int datagram(byte[] address, byte[] bytes) {
    int opened = datagramSocket();
    if (opened < 0) {
      return opened;
    }
    try {
      return NativeCall.of("sendto", () -> {
        try (var arena = Arena.ofConfined()) {
          var state = arena.allocate(STATE);
          return answer((long) sendto.invokeExact(state, opened,
              arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), (long) bytes.length, MSG_DONTWAIT_NOSIGNAL,
              arena.allocateFrom(ValueLayout.JAVA_BYTE, address), address.length), state);
        }
      });
    } finally {
      close(opened);
    }
  }

  private int datagramSocket() {
    return NativeCall.of("socket", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        return answer((int) socket.invokeExact(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0), state);
      }
    });
  }

  @Override
  public int close(int descriptor) {
    return NativeCall.of("close", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        return answer((int) close.invokeExact(state, descriptor), state);
      }
    });
  }

  private static int answer(long result, MemorySegment state) {
    return result >= 0 ? Math.toIntExact(result) : -(int) ERRNO.get(state, 0L);
  }
}

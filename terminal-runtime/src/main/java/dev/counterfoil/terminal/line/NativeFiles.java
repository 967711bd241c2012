package dev.counterfoil.terminal.line;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The few calls of the C library that files of devices need and Java has not. Each answers a result of nought or more, or
/// the negative error number. Any thread.
final class NativeFiles {

  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int ENOTTY = 25;

  private static final int O_RDONLY_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
  /// `_IOW('E', 0x90, int)`.
  private static final long EVIOCGRAB = 0x40044590L;
  private static final short POLLIN = 1;
  private static final int POLL_LENGTH = 8;
  private static final int EVENTS_OFFSET = 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final NativeFiles SYSTEM = new NativeFiles();

  private final MethodHandle open = handle("open", 2,
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private final MethodHandle ioctl = handle("ioctl", 2,
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG));
  private final MethodHandle poll = handle("poll", 0, FunctionDescriptor.of(ValueLayout.JAVA_INT,
      ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
  private final MethodHandle read = handle("read", 0, FunctionDescriptor.of(ValueLayout.JAVA_LONG,
      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  private final MethodHandle close = handle("close", 0,
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private NativeFiles() {}

  static NativeFiles system() {
    return SYSTEM;
  }

  /// @param variadic how many arguments come before the open end; 0 if it has none
  private static MethodHandle handle(String name, int variadic, FunctionDescriptor form) {
    var symbol = LINKER.defaultLookup().find(name)
        .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
    return variadic == 0
        ? LINKER.downcallHandle(symbol, form, Linker.Option.captureCallState("errno"))
        : LINKER.downcallHandle(symbol, form, Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(variadic));
  }

  /// Opens a file for reading, without waiting.
  int open(String path) {
    return NativeCall.of("open", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        int result = (int) open.invokeExact(state, arena.allocateFrom(path), O_RDONLY_NONBLOCK_CLOEXEC);
        return answer(result, state);
      }
    });
  }

  /// Takes an input device away from everybody else.
  int grab(int descriptor) {
    return NativeCall.of("ioctl", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        return answer((int) ioctl.invokeExact(state, descriptor, EVIOCGRAB, 1L), state);
      }
    });
  }

  /// Waits for something to read; 0 when the time is over.
  int poll(int descriptor, long timeoutMillis) {
    return NativeCall.of("poll", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        MemorySegment wanted = arena.allocate(POLL_LENGTH, Long.BYTES);
        wanted.set(ValueLayout.JAVA_INT, 0, descriptor);
        wanted.set(ValueLayout.JAVA_SHORT, EVENTS_OFFSET, POLLIN);
        return answer((int) poll.invokeExact(state, wanted, 1L, (int) timeoutMillis), state);
      }
    });
  }

  /// What there is to read; empty at the end of the file and after an error.
  byte[] read(int descriptor, int most) {
    return NativeCall.of("read", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        var buffer = arena.allocate(most);
        long got = (long) read.invokeExact(state, descriptor, buffer, (long) most);
        return got <= 0 ? new byte[0] : buffer.asSlice(0, got).toArray(ValueLayout.JAVA_BYTE);
      }
    });
  }

  /// Whatever it answers, the descriptor is worth nothing afterwards.
  int close(int descriptor) {
    return NativeCall.of("close", () -> {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        return answer((int) close.invokeExact(state, descriptor), state);
      }
    });
  }

  private static int answer(int result, MemorySegment state) {
    return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
  }

}

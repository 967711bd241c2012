package dev.counterfoil.sim.line;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The few calls of the C library that a pseudo-terminal needs (glibc on 64-bit Linux, x86 and arm).
///
/// Each call returns what libc returns, except that -1 becomes the negated errno, so that one `int` carries
/// both outcomes and no call depends on thread-local state. Thread-safe: the handles are stateless, the errno
/// capture buffer lives in the caller's confined arena.
final class Libc {
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final short POLLIN = 0x001;
  static final short POLLOUT = 0x004;
  static final short POLLHUP = 0x010;

  private static final int O_RDWR = 0x2;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int EFD_NONBLOCK_CLOEXEC = O_NONBLOCK | O_CLOEXEC;
  private static final int TCSANOW = 0;
  /// `struct termios` is 60 bytes in glibc; the margin guards against another libc's longer struct.
  private static final long TERMIOS_BYTES = 128;
  /// `POLLFD` is {int fd; short events; short revents}.
  private static final long POLLFD_BYTES = 8;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final java.lang.foreign.AddressLayout PTR = ValueLayout.ADDRESS;

  private static final MethodHandle POSIX_OPENPT = call("posix_openpt", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle GRANTPT = call("grantpt", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle UNLOCKPT = call("unlockpt", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle PTSNAME_R = call("ptsname_r", FunctionDescriptor.of(INT, INT, PTR, LONG));
  private static final MethodHandle TCGETATTR = call("tcgetattr", FunctionDescriptor.of(INT, INT, PTR));
  private static final MethodHandle TCSETATTR = call("tcsetattr", FunctionDescriptor.of(INT, INT, INT, PTR));
  private static final MethodHandle CFMAKERAW = plain("cfmakeraw", FunctionDescriptor.ofVoid(PTR));
  private static final MethodHandle CFGETOSPEED = plain("cfgetospeed", FunctionDescriptor.of(INT, PTR));
  private static final MethodHandle READ = call("read", FunctionDescriptor.of(LONG, INT, PTR, LONG));
  private static final MethodHandle WRITE = call("write", FunctionDescriptor.of(LONG, INT, PTR, LONG));
  private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle PPOLL = call("ppoll", FunctionDescriptor.of(INT, PTR, LONG, PTR, PTR));
  private static final MethodHandle EVENTFD = call("eventfd", FunctionDescriptor.of(INT, INT, INT));

  private Libc() {}

  private static MethodHandle call(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor);
  }

  private static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().find(name)
        .orElseThrow(() -> new LineException("SIM-PTY-UNSUPPORTED", "the C library has no " + name));
  }

  /// Opens the master side of a new pseudo-terminal, non-blocking, not as a controlling terminal.
  static int openMaster() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      int fd = checked(state,
          (int) POSIX_OPENPT.invokeExact(state, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
      return fd;
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /// Makes the slave of `master` openable and puts it into raw mode first: a cooked pty echoes what the model
    /// sends back to the model until the other side has set its own mode. Returns the slave's path.
  static String prepareSlave(int master) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      require("grantpt", checked(state, (int) GRANTPT.invokeExact(state, master)));
      makeRaw(arena, state, master);
      require("unlockpt", checked(state, (int) UNLOCKPT.invokeExact(state, master)));
      MemorySegment name = arena.allocate(256);
      int error = (int) PTSNAME_R.invokeExact(state, master, name, 256L);
      require("ptsname_r", error == 0 ? 0 : -error);
      return name.getString(0);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /// On Linux the attributes of a master are those of its slave, so no slave has to be opened for this.
  private static void makeRaw(Arena arena, MemorySegment state, int master) throws Throwable {
    MemorySegment termios = arena.allocate(TERMIOS_BYTES);
    require("tcgetattr", checked(state, (int) TCGETATTR.invokeExact(state, master, termios)));
    CFMAKERAW.invokeExact(termios);
    require("tcsetattr", checked(state, (int) TCSETATTR.invokeExact(state, master, TCSANOW, termios)));
  }

  /// The speed code (`B115200` = 0x1002 ...) that the other side has set on the slave.
  static int speedCode(int master) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      MemorySegment termios = arena.allocate(TERMIOS_BYTES);
      require("tcgetattr", checked(state, (int) TCGETATTR.invokeExact(state, master, termios)));
      return (int) CFGETOSPEED.invokeExact(termios);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static int eventFd() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      return require("eventfd", checked(state, (int) EVENTFD.invokeExact(state, 0, EFD_NONBLOCK_CLOEXEC)));
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /// Bytes read into `target`, 0 at end of file, or a negated errno.
  static int read(int fd, byte[] target) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      MemorySegment buffer = arena.allocate(target.length);
      int count = (int) checked(state, (long) READ.invokeExact(state, fd, buffer, (long) target.length));
      if (count > 0) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, 0, count);
      }
      return count;
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /// Bytes of `source` from `offset` that the kernel took, or a negated errno.
  static int write(int fd, byte[] source, int offset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      int length = source.length - offset;
      MemorySegment buffer = arena.allocate(length);
      MemorySegment.copy(source, offset, buffer, ValueLayout.JAVA_BYTE, 0, length);
      return (int) checked(state, (long) WRITE.invokeExact(state, fd, buffer, (long) length));
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      int _ = checked(state, (int) CLOSE.invokeExact(state, fd));
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /// Waits until one of the descriptors has what it is asked for; a descriptor of -1 is ignored by the
  /// kernel.
    /// Returns the reported events of the first descriptor (0 when only the second one, or nothing,
    /// reported).
  static short poll(int fd, short events, int wakeFd, long timeoutMicros) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      MemorySegment fds = arena.allocate(2 * POLLFD_BYTES, 8);
      fds.set(INT, 0, fd);
      fds.set(ValueLayout.JAVA_SHORT, 4, events);
      fds.set(INT, POLLFD_BYTES, wakeFd);
      fds.set(ValueLayout.JAVA_SHORT, POLLFD_BYTES + 4, POLLIN);
      MemorySegment timeout = arena.allocate(16, 8);
      timeout.set(LONG, 0, timeoutMicros / 1_000_000);
      timeout.set(LONG, 8, timeoutMicros % 1_000_000 * 1_000);
      int ready = checked(state, (int) PPOLL.invokeExact(state, fds, 2L, timeout, MemorySegment.NULL));
      return ready <= 0 ? 0 : fds.get(ValueLayout.JAVA_SHORT, 6);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static int checked(MemorySegment state, int result) {
    return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
  }

  private static long checked(MemorySegment state, long result) {
    return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
  }

  static int require(String what, int result) {
    if (result < 0) {
      throw new LineException("SIM-PTY", what + " failed with errno " + -result);
    }
    return result;
  }

  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException runtime -> runtime;
      case Error error -> throw error;
      default -> new IllegalStateException("a call into the C library failed", thrown);
    };
  }
}

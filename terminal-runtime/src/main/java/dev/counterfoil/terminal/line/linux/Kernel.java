package dev.counterfoil.terminal.line.linux;

import java.util.List;

/// The calls into the kernel that device files need and Java has not. Each answers nought or more, or the negative error
/// number of [Errno]; none throws. A port, so that a test can be the kernel.
///
/// Threads: any, but a descriptor is closed only when nobody waits in a call with it: the number may be another file's by then.
public interface Kernel {

  /// The kernel of this machine.
  static Kernel system() {
    return LinuxKernel.SYSTEM;
  }

  /// How a file is opened.
  enum Access {
    READ, WRITE, BOTH
  }

  /// Bytes that the kernel reads and writes, with pointers to others among them.
  ///
  /// @param bytes changed by the call where the kernel answers in them
  record Memory(byte[] bytes, List<Pointer> pointers) {

    public static Memory of(byte[] bytes) {
      return new Memory(bytes, List.of());
    }
  }

  /// Eight bytes of a [Memory] that hold the address of another one.
  ///
  /// @param at offset in bytes
  record Pointer(int at, Memory to) {}

  /// Opens a device file without waiting for anything.
  ///
  /// @return its descriptor
  int open(String path, Access access);

  /// Tells or asks a device by a number.
  int ioctl(int descriptor, long request, long argument);

  /// Tells or asks a device by a structure, which the kernel may change.
  int ioctl(int descriptor, long request, Memory argument);

  /// Waits until one of the descriptors has something to read or is broken.
  ///
  /// @param ready         set for those that have or are
  /// @param timeoutMillis negative: for as long as it takes
  /// @return how many; 0 when the time is over
  int poll(int[] descriptors, boolean[] ready, long timeoutMillis);

  /// Reads what there is.
  ///
  /// @return how many bytes came; 0 at the end of the file
  int read(int descriptor, byte[] into);

  /// Writes.
  ///
  /// @return how many bytes went
  int write(int descriptor, byte[] bytes);

  /// A descriptor by which one thread wakes another one out of [#poll]: 8 bytes written to it make it ready, 8 bytes read
  /// make it quiet (eventfd(2)).
  int wakeUpCall();

  /// Sends one datagram to a Unix socket, without waiting.
  ///
  /// @param address `struct sockaddr_un` as long as it counts
  /// @return how many bytes went
  int datagram(byte[] address, byte[] bytes);

  /// Whatever it answers, the descriptor is worth nothing afterwards.
  int close(int descriptor);
}

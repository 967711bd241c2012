package dev.counterfoil.terminal.line.linux;

import java.util.Optional;

/// A device file that is opened at its first use and again after the device was pulled and came back.
///
/// Threads: one at a time.
final class DeviceNode implements AutoCloseable {

  /// What is done with each new descriptor before it is used.
  interface SetUp {
    void apply(int descriptor);
  }

  private final Kernel kernel;
  private final String path;
  private final SetUp setUp;
  private Optional<Integer> descriptor = Optional.empty();

  DeviceNode(Kernel kernel, String path, SetUp setUp) {
    this.kernel = kernel;
    this.path = path;
    this.setUp = setUp;
  }

  /// @throws LineFault if it cannot be opened or set up; nothing is left open then
  int descriptor() {
    if (descriptor.isEmpty()) {
      int opened = kernel.open(path, Kernel.Access.BOTH);
      if (opened < 0) {
        throw LineFault.of("open " + path, -opened);
      }
      descriptor = Optional.of(opened);
      try {
        setUp.apply(opened);
      } catch (LineFault e) {
        close();
        throw e;
      }
    }
    return descriptor.get();
  }

  /// Does one call with it.
  ///
  /// @throws LineFault with what the kernel answered
  int ioctl(String doing, long request, Kernel.Memory argument) {
    int answer = retried(() -> kernel.ioctl(descriptor(), request, argument));
    if (answer < 0) {
      if (answer == -Errno.ENODEV || answer == -Errno.ESHUTDOWN) {
        close();
      }
      throw LineFault.of(doing + " on " + path, -answer);
    }
    return answer;
  }

  interface Call {
    int run();
  }

  /// A signal to this process, such as a debugger's, breaks calls; they are made again.
  static int retried(Call call) {
    int answer = call.run();
    while (answer == -Errno.EINTR) {
      answer = call.run();
    }
    return answer;
  }

  @Override
  public void close() {
    descriptor.ifPresent(kernel::close);
    descriptor = Optional.empty();
  }
}

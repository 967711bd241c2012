package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.line.linux.Kernel;
import java.nio.file.Path;
import java.util.Optional;

/// Sleeps until a serial port has something to read, which jSSC cannot without burning a core: a second descriptor of the
/// same device that is never read from, only waited on.
///
/// It must be opened before jSSC's, which then asks the kernel to let nobody else open the device. Threads: the line's.
final class SerialReadiness implements AutoCloseable {

  /// Longest sleep in one piece, so that a thread that was asked to stop notices.
  private static final long SLICE_MILLIS = 100;

  private final Kernel kernel;
  private final int descriptor;
  private final int[] descriptors;
  private final boolean[] ready = new boolean[1];

  private SerialReadiness(Kernel kernel, int descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.descriptors = new int[] {descriptor};
  }

  /// @return empty where the kernel does not let us; the line then looks from time to time instead
  static Optional<SerialReadiness> of(Path device, Kernel kernel) {
    int descriptor = kernel.open(device.toString(), Kernel.Access.READ);
    return descriptor < 0 ? Optional.empty() : Optional.of(new SerialReadiness(kernel, descriptor));
  }

  /// Sleeps until there is something to read, the device broke, or the time is over.
  ///
  /// @return whether something is the matter with the device
  /// @throws InterruptedException if asked to stop; noticed within a tenth of a second
  boolean await(long millis) throws InterruptedException {
    int found = kernel.poll(descriptors, ready, Math.min(millis, SLICE_MILLIS));
    if (Thread.interrupted()) {
      throw new InterruptedException("asked to stop while waiting for a serial line");
    }
    return found != 0;
  }

  @Override
  public void close() {
    kernel.close(descriptor);
  }
}

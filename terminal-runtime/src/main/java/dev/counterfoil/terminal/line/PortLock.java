package dev.counterfoil.terminal.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The right to use one serial port, held by one process at a time.
///
/// The kernel's own mark (TIOCEXCL, set by jSSC) does not stop root, and terminals often run as root; two of them
/// on one reader would answer each other's commands. So a lock file per real device is locked as well; the kernel
/// drops that lock when its holder dies, however it dies. The file itself stays, because deleting it would race
/// with the next holder.
final class PortLock implements AutoCloseable {

  private static final Path SYSTEM_LOCKS = Path.of("/run/lock");

  private final FileChannel channel;

  private PortLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock for this device, or answers empty when somebody else has it.
  ///
  /// @param device the real path of the device, links resolved
  /// @throws IOException if the lock file cannot be opened
  static Optional<PortLock> take(Path device) throws IOException {
    var channel = FileChannel.open(lockFile(device), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new PortLock(channel));
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Same answer as for another process: the port is in use.
    }
    channel.close();
    return Optional.empty();
  }

  static Path lockFile(Path device) {
    var folder = Files.isWritable(SYSTEM_LOCKS) ? SYSTEM_LOCKS
        : Path.of(System.getProperty("java.io.tmpdir"));
    return folder.resolve("counterfoil" + device.toString().replace('/', '_') + ".lock");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("lock file of a serial port did not close", e);
    }
  }
}

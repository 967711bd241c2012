package dev.counterfoil.terminal.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Exclusive use of a journal: an advisory lock on a file beside it, which the system takes back when the program
/// ends in whatever way.
final class FileLease implements AutoCloseable {

  private final FileChannel channel;

  private FileLease(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws StoreException with [StoreFailure#LOCKED] if another program, or another part of this one, has it
  static FileLease take(Path file) {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel = null;
    try {
      channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) != null) {
        return new FileLease(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new StoreException(StoreFailure.READ_ONLY, "lock " + lockFile + ": " + e, e);
    }
    throw new StoreException(StoreFailure.LOCKED, file + " is used by another program");
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The lock ends with the program at the latest.
    }
  }
}

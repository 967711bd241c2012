package dev.counterfoil.settlement.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second server off the same database: a lock on `FILE.lock`, which the operating system releases however the
/// holder ends. The file names the holder's process.
final class SqliteLock implements AutoCloseable {

  private final FileChannel channel;

  private SqliteLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws StoreException STORE_LOCKED, naming the holder; STORE_UNREADABLE
  static SqliteLock take(Path database) {
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StoreException(StoreFault.STORE_LOCKED,
            database + " is held by process " + Files.readString(file));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      return new SqliteLock(channel);
    } catch (IOException e) {
      throw new StoreException(StoreFault.STORE_UNREADABLE, file + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Held by this very process.
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException(StoreFault.STORE_IO, "releasing the lock: " + e.getMessage(), e);
    }
  }
}

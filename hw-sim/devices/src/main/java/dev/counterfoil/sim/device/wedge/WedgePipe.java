package dev.counterfoil.sim.device.wedge;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A named pipe in place of `/dev/input/event*`: it carries the same bytes and cannot be grabbed.
///
/// Calls come from one thread at a time. Unplugging removes the pipe and ends it for who reads it.
public final class WedgePipe implements AutoCloseable {

  private final Path path;
  private @Nullable RandomAccessFile end;

  public WedgePipe(Path path) {
    this.path = path;
    plug();
  }

  /// Puts the plug in.
  public void plug() {
    try {
      Process made = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
      if (made.waitFor() != 0) {
        throw new UncheckedIOException(new IOException("SIM-PIPE: cannot make " + path));
      }
      // For reading too: opening for writing alone waits for a reader.
      end = new RandomAccessFile(path.toFile(), "rw");
    } catch (IOException failed) {
      throw new UncheckedIOException("SIM-PIPE: cannot make " + path, failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sends events.
  public void send(byte[] events) {
    try {
      if (end != null) {
        end.write(events);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("SIM-PIPE: cannot write " + path, failed);
    }
  }

  /// Pulls the plug.
  public void unplug() {
    try {
      Files.deleteIfExists(path);
      if (end != null) {
        end.close();
        end = null;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("SIM-PIPE: cannot remove " + path, failed);
    }
  }

  @Override
  public void close() {
    unplug();
  }
}

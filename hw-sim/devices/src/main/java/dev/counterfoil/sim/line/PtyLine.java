package dev.counterfoil.sim.line;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A serial line whose other end is a pseudo-terminal that any program can open like `/dev/ttyUSB0`.
///
/// The pair is made raw before its path is published. When the last program closes the slave, the kernel
/// answers the master with EIO until somebody opens it again; that is a pulled plug or a killed terminal for
/// the other side, and nothing at all for the model: the line goes on and picks up the next opener.
///
/// Threads: see [SimLine]. A descriptor is closed only under the lock that guards its use in `read` and
/// `write`, never while a poll may still hold its number, so a number re-used by the kernel is never touched.
public final class PtyLine implements SimLine {
  private static final int READ_BYTES = 4_096;
  /// How often a line without an opener looks for one. Costs nothing measurable and is far below any open
  /// delay.
  private static final long NO_OPENER_MICROS = 5_000;
  private static final long OVERRUN_MICROS = 5_000;
  /// The longest single wait; a closed descriptor is noticed through the event descriptor, this only bounds
  /// the sum.
  private static final long LONGEST_WAIT_MICROS = 60_000_000;

  private final @Nullable Path link;
  private final Object lock = new Object();
  private final int wakeFd;
  private final byte[] buffer = new byte[READ_BYTES];
  private int master = -1;
  private String slavePath = "";
  private boolean polling;
  private int polled = -1;
  private int toClose = -1;
  private boolean closed;
  private long lostBytes;

  private PtyLine(@Nullable Path link) {
    this.link = link;
    this.wakeFd = Libc.eventFd();
  }

  /// A line that is reached by [#slavePath] only.
  public static PtyLine open() {
    PtyLine line = new PtyLine(null);
    line.replug();
    return line;
  }

  /// A line that is published under a symbolic link, removed again when the line closes or is unplugged.
    /// A link left behind by a simulator that was killed (it points to a pseudo-terminal that is gone) is
    /// replaced.
    ///
    /// @throws LineException `SIM-LINK-EXISTS`, `SIM-LINK-DIR` or `SIM-PTY`
  public static PtyLine publishedAt(Path link) {
    checkFree(link);
    PtyLine line = new PtyLine(link);
    try {
      line.replug();
    } catch (RuntimeException failed) {
      line.close();
      throw failed;
    }
    return line;
  }

  private static void checkFree(Path link) {
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean left = Files.isSymbolicLink(link) && !Files.exists(link) && targetsPseudoTerminal(link);
    if (!left) {
      throw new LineException("SIM-LINK-EXISTS", link + " exists already; remove it or choose another path");
    }
  }

  private static boolean targetsPseudoTerminal(Path link) {
    try {
      return Files.readSymbolicLink(link).startsWith("/dev/pts");
    } catch (IOException _) {
      // Unreadable means not ours, and then it must not be replaced.
      return false;
    }
  }

  /// The device file of the other end, such as `/dev/pts/4`; empty while unplugged. Changes at each
  /// [#replug].
  public String slavePath() {
    synchronized (lock) {
      return slavePath;
    }
  }

  /// The speed that the other side has set, as glibc's code (`B115200` = 0x1002), or -1 while unplugged.
  public int speedCode() {
    synchronized (lock) {
      return master < 0 ? -1 : Libc.speedCode(master);
    }
  }

  /// Bytes written by the model that nobody could receive (no opener, or overrun).
  public long lostBytes() {
    synchronized (lock) {
      return lostBytes;
    }
  }

  @Override
  public byte[] read(long timeoutMicros) {
    int fd;
    synchronized (lock) {
      if (closed) {
        return new byte[0];
      }
      fd = master;
      polled = fd;
      polling = true;
    }
    short events = Libc.poll(fd, Libc.POLLIN, wakeFd, Math.clamp(timeoutMicros, 0, LONGEST_WAIT_MICROS));
    if (fd >= 0 && (events & Libc.POLLHUP) != 0 && (events & Libc.POLLIN) == 0) {
      Libc.poll(-1, (short) 0, wakeFd, Math.clamp(timeoutMicros, 0, NO_OPENER_MICROS));
    }
    synchronized (lock) {
      polling = false;
      drainWakeUps();
      closeLeft();
      return closed || master != fd || fd < 0 ? new byte[0] : take();
    }
  }

  private byte[] take() {
    int count = Libc.read(master, buffer);
    return count <= 0 ? new byte[0] : Arrays.copyOf(buffer, count);
  }

  private void drainWakeUps() {
    int _ = Libc.read(wakeFd, new byte[8]);
  }

  @Override
  public void write(byte[] bytes) {
    int offset = 0;
    boolean waited = false;
    while (offset < bytes.length) {
      int taken = tryWrite(bytes, offset);
      if (taken > 0) {
        offset += taken;
      } else if (taken == -Libc.EAGAIN && !waited) {
        waited = true;
        Libc.poll(-1, (short) 0, -1, OVERRUN_MICROS);
      } else if (taken != -Libc.EINTR) {
        lose(bytes.length - offset);
        return;
      }
    }
  }

  /// Writing to a pty without an opener would succeed and leave the bytes for the next opener, hence the look
  /// first.
  private int tryWrite(byte[] bytes, int offset) {
    synchronized (lock) {
      if (master < 0 || (Libc.poll(master, Libc.POLLOUT, -1, 0) & Libc.POLLHUP) != 0) {
        return -Libc.EIO;
      }
      return Libc.write(master, bytes, offset);
    }
  }

  private void lose(int count) {
    synchronized (lock) {
      lostBytes += count;
    }
  }

  @Override
  public void wakeUp() {
    synchronized (lock) {
      if (!closed || polling) {
        int _ = Libc.write(wakeFd, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, 0);
      }
    }
  }

  @Override
  public void unplug() {
    synchronized (lock) {
      if (master < 0) {
        return;
      }
      removeLink();
      retire(master);
      master = -1;
      slavePath = "";
      wakeUp();
    }
  }

  private void retire(int fd) {
    if (polling && polled == fd) {
      // The reader still polls on this number; it closes it when it is out of the poll.
      toClose = fd;
    } else {
      Libc.close(fd);
    }
  }

  private void closeLeft() {
    if (toClose >= 0) {
      Libc.close(toClose);
      toClose = -1;
    }
    if (closed) {
      Libc.close(wakeFd);
    }
  }

  @Override
  public void replug() {
    synchronized (lock) {
      if (closed || master >= 0) {
        return;
      }
      master = Libc.require("posix_openpt", Libc.openMaster());
      try {
        slavePath = Libc.prepareSlave(master);
        publish();
      } catch (RuntimeException refused) {
        Libc.close(master);
        master = -1;
        slavePath = "";
        throw refused;
      }
      wakeUp();
    }
  }

  private void publish() {
    if (link == null) {
      return;
    }
    checkFree(link);
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of(slavePath));
    } catch (FileAlreadyExistsException _) {
      throw new LineException("SIM-LINK-EXISTS", link + " appeared while the line was made");
    } catch (IOException refused) {
      throw new LineException("SIM-LINK-DIR", "cannot create " + link + ": " + refused);
    }
  }

  private void removeLink() {
    try {
      if (link != null && Files.isSymbolicLink(link)
          && Files.readSymbolicLink(link).toString().equals(slavePath)) {
        Files.delete(link);
      }
    } catch (IOException refused) {
      throw new LineException("SIM-LINK-DIR", "cannot remove " + link + ": " + refused);
    }
  }

  @Override
  public boolean plugged() {
    synchronized (lock) {
      return master >= 0;
    }
  }

  @Override
  public boolean closed() {
    synchronized (lock) {
      return closed;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      unplug();
      closed = true;
      if (polling) {
        wakeUp();
      } else {
        closeLeft();
      }
    }
  }
}

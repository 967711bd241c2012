package dev.counterfoil.sim.device.pi4j;

import dev.counterfoil.sim.device.board.BoardProtocol;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events connection: tells inputs of their edges, from one daemon thread that starts with the first
/// watch.
///
/// A lost connection is opened again, at first at once and then every [#RETRY_MILLIS], for as long as there
/// is a watch; the levels that the board sends after each watch stand in for the edges missed meanwhile.
final class LineEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LineEvents.class);
  static final long RETRY_MILLIS = 200;

  private final UnixDomainSocketAddress address;
  private final BoardProtocol.Messages inbound = new BoardProtocol.Messages();
  private final BoardProtocol.Messages outbound = new BoardProtocol.Messages();
  private final Map<Integer, Consumer<Boolean>> watches = new HashMap<>();
  private @Nullable SocketChannel channel;
  private @Nullable Thread thread;
  private boolean closed;
  private boolean first = true;

  LineEvents(UnixDomainSocketAddress address) {
    this.address = address;
  }

  /// From now on `level` hears the line's level at each edge, on the events thread.
  synchronized void watch(int bcm, Consumer<Boolean> level) {
    watches.put(bcm, level);
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().daemon().name("sim-board-events").start(this::run);
    } else {
      tell(bcm, true);
    }
  }

  synchronized void unwatch(int bcm) {
    if (watches.remove(bcm) != null) {
      tell(bcm, false);
    }
  }

  private void tell(int bcm, boolean on) {
    SocketChannel open = channel;
    if (open == null) {
      return;
    }
    try {
      outbound.compose().put(BoardProtocol.WATCH).put((byte) bcm).put((byte) (on ? 1 : 0));
      outbound.send(open);
    } catch (java.io.IOException lost) {
      LOG.debug("the events connection is lost, it will be opened again: {}", lost.toString());
      disconnect();
    }
  }

  private void run() {
    while (awaitTurn()) {
      try {
        SocketChannel open = connect();
        while (true) {
          deliver(inbound.receive(open));
        }
      } catch (java.io.IOException lost) {
        LOG.debug("no line events from {}: {}", address, lost.toString());
        disconnect();
      }
    }
  }

  /// Waits before every attempt but the first; false when closed.
  private synchronized boolean awaitTurn() {
    try {
      if (!first && !closed) {
        wait(RETRY_MILLIS);
      }
      first = false;
      return !closed;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private SocketChannel connect() throws java.io.IOException {
    SocketChannel open = BoardLink.open(address, BoardProtocol.EVENTS, inbound);
    synchronized (this) {
      channel = open;
      if (closed) {
        disconnect();
      }
      watches.keySet().forEach(bcm -> tell(bcm, true));
    }
    return open;
  }

  private void deliver(ByteBuffer event) {
    byte type = event.get();
    if (type != BoardProtocol.EDGE && type != BoardProtocol.LEVEL || event.remaining() < 2) {
      return;
    }
    int bcm = event.get() & 0xFF;
    boolean level = event.get() != 0;
    Consumer<Boolean> watcher;
    synchronized (this) {
      watcher = watches.get(bcm);
    }
    if (watcher != null) {
      watcher.accept(level);
    }
  }

  private synchronized void disconnect() {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (java.io.IOException failed) {
        LOG.debug("closing the events connection failed: {}", failed.toString());
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    disconnect();
    notifyAll();
  }
}

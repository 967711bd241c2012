package dev.counterfoil.sim.device.board;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens a [SimBoard] to terminals on a Unix domain socket, as [BoardProtocol] describes.
///
/// Threads: one that accepts, one per connection. Closing ends the connections and removes the socket; the
/// board and its models live on and may be served again.
public final class BoardServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoardServer.class);

  private final SimBoard board;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Set<BoardConnection> connections = ConcurrentHashMap.newKeySet();

  private BoardServer(SimBoard board, Path socket, ServerSocketChannel server) {
    this.board = board;
    this.socket = socket;
    this.server = server;
  }

  /// Starts serving at `socket`. A socket file that nobody listens on, left by a killed simulator, is
  /// replaced.
    ///
    /// @throws BoardSocketException `SIM-SOCKET-BUSY` when somebody listens there, `SIM-SOCKET` when the path
    ///     cannot be bound (missing folder, longer than 107 bytes)
  public static BoardServer serve(SimBoard board, Path socket) {
    removeLeftOver(socket);
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      BoardServer serving = new BoardServer(board, socket, server);
      Thread.ofPlatform().daemon().name("board-accept").start(serving::accept);
      return serving;
    } catch (IOException refused) {
      throw new BoardSocketException("SIM-SOCKET", "cannot listen on " + socket, refused);
    }
  }

  private static void removeLeftOver(Path socket) {
    if (!Files.exists(socket)) {
      return;
    }
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new BoardSocketException("SIM-SOCKET-BUSY", "another simulator listens on " + socket, null);
    } catch (IOException _) {
      delete(socket);
    }
  }

  private static void delete(Path socket) {
    try {
      Files.deleteIfExists(socket);
    } catch (IOException refused) {
      throw new BoardSocketException("SIM-SOCKET", "cannot remove " + socket, refused);
    }
  }

  private void accept() {
    try {
      while (true) {
        BoardConnection connection = new BoardConnection(board, server.accept());
        connections.add(connection);
        Thread.ofPlatform().daemon().name("board-connection").start(() -> serve(connection));
      }
    } catch (ClosedChannelException _) {
      LOG.debug("board at {} no longer accepts", socket);
    } catch (IOException failed) {
      LOG.warn("SIM-SOCKET: board at {} cannot accept any more: {}", socket, failed.toString());
    }
  }

  private void serve(BoardConnection connection) {
    try {
      connection.serve();
    } finally {
      connections.remove(connection);
    }
  }

  /// Connections open now.
  public int connections() {
    return connections.size();
  }

  /// Cuts every connection and keeps serving: what a terminal sees when the simulator's process hiccups.
  public void dropConnections() {
    connections.forEach(BoardConnection::close);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failed) {
      LOG.warn("SIM-SOCKET: closing {} failed: {}", socket, failed.toString());
    }
    dropConnections();
    delete(socket);
  }
}

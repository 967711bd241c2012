package dev.counterfoil.settlement.admin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `DATA/admin.sock`, mode 0600: whoever may open the file is an operator. One virtual thread a connection, one command
/// a connection. The socket is bound under a name of its own, closed to others and only then renamed, so there is no
/// moment at which another user could connect.
public final class AdminSocket implements AutoCloseable {

  /// Name of the socket in the data folder.
  public static final String NAME = "admin.sock";

  private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);

  private final Path path;
  private final ServerSocketChannel server;
  private final Commands commands;

  /// Carries commands out.
  @FunctionalInterface
  public interface Commands {

    /// @param words hears how far it is, before the answer; never fails
    AdminAnswer run(List<String> arguments, Consumer<String> words);
  }

  private AdminSocket(Path path, ServerSocketChannel server, Commands commands) {
    this.path = path;
    this.server = server;
    this.commands = commands;
  }

  /// A socket file left behind by a killed server is replaced; the caller holds the lock of the data folder.
  public static AdminSocket open(Path data, Commands commands) throws IOException {
    Path path = data.resolve(NAME);
    Path binding = data.resolve(NAME + ".new");
    Files.deleteIfExists(binding);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(binding));
    Files.setPosixFilePermissions(binding, PosixFilePermissions.fromString("rw-------"));
    Files.move(binding, path, java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    var socket = new AdminSocket(path, server, commands);
    Thread.ofVirtual().name("admin-socket").start(socket::acceptAll);
    return socket;
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }

  private void acceptAll() {
    while (true) {
      try {
        SocketChannel connection = server.accept();
        Thread.ofVirtual().name("admin-connection").start(() -> serve(connection));
      } catch (AsynchronousCloseException _) {
        // The server stops: the ordinary end.
        return;
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        LOG.warn("event=admin_accept_failed reason=\"{}\"", e.getMessage());
        return;
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection;
        var in = new DataInputStream(Channels.newInputStream(connection));
        var out = new DataOutputStream(Channels.newOutputStream(connection))) {
      List<String> arguments = AdminWire.readRequest(in);
      AdminWire.writeAnswer(out, commands.run(arguments, new Words(out)));
    } catch (IOException e) {
      LOG.info("event=admin_connection_lost reason=\"{}\"", e.getMessage());
    }
  }

  /// Whoever asked may have gone; what was asked for is carried out all the same.
  private static final class Words implements Consumer<String> {

    private final DataOutputStream out;
    private boolean heard = true;

    Words(DataOutputStream out) {
      this.out = out;
    }

    @Override
    public void accept(String text) {
      if (heard) {
        try {
          AdminWire.writeWords(out, text);
        } catch (IOException e) {
          heard = false;
          LOG.info("event=admin_listener_lost reason=\"{}\"", e.getMessage());
        }
      }
    }
  }
}

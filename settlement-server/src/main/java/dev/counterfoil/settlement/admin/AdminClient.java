package dev.counterfoil.settlement.admin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks a running server over its admin socket. Blocks until the server has answered.
final class AdminClient {

  private AdminClient() {}

  /// @param words hears how far it is, before the answer
  /// @return empty when no server listens there: no socket file, or one that a killed server left behind
  /// @throws IOException when the connection broke; whether the command took effect is unknown, look before repeating
  static Optional<AdminAnswer> ask(Path data, List<String> arguments, Consumer<String> words)
      throws IOException {
    Path path = data.resolve(AdminSocket.NAME);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (SocketChannel channel = connect(path);
        var out = new DataOutputStream(Channels.newOutputStream(channel));
        var in = new DataInputStream(Channels.newInputStream(channel))) {
      AdminWire.writeRequest(out, arguments);
      return Optional.of(AdminWire.readAnswer(in, words));
    } catch (NobodyListens _) {
      return Optional.empty();
    }
  }

  private static SocketChannel connect(Path path) throws IOException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(path));
    } catch (ConnectException e) {
      throw new NobodyListens(e);
    } catch (SocketException e) {
      if ("Connection refused".equals(e.getMessage())) {
        throw new NobodyListens(e);
      }
      throw e;
    }
  }

  /// The file is there, its server is not.
  private static final class NobodyListens extends IOException {
    private static final long serialVersionUID = 1L;

    NobodyListens(IOException cause) {
      super(cause);
    }
  }
}

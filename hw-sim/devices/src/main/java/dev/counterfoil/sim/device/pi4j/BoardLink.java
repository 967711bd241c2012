package dev.counterfoil.sim.device.pi4j;

import com.pi4j.io.exception.IOException;
import dev.counterfoil.sim.device.board.BoardProtocol;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The terminal's end of the requests connection to a simulated board.
///
/// The calling thread writes its request and reads the reply itself, under one lock: two thread changes per
/// round trip and no more. A call on a lost connection fails with Pi4J's unchecked `IOException`; the next
/// call connects again and repeats the line set-up first, so a restarted simulator finds its lines
/// configured. Each call blocks for one round trip; an interrupt during it closes the connection (as the JDK
/// does) and fails the call.
final class BoardLink implements AutoCloseable {
  private final UnixDomainSocketAddress address;
  private final BoardProtocol.Messages messages = new BoardProtocol.Messages();
  /// Requests that describe how lines are used, in the order in which they were first made.
  private final Map<String, byte[]> setUp = new LinkedHashMap<>();
  private @Nullable SocketChannel channel;
  private boolean closed;

  BoardLink(Path socket) {
    address = UnixDomainSocketAddress.of(socket);
  }

  /// One request and its reply's payload.
  synchronized byte[] call(Consumer<ByteBuffer> request) {
    SocketChannel connected = connected();
    try {
      return exchange(connected, request);
    } catch (java.io.IOException lost) {
      disconnect();
      throw new IOException("SIM-BOARD-LOST: the simulated board at " + address + " went away", lost);
    }
  }

  /// A request that is repeated after each reconnect until another one with this name replaces it.
  synchronized byte[] callAndRemember(String name, byte[] request) {
    byte[] reply = call(buffer -> buffer.put(request));
    setUp.put(name, request);
    return reply;
  }

  /// Changes what is repeated after a reconnect without a call now.
  synchronized void remember(String name, byte[] request) {
    setUp.put(name, request);
  }

  synchronized void forget(String name) {
    setUp.remove(name);
  }

  private SocketChannel connected() {
    if (closed) {
      throw new IOException("SIM-BOARD-CLOSED: the Pi4J context was shut down");
    }
    SocketChannel open = channel;
    return open != null ? open : connect();
  }

  private SocketChannel connect() {
    try {
      SocketChannel opened = open(address, BoardProtocol.REQUESTS, messages);
      channel = opened;
      for (byte[] request : setUp.values()) {
        exchange(opened, buffer -> buffer.put(request));
      }
      return opened;
    } catch (java.io.IOException refused) {
      disconnect();
      throw new IOException("SIM-BOARD-ABSENT: no simulated board answers at " + address, refused);
    }
  }

  /// Connects and says hello.
  static SocketChannel open(UnixDomainSocketAddress address, byte kind, BoardProtocol.Messages messages)
      throws java.io.IOException {
    SocketChannel opened = SocketChannel.open(address);
    try {
      messages.reset();
      messages.compose().put(BoardProtocol.HELLO).put((byte) BoardProtocol.VERSION).put(kind);
      messages.send(opened);
      ByteBuffer reply = messages.receive(opened);
      if (reply.get() != BoardProtocol.OK) {
        throw new java.io.IOException("the board speaks another protocol version");
      }
      return opened;
    } catch (java.io.IOException refused) {
      opened.close();
      throw refused;
    }
  }

  private byte[] exchange(SocketChannel connected, Consumer<ByteBuffer> request) throws java.io.IOException {
    ByteBuffer composed = messages.compose();
    request.accept(composed);
    messages.send(connected);
    ByteBuffer reply = messages.receive(connected);
    byte status = reply.get();
    if (status != BoardProtocol.OK) {
      throw refusal(status);
    }
    byte[] payload = new byte[reply.remaining()];
    reply.get(payload);
    return payload;
  }

  private static IOException refusal(byte status) {
    return new IOException(switch (status) {
      case BoardProtocol.NO_ACKNOWLEDGE -> "SIM-I2C-NACK: no device acknowledged";
      case BoardProtocol.NO_SUCH_LINE -> "SIM-GPIO-LINE: the board has no such line";
      default -> "SIM-BOARD-REQUEST: the board did not understand the request (status " + status + ")";
    });
  }

  private void disconnect() {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (java.io.IOException _) {
        // It was lost already, which is what the caller reports.
      }
    }
  }

  UnixDomainSocketAddress address() {
    return address;
  }

  @Override
  public synchronized void close() {
    closed = true;
    disconnect();
  }
}

package dev.counterfoil.sim.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The wire between terminals and server, which the script can cut: forwards TCP connections on the loopback address.
/// Two virtual threads a connection. A silent wire swallows bytes and answers nobody, as a dead switch does; a cut one
/// resets what is open and refuses what is new.
final class CutProxy implements AutoCloseable {

  private enum Wire {
    WHOLE, SILENT, CUT
  }

  private static final int BUFFER_BYTES = 16 * 1024;

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object wireChanged = new Object();
  private Wire wire = Wire.WHOLE;

  /// Starts to listen on a free port.
  ///
  /// @param target where the server listens, resolved at each connection
  CutProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("wire-accept").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Bytes still arrive and go nowhere; both ends believe that they are connected.
  void silence() {
    change(Wire.SILENT);
  }

  /// Everything open is reset, everything new is refused.
  void cut() {
    change(Wire.CUT);
    open.forEach(this::reset);
  }

  /// What was swallowed stays lost: connections that were silent are reset, so that both ends notice.
  void heal() {
    open.forEach(this::reset);
    change(Wire.WHOLE);
  }

  private void change(Wire next) {
    synchronized (wireChanged) {
      wire = next;
    }
  }

  private Wire wire() {
    synchronized (wireChanged) {
      return wire;
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new IllegalStateException("the demo's wire broke by itself", e);
        }
      }
    }
  }

  private void serve(Socket terminal) {
    if (wire() == Wire.CUT) {
      reset(terminal);
      return;
    }
    var server = new Socket();
    try {
      server.connect(target, 2_000);
    } catch (IOException _) {
      // The server is down, which is part of the script: the terminal sees a reset.
      reset(terminal);
      return;
    }
    open.add(terminal);
    open.add(server);
    Thread.ofVirtual().name("wire-up").start(() -> pump(terminal, server));
    Thread.ofVirtual().name("wire-down").start(() -> pump(server, terminal));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (wire() == Wire.WHOLE) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException _) {
      // A reset at one end is passed on to the other, below.
    } finally {
      reset(from);
      reset(to);
    }
  }

  private void reset(Socket socket) {
    open.remove(socket);
    resetOnly(socket);
  }

  private static void resetOnly(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException _) {
      // Closed by the other direction meanwhile.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(CutProxy::resetOnly);
  }
}

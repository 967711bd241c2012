package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CutProxyTest {

  private ServerSocket echo;
  private CutProxy wire;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    wire = new CutProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort()));
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    echo.close();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread.ofVirtual().start(() -> copy(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void copy(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException _) {
      // The test cut the wire.
      return;
    }
  }

  @Test
  void aWholeWireCarriesBytesBothWays() throws Exception {
    try (Socket socket = connect()) {
      assertThat(echoed(socket)).isEqualTo(7);
    }
  }

  @Test
  void aCutWireResetsWhatIsOpenAndRefusesWhatIsNew() throws Exception {
    try (Socket socket = connect()) {
      assertThat(echoed(socket)).isEqualTo(7);
      wire.cut();
      assertThatThrownBy(() -> echoed(socket)).isInstanceOf(IOException.class);
    }
    try (Socket late = connect()) {
      assertThatThrownBy(() -> echoed(late)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSilentWireSwallowsBytesAndAHealedOneCarriesNewConnections() throws Exception {
    try (Socket socket = connect()) {
      wire.silence();
      socket.setSoTimeout(100);
      assertThatThrownBy(() -> echoed(socket)).isInstanceOf(SocketTimeoutException.class);
      wire.heal();
      assertThatThrownBy(() -> echoed(socket)).isInstanceOf(IOException.class);
    }
    try (Socket late = connect()) {
      assertThat(echoed(late)).isEqualTo(7);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), wire.port());
  }

  private static int echoed(Socket socket) throws IOException {
    socket.getOutputStream().write(7);
    int answer = socket.getInputStream().read();
    if (answer < 0) {
      throw new IOException("closed");
    }
    return answer;
  }
}

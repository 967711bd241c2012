package dev.counterfoil.sim.device.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.io.exception.IOException;
import dev.counterfoil.sim.device.board.BoardProtocol;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The link against a board that a test plays, byte by byte.
@Timeout(10)
class BoardLinkTest {
  @TempDir
  Path folder;

  private ServerSocketChannel server;
  private BoardLink link;

  @BeforeEach
  void listen() throws Exception {
    Path socket = folder.resolve("board.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    link = new BoardLink(socket);
  }

  @AfterEach
  void close() throws Exception {
    link.close();
    server.close();
  }

  /// Accepts one connection, answers its hello and `replies` further requests, then closes in mid-reply.
  private void serve(int replies) {
    try (SocketChannel channel = server.accept()) {
      BoardProtocol.Messages messages = new BoardProtocol.Messages();
      for (int i = 0; i <= replies; i++) {
        messages.receive(channel);
        messages.compose().put(BoardProtocol.OK).put((byte) 1);
        messages.send(channel);
      }
      messages.receive(channel);
      channel.write(ByteBuffer.wrap(new byte[] {0, 9, 0}));
    } catch (java.io.IOException _) {
      // The client ends the last connection; there is nothing left to check.
    }
  }

  private byte[] read() {
    return link.call(request -> request.put(BoardProtocol.GPIO_READ).put((byte) 5));
  }

  @Test
  void aBoardThatClosesInMidReplyFailsThatCallOnly() throws Exception {
    var first = CompletableFuture.runAsync(() -> serve(1));
    assertThat(read()).containsExactly(1);

    assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("SIM-BOARD-LOST");
    first.get(5, TimeUnit.SECONDS);
    var second = CompletableFuture.runAsync(() -> serve(2));
    assertThat(read()).containsExactly(1);
    assertThat(read()).containsExactly(1);

    link.close();
    second.get(5, TimeUnit.SECONDS);
  }

  @Test
  void setUpIsRepeatedBeforeTheFirstCallOnANewConnection() throws Exception {
    var first = CompletableFuture.runAsync(() -> serve(2));
    link.callAndRemember("gpio5", new byte[] {BoardProtocol.GPIO_INPUT, 5, 2});
    read();
    assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    first.get(5, TimeUnit.SECONDS);
    CompletableFuture<Byte> firstRequest = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> firstRequest.complete(firstOperationAfterHello()));

    assertThatThrownBy(this::read).isInstanceOf(IOException.class);

    assertThat(firstRequest.get(5, TimeUnit.SECONDS)).isEqualTo(BoardProtocol.GPIO_INPUT);
  }

  private byte firstOperationAfterHello() {
    try (SocketChannel channel = server.accept()) {
      BoardProtocol.Messages messages = new BoardProtocol.Messages();
      messages.receive(channel);
      messages.compose().put(BoardProtocol.OK).put((byte) 1);
      messages.send(channel);
      return messages.receive(channel).get();
    } catch (java.io.IOException lost) {
      throw new IllegalStateException(lost);
    }
  }

  @Test
  void aBoardOfAnotherVersionIsRefused() {
    CompletableFuture.runAsync(() -> {
      try (SocketChannel channel = server.accept()) {
        BoardProtocol.Messages messages = new BoardProtocol.Messages();
        messages.receive(channel);
        messages.compose().put(BoardProtocol.NOT_UNDERSTOOD).put((byte) 2);
        messages.send(channel);
        messages.receive(channel);
      } catch (java.io.IOException _) {
        // The link leaves at once, which ends this.
      }
    });

    assertThatThrownBy(this::read).isInstanceOf(IOException.class)
        .hasRootCauseMessage("the board speaks another protocol version");
  }

  @Test
  void aClosedLinkSaysSo() {
    link.close();

    assertThatThrownBy(this::read).hasMessageContaining("SIM-BOARD-CLOSED");
  }
}

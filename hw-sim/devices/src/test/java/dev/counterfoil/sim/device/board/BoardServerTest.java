package dev.counterfoil.sim.device.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The board's side of the protocol, with a client that does not behave.
@Timeout(10)
class BoardServerTest {
  @TempDir
  Path folder;

  private final SimBoard board = new SimBoard(() -> System.nanoTime() / 1_000);
  private final BoardProtocol.Messages messages = new BoardProtocol.Messages();
  private BoardServer server;

  @BeforeEach
  void serve() {
    server = BoardServer.serve(board, folder.resolve("board.sock"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private SocketChannel connected(byte kind) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("board.sock")));
    messages.reset();
    messages.compose().put(BoardProtocol.HELLO).put((byte) BoardProtocol.VERSION).put(kind);
    messages.send(channel);
    assertThat(messages.receive(channel).get()).isEqualTo(BoardProtocol.OK);
    return channel;
  }

  private byte status(SocketChannel channel, int... request) throws IOException {
    ByteBuffer body = messages.compose();
    for (int value : request) {
      body.put((byte) value);
    }
    messages.send(channel);
    return messages.receive(channel).get();
  }

  @Test
  void requestsThatMakeNoSenseAreRefusedAndTheNextIsServed() throws Exception {
    try (SocketChannel channel = connected(BoardProtocol.REQUESTS)) {
      assertThat(status(channel, 0x7F)).isEqualTo(BoardProtocol.NOT_UNDERSTOOD);
      assertThat(status(channel, BoardProtocol.GPIO_READ)).isEqualTo(BoardProtocol.NOT_UNDERSTOOD);
      assertThat(status(channel, BoardProtocol.GPIO_READ, 200)).isEqualTo(BoardProtocol.NO_SUCH_LINE);
      assertThat(status(channel, BoardProtocol.I2C_READ, 1, 0x50, 0, 1))
          .isEqualTo(BoardProtocol.NO_ACKNOWLEDGE);
      assertThat(status(channel, BoardProtocol.GPIO_READ, 5)).isEqualTo(BoardProtocol.OK);
    }
  }

  @Test
  void aMessageLongerThanAllowedEndsTheConnectionAndNotTheBoard() throws Exception {
    try (SocketChannel channel = connected(BoardProtocol.REQUESTS)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xFF, 1}));
      assertThatThrownBy(() -> messages.receive(channel)).isInstanceOf(IOException.class);
    }
    try (SocketChannel channel = connected(BoardProtocol.REQUESTS)) {
      assertThat(status(channel, BoardProtocol.GPIO_READ, 5)).isEqualTo(BoardProtocol.OK);
    }
  }

  @Test
  void randomBytesNeverStopTheBoard() throws Exception {
    long seed = 20_261_121;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 50; round++) {
      try (
          SocketChannel channel = connected(round % 2 == 0 ? BoardProtocol.REQUESTS : BoardProtocol.EVENTS)) {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        noise[0] = 0;
        channel.write(ByteBuffer.wrap(noise));
      }
    }
    try (SocketChannel channel = connected(BoardProtocol.REQUESTS)) {
      assertThat(status(channel, BoardProtocol.GPIO_READ, 5)).as("seed %d", seed).isEqualTo(BoardProtocol.OK);
    }
  }

  @Test
  void aWatchBeginsWithTheLevelAndThenSendsEdges() throws Exception {
    try (SocketChannel channel = connected(BoardProtocol.EVENTS)) {
      messages.compose().put(BoardProtocol.WATCH).put((byte) 12).put((byte) 1);
      messages.send(channel);
      assertThat(event(channel)).containsExactly(BoardProtocol.LEVEL, 12, 0);

      board.line(12).drive(GpioLine.Drive.HIGH);
      board.line(12).drive(GpioLine.Drive.HIGH);
      board.line(12).drive(GpioLine.Drive.LOW);

      assertThat(event(channel)).containsExactly(BoardProtocol.EDGE, 12, 1);
      assertThat(event(channel)).containsExactly(BoardProtocol.EDGE, 12, 0);
    }
  }

  private byte[] event(SocketChannel channel) throws IOException {
    ByteBuffer body = messages.receive(channel);
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }

  @Test
  void aTerminalThatReadsNoEventsIsCutOffAndTheBoardGoesOn() throws Exception {
    try (SocketChannel channel = connected(BoardProtocol.EVENTS)) {
      messages.compose().put(BoardProtocol.WATCH).put((byte) 12).put((byte) 1);
      messages.send(channel);
      event(channel);

      for (int i = 0; i < 200_000 && server.connections() > 0; i++) {
        board.line(12).drive(i % 2 == 0 ? GpioLine.Drive.HIGH : GpioLine.Drive.LOW);
      }

      assertThatThrownBy(() -> {
        while (true) {
          event(channel);
        }
      }).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aTerminalThatLeavesWhileNothingHappensLeavesNothingBehind() throws Exception {
    connected(BoardProtocol.EVENTS).close();
    connected(BoardProtocol.REQUESTS).close();

    long deadline = System.nanoTime() + 5_000_000_000L;
    while (server.connections() > 0) {
      assertThat(System.nanoTime()).as("connections still served").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void anOutputAgainstADrivingModelIsAShortCircuit() {
    GpioLine line = board.line(5);
    TerminalSide.output(line, true);

    line.drive(GpioLine.Drive.LOW);

    assertThat(line.level()).isTrue();
    assertThat(line.shortCircuits()).isEqualTo(1);
  }
}

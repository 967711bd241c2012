package dev.counterfoil.sim.device.board;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// The words between a terminal's Pi4J providers and a simulated board, over a Unix domain socket.
///
/// Everything is big-endian. Each message is `length(u16) body`; the length counts the body. A terminal opens
/// two connections: one for requests, each answered by one reply in order, and one for events.
///
/// ```
/// request body                                            reply body after status
/// 01 HELLO        version(u8)=1 kind(u8: 0 requests, 1 events)   version(u8)
/// 10 GPIO_INPUT   bcm(u8) pull(u8: 0 none, 1 down, 2 up)         level(u8)
/// 11 GPIO_OUTPUT  bcm(u8)                                        level(u8)
/// 12 GPIO_READ    bcm(u8)                                        level(u8)
/// 13 GPIO_WRITE   bcm(u8) level(u8)                              -
/// 20 I2C_WRITE    bus(u8) address(u8) bytes                      -
/// 21 I2C_READ     bus(u8) address(u8) count(u16)                 bytes
/// 22 I2C_COMBINED bus(u8) address(u8) count(u16) bytes           bytes   (write, repeated start, read)
/// 30 SPI_TRANSFER bus(u8) select(u8) bytes                       bytes
///
/// reply body      status(u8: 0 ok, 1 not understood, 2 no such line, 3 no acknowledge) payload
///
/// on the event connection, after its HELLO and the reply to it:
/// 40 WATCH        bcm(u8) on(u8)      terminal to board, no reply; answered by a LEVEL event when on
/// 80 EDGE         bcm(u8) level(u8)   board to terminal: the line changed
/// 81 LEVEL        bcm(u8) level(u8)   board to terminal: the level when the watch began
/// ```
/// Either side may close at any time; a board that closes has lost nothing that it acknowledged.
public final class BoardProtocol {
  /// Names the board's socket; without it a terminal has no simulated board.
  public static final String SOCKET_PROPERTY = "counterfoil.sim.socket";
  public static final int VERSION = 1;
  /// Longest body. A 128 x 64 display's whole frame with its control byte is 1,025 bytes.
  public static final int LONGEST_BODY = 8_192;

  public static final byte HELLO = 0x01;
  public static final byte GPIO_INPUT = 0x10;
  public static final byte GPIO_OUTPUT = 0x11;
  public static final byte GPIO_READ = 0x12;
  public static final byte GPIO_WRITE = 0x13;
  public static final byte I2C_WRITE = 0x20;
  public static final byte I2C_READ = 0x21;
  public static final byte I2C_COMBINED = 0x22;
  public static final byte SPI_TRANSFER = 0x30;
  public static final byte WATCH = 0x40;
  public static final byte EDGE = (byte) 0x80;
  public static final byte LEVEL = (byte) 0x81;

  public static final byte OK = 0;
  public static final byte NOT_UNDERSTOOD = 1;
  public static final byte NO_SUCH_LINE = 2;
  public static final byte NO_ACKNOWLEDGE = 3;

  /// Kind of connection in HELLO.
  public static final byte REQUESTS = 0;
  /// Kind of connection in HELLO.
  public static final byte EVENTS = 1;

  private BoardProtocol() {}

  /// One side's buffers for one connection; one thread reads and one writes.
  public static final class Messages {
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(2 + LONGEST_BODY).limit(0);
    private final ByteBuffer outbound = ByteBuffer.allocateDirect(2 + LONGEST_BODY);

    /// Forgets what a lost connection left half received.
    public void reset() {
      inbound.clear().limit(0);
    }

    /// An empty buffer to put a body into, then hand to [#send].
    public ByteBuffer compose() {
      return outbound.clear().position(2);
    }

    /// Sends what was composed. Blocks until the kernel has it.
    public void send(SocketChannel channel) throws IOException {
      outbound.putShort(0, (short) (outbound.position() - 2)).flip();
      while (outbound.hasRemaining()) {
        channel.write(outbound);
      }
    }

    /// Waits for the next message; the buffer returned holds its body and is valid until the next call.
        ///
        /// @throws EOFException when the other side closed
        /// @throws IOException when the channel fails or the body is empty or too long
    public ByteBuffer receive(SocketChannel channel) throws IOException {
      inbound.compact();
      fill(channel, 2);
      int length = inbound.getShort(0) & 0xFFFF;
      if (length == 0 || length > LONGEST_BODY) {
        throw new IOException("a message of " + length + " bytes; 1 to " + LONGEST_BODY + " are allowed");
      }
      fill(channel, 2 + length);
      inbound.flip();
      ByteBuffer body = inbound.slice(2, length);
      inbound.position(2 + length);
      return body;
    }

    private void fill(SocketChannel channel, int count) throws IOException {
      while (inbound.position() < count) {
        if (channel.read(inbound) < 0) {
          throw new EOFException("the other side closed");
        }
      }
    }
  }
}

package dev.counterfoil.sim.device.board;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a terminal to a board, on its own thread: answers requests, or pushes events.
///
/// Events wait in a bounded queue, because a line changes under the board's lock and must not wait for a
/// socket. A terminal that does not take [#EVENTS_WAITING] events is cut off; its reconnect begins with
/// current levels.
final class BoardConnection {
  private static final Logger LOG = LoggerFactory.getLogger(BoardConnection.class);
  private static final int EVENTS_WAITING = 4_096;

  private final SimBoard board;
  private final SocketChannel channel;
  private final BoardProtocol.Messages messages = new BoardProtocol.Messages();
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>(EVENTS_WAITING);
  private final Map<Integer, GpioLine.Observer> watches = new HashMap<>();

  private record Event(byte type, int bcm, boolean level) {}

  BoardConnection(SimBoard board, SocketChannel channel) {
    this.board = board;
    this.channel = channel;
  }

  void serve() {
    try {
      ByteBuffer hello = messages.receive(channel);
      boolean understood = hello.remaining() == 3 && hello.get() == BoardProtocol.HELLO
          && hello.get() == BoardProtocol.VERSION;
      messages.compose().put(understood ? BoardProtocol.OK : BoardProtocol.NOT_UNDERSTOOD)
          .put((byte) BoardProtocol.VERSION);
      messages.send(channel);
      if (understood && hello.get() == BoardProtocol.EVENTS) {
        serveEvents();
      } else if (understood) {
        serveRequests();
      }
    } catch (EOFException | ClosedChannelException _) {
      LOG.debug("a terminal left its board");
    } catch (IOException lost) {
      LOG.debug("a terminal's board connection broke: {}", lost.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      watches.forEach((bcm, observer) -> board.line(bcm).forget(observer));
      close();
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      LOG.debug("closing a board connection failed: {}", failed.toString());
    }
  }

  private void serveRequests() throws IOException {
    while (true) {
      ByteBuffer request = messages.receive(channel);
      ByteBuffer reply = messages.compose().put(BoardProtocol.OK);
      int start = reply.position() - 1;
      byte status = answer(request, reply);
      if (status != BoardProtocol.OK) {
        reply.position(start).put(status);
      }
      messages.send(channel);
    }
  }

  private byte answer(ByteBuffer request, ByteBuffer reply) {
    try {
      byte operation = request.get();
      return switch (operation) {
        case BoardProtocol.GPIO_INPUT, BoardProtocol.GPIO_OUTPUT, BoardProtocol.GPIO_READ,
            BoardProtocol.GPIO_WRITE ->
          gpio(
              operation, request, reply);
        case BoardProtocol.I2C_WRITE, BoardProtocol.I2C_READ, BoardProtocol.I2C_COMBINED ->
          i2c(operation, request,
              reply);
        case BoardProtocol.SPI_TRANSFER -> spi(request, reply);
        default -> BoardProtocol.NOT_UNDERSTOOD;
      };
    } catch (BufferUnderflowException _) {
      return BoardProtocol.NOT_UNDERSTOOD;
    } catch (I2cNackException _) {
      return BoardProtocol.NO_ACKNOWLEDGE;
    }
  }

  private byte gpio(byte operation, ByteBuffer request, ByteBuffer reply) {
    int bcm = request.get() & 0xFF;
    if (bcm >= SimBoard.LINES) {
      return BoardProtocol.NO_SUCH_LINE;
    }
    GpioLine line = board.line(bcm);
    if (operation == BoardProtocol.GPIO_WRITE) {
      line.write(request.get() != 0);
      return BoardProtocol.OK;
    }
    if (operation == BoardProtocol.GPIO_INPUT) {
      line.useAsInput(pull(request.get()));
    } else if (operation == BoardProtocol.GPIO_OUTPUT) {
      line.useAsOutput();
    }
    reply.put((byte) (line.level() ? 1 : 0));
    return BoardProtocol.OK;
  }

  private static GpioLine.Drive pull(byte code) {
    return switch (code) {
      case 1 -> GpioLine.Drive.LOW;
      case 2 -> GpioLine.Drive.HIGH;
      default -> GpioLine.Drive.FLOAT;
    };
  }

  private byte i2c(byte operation, ByteBuffer request, ByteBuffer reply) throws I2cNackException {
    I2cSocket socket = board.i2c(request.get() & 0xFF, request.get() & 0xFF);
    int count = operation == BoardProtocol.I2C_WRITE ? 0 : request.getShort() & 0xFFFF;
    if (count >= BoardProtocol.LONGEST_BODY) {
      return BoardProtocol.NOT_UNDERSTOOD;
    }
    if (operation != BoardProtocol.I2C_READ) {
      socket.write(rest(request), board.nowMicros());
    }
    if (operation != BoardProtocol.I2C_WRITE) {
      reply.put(socket.read(count, board.nowMicros()));
    }
    return BoardProtocol.OK;
  }

  private byte spi(ByteBuffer request, ByteBuffer reply) {
    SpiDevice device = board.spi(request.get() & 0xFF, request.get() & 0xFF);
    byte[] sent = rest(request);
    // An empty SPI socket has no acknowledge: the master reads what the floating line gives.
    reply.put(device == null ? new byte[sent.length] : device.transfer(sent, board.nowMicros()));
    return BoardProtocol.OK;
  }

  private static byte[] rest(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void serveEvents() throws IOException, InterruptedException {
    Thread watching = Thread.ofPlatform().daemon().name("board-watch").start(this::takeWatches);
    try {
      while (channel.isOpen()) {
        Event event = events.take();
        messages.compose().put(event.type).put((byte) event.bcm).put((byte) (event.level ? 1 : 0));
        messages.send(channel);
      }
    } finally {
      close();
      watching.join();
    }
  }

  private void takeWatches() {
    BoardProtocol.Messages inbound = new BoardProtocol.Messages();
    try {
      while (true) {
        ByteBuffer message = inbound.receive(channel);
        if (message.remaining() == 3 && message.get() == BoardProtocol.WATCH) {
          watch(message.get() & 0xFF, message.get() != 0);
        }
      }
    } catch (IOException _) {
      // The terminal is gone; an event that wakes the sender lets it find the closed channel.
      close();
      boolean _ = events.offer(new Event(BoardProtocol.LEVEL, 0, false));
    }
  }

  private synchronized void watch(int bcm, boolean on) {
    if (bcm >= SimBoard.LINES) {
      return;
    }
    GpioLine line = board.line(bcm);
    GpioLine.Observer old = watches.remove(bcm);
    if (old != null) {
      line.forget(old);
    }
    if (on) {
      EdgeWatch edges = new EdgeWatch(line.level());
      watches.put(bcm, edges);
      line.observe(edges);
      push(new Event(BoardProtocol.LEVEL, bcm, line.level()));
    }
  }

  private final class EdgeWatch implements GpioLine.Observer {
    private boolean last;

    EdgeWatch(boolean level) {
      last = level;
    }

    @Override
    public void changed(GpioLine line) {
      boolean level = line.level();
      if (level != last) {
        last = level;
        push(new Event(BoardProtocol.EDGE, line.bcm(), level));
      }
    }
  }

  private void push(Event event) {
    if (!events.offer(event)) {
      LOG.warn("SIM-EVENTS-OVERRUN: a terminal does not read its line events and is cut off");
      close();
    }
  }
}

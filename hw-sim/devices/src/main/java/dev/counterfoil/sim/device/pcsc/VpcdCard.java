package dev.counterfoil.sim.device.pcsc;

import dev.counterfoil.sim.card.Card;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;

/// A card on the virtual reader of a running `pcscd` (package vsmartcard-vpcd): connected is laid down, closed is taken
/// away.
///
/// ```
/// length(2, big endian) message       length 1: 00 power off, 01 power on, 02 reset, 04 "tell your ATR"; else a command
/// ```
/// One thread. Without quick acknowledgements each command would wait 40 ms for the other side's delayed one.
public final class VpcdCard implements AutoCloseable {
  /// Where vpcd listens for its first reader.
  public static final int PORT = 35_963;

  private static final int POWER_OFF = 0;
  private static final int ANSWER_TO_RESET = 4;

  private final Socket socket;
  private final Thread thread;
  private final Card card;
  private final PcscReader reader;
  private volatile String ended = "";

  private VpcdCard(Card card, Socket socket) {
    this.card = card;
    this.socket = socket;
    reader = new PcscReader(card);
    thread = Thread.ofPlatform().name("vpcd " + card.describe()).daemon().unstarted(this::serve);
  }

  /// Lays the card down.
  ///
  /// @throws IOException when no vpcd listens
  public static VpcdCard present(Card card, int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    card.select();
    VpcdCard present = new VpcdCard(card, socket);
    present.thread.start();
    return present;
  }

  private void serve() {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      while (!card.torn()) {
        // The kernel forgets this after each acknowledgement.
        socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        byte[] message = in.readNBytes(in.readUnsignedShort());
        byte[] answer = message.length == 1 ? control(message[0]) : reader.answer(message);
        if (answer.length > 0) {
          byte[] framed = new byte[2 + answer.length];
          framed[0] = (byte) (answer.length >> 8);
          framed[1] = (byte) answer.length;
          System.arraycopy(answer, 0, framed, 2, answer.length);
          out.write(framed);
          out.flush();
        }
      }
    } catch (IOException gone) {
      // The service ended, or the card was taken away: both are the end of this stay.
      ended = gone.toString();
    }
  }

  /// Why the card is not there any more; empty while it is.
  public String ended() {
    return ended;
  }

  private byte[] control(int message) {
    if (message == ANSWER_TO_RESET) {
      return reader.atr();
    }
    if (message != POWER_OFF) {
      card.select();
    }
    return new byte[0];
  }

  /// Takes the card away. Blocks until it is.
  @Override
  public void close() throws IOException {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.counterfoil.sim.device.serial;

import dev.counterfoil.sim.line.PtyLine;
import dev.counterfoil.sim.line.SimLine;
import java.util.function.LongSupplier;

/// Puts a [SerialModel] on a line. One thread carries bytes; [#say] and [#powerCycle] may be called from any.
public final class SerialDevice implements AutoCloseable {

  /// Both ends run at the same speed.
  public static final Speed ANY_SPEED = () -> true;

  private static final long LISTEN_MICROS = 1_000_000;
  private static final int GARBLE = 0x5A;

  /// Whether the other end has set the speed of this device. At another one both hear rubbish.
  @FunctionalInterface
  public interface Speed {

    boolean isRight();

    /// The speed that the program at the other end of a pseudo-terminal has set, against this one.
    static Speed of(PtyLine pty, int baud) {
      int code = switch (baud) {
        case 9_600 -> 0x000D;
        case 19_200 -> 0x000E;
        case 38_400 -> 0x000F;
        case 57_600 -> 0x1001;
        case 115_200 -> 0x1002;
        default -> throw new IllegalArgumentException("SIM-ARGS: no speed of " + baud);
      };
      return () -> pty.speedCode() == code;
    }
  }

  private final SimLine line;
  private final SerialModel model;
  private final Speed speed;
  private final LongSupplier micros;
  private final Thread thread;
  private final Object turn = new Object();

  private SerialDevice(SimLine line, SerialModel model, Speed speed) {
    this.line = line;
    this.model = model;
    this.speed = speed;
    this.micros = () -> System.nanoTime() / 1_000;
    this.thread = Thread.ofPlatform().daemon().name("sim-serial").unstarted(this::carry);
  }

  /// Starts the device on this line.
  public static SerialDevice start(SimLine line, SerialModel model, Speed speed) {
    var device = new SerialDevice(line, model, speed);
    device.thread.start();
    return device;
  }

  private void carry() {
    while (!line.closed()) {
      byte[] heard = line.read(LISTEN_MICROS);
      if (heard.length > 0) {
        synchronized (turn) {
          // What is heard at a wrong speed is no byte that anybody sent.
          write(speed.isRight() ? model.hear(heard, micros.getAsLong()) : new byte[0]);
        }
      }
    }
  }

  /// The device says this by itself.
  public void say(byte[] bytes) {
    synchronized (turn) {
      write(bytes);
    }
  }

  private void write(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    byte[] sent = bytes.clone();
    if (!speed.isRight()) {
      for (int i = 0; i < sent.length; i++) {
        sent[i] = (byte) (sent[i] << 1 ^ GARBLE | 0x80);
      }
    }
    line.write(sent);
  }

  /// Cuts the supply for a moment.
  public void powerCycle() {
    synchronized (turn) {
      model.powerCycle();
    }
  }

  @Override
  public void close() {
    line.close();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

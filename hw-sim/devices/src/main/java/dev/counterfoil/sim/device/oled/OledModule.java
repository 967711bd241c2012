package dev.counterfoil.sim.device.oled;

import dev.counterfoil.sim.device.board.I2cDevice;
import dev.counterfoil.sim.device.watch.Watched;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.random.RandomGeneratorFactory;

/// A display module of 128 x 64 pixels on I2C.
///
/// ```
/// transfer:  control byte, then bytes;  bit 7 of the control byte: one byte follows, then another control byte
///                                       bit 6: data for the memory instead of a command
/// ```
/// A byte read is the status: bit 6 is set while the display is off. Thread-safe.
public final class OledModule implements I2cDevice {
  private static final int WIDTH = 128;
  private static final int HEIGHT = 64;
  private static final int ONE_BYTE = 0x80;
  private static final int DATA = 0x40;
  private static final byte OFF = 0x40;

  private final Watched watched = new Watched();
  private final OledController controller;
  private long dataBytes;
  private long bytes;

  /// @param seed of what the memory holds after power-up
  public OledModule(OledKind kind, long seed) {
    controller = new OledController(kind, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
  }

  @Override
  public void write(byte[] transfer, long nowMicros) {
    watched.change(() -> {
      bytes += transfer.length;
      int at = 0;
      while (at < transfer.length) {
        int control = transfer[at++] & 0xFF;
        int end = (control & ONE_BYTE) != 0 ? Math.min(at + 1, transfer.length) : transfer.length;
        for (; at < end; at++) {
          take((control & DATA) != 0, transfer[at] & 0xFF);
        }
      }
    });
  }

  private void take(boolean data, int value) {
    if (data) {
      dataBytes++;
      controller.data(value);
    } else {
      controller.command(value);
    }
  }

  @Override
  public byte[] read(int count, long nowMicros) {
    return watched.look(() -> {
      byte[] status = new byte[count];
      Arrays.fill(status, controller.on() ? 0 : OFF);
      return status;
    });
  }

  /// The supply goes off and on: all settings are lost and the memory holds noise.
  public void powerCycle() {
    watched.change(controller::powerOn);
  }

  /// What a person sees.
  public Picture glass() {
    return watched.look(this::picture);
  }

  private Picture picture() {
    boolean[][] pixels = new boolean[HEIGHT][WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        pixels[y][x] = controller.lit(x, y);
      }
    }
    return new Picture(pixels);
  }

  /// Waits until the glass satisfies `wanted`; false when `timeoutMillis` passed without.
  public boolean awaitGlass(Predicate<Picture> wanted, long timeoutMillis) throws InterruptedException {
    return watched.await(this::picture, wanted, timeoutMillis);
  }

  public boolean displayOn() {
    return watched.look(controller::on);
  }

  public int contrast() {
    return watched.look(controller::contrast);
  }

  /// The memory, eight pages of 128 or 132 bytes.
  public byte[][] memory() {
    return watched.look(controller::memory);
  }

  /// True while a command waits for its arguments: a host that stops here has lost its phase.
  public boolean waitsForArguments() {
    return watched.look(controller::waitsForArguments);
  }

  /// Commands that this chip does not have.
  public long unknownCommands() {
    return watched.look(controller::unknownCommands);
  }

  /// Bytes written to the memory since the module was made.
  public long dataBytes() {
    return watched.look(() -> dataBytes);
  }

  /// All bytes on the bus since the module was made, control bytes too.
  public long bytes() {
    return watched.look(() -> bytes);
  }

}

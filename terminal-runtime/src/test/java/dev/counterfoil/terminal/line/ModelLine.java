package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A serial line with a model at its other end, on virtual time: an answer is there at once, or never. What goes either way
/// is damaged with a chance for each byte, so that a seed repeats a run.
public final class ModelLine implements SerialLine {

  /// What is at the other end.
  @FunctionalInterface
  public interface Model {

    byte[] hear(byte[] bytes, long nowMicros);
  }

  private final FakeClock clock;
  private final RandomGenerator random;
  private final Model model;
  private double flips;
  private double losses;
  private byte[] waiting = {};
  private boolean open;
  private boolean gone;

  public ModelLine(FakeClock clock, RandomGenerator random, Model model) {
    this.clock = clock;
    this.random = random;
    this.model = model;
  }

  /// @param flip chance that a bit of a byte is turned
  /// @param loss chance that a byte is lost, and as much that one comes twice, or a foreign one before it
  public ModelLine damage(double flip, double loss) {
    flips = flip;
    losses = loss;
    return this;
  }

  /// Pulls the plug, or puts it back.
  public void unplugged(boolean out) {
    gone = out;
  }

  /// The model says this by itself.
  public void say(byte[] bytes) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(waiting);
    all.writeBytes(damaged(bytes));
    waiting = all.toByteArray();
  }

  private byte[] damaged(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    for (byte each : bytes) {
      if (random.nextDouble() < losses) {
        switch (random.nextInt(3)) {
          case 0 -> {
            // Lost.
          }
          case 1 -> out.writeBytes(new byte[] {each, each});
          default -> out.writeBytes(new byte[] {(byte) random.nextInt(256), each});
        }
      } else {
        out.write(random.nextDouble() < flips ? each ^ 1 << random.nextInt(8) : each);
      }
    }
    return out.toByteArray();
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public void open() throws DeviceFaultException {
    if (gone) {
      throw new DeviceFaultException(new DeviceFault(FaultCode.LINE_MISSING, "line model", "unplugged"));
    }
    open = true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void write(byte[] bytes) throws DeviceFaultException {
    requirePlug();
    say(model.hear(damaged(bytes), clock.millis() * 1_000));
  }

  @Override
  public byte[] read(long timeoutMillis) throws DeviceFaultException {
    requirePlug();
    if (waiting.length == 0) {
      clock.advance(timeoutMillis);
      return waiting;
    }
    int count = 1 + random.nextInt(waiting.length);
    var some = Arrays.copyOf(waiting, count);
    waiting = Arrays.copyOfRange(waiting, count, waiting.length);
    return some;
  }

  /// Whether everything was read.
  public boolean isDrained() {
    return waiting.length == 0;
  }

  private void requirePlug() throws DeviceFaultException {
    if (gone) {
      open = false;
      throw new DeviceFaultException(new DeviceFault(FaultCode.LINE_LOST, "line model", "unplugged"));
    }
  }

  @Override
  public void discardInput() {
    waiting = new byte[0];
  }

  @Override
  public void close() {
    open = false;
  }
}

package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.ReadableI2c;
import dev.counterfoil.terminal.line.PinInput;
import dev.counterfoil.terminal.line.PinOutput;
import dev.counterfoil.terminal.line.SpiDevice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// A board with one device on I2C or SPI that answers as written down beforehand, and fails the test when it is asked
/// for something nobody wrote down. An answer is filled up with AA to the length asked for, as behind a frame's end.
final class ScriptedBus implements Board {

  /// In place of an answer: the address is not acknowledged.
  static final String NOBODY = "-";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final FakeClock clock;
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> transfers = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private boolean silent;
  private boolean closed;

  ScriptedBus(FakeClock clock) {
    this.clock = clock;
  }

  ScriptedBus answer(String... hex) {
    answers.addAll(List.of(hex));
    return this;
  }

  /// From now on every transfer is answered by zeros, asked for or not.
  void stayBusy() {
    silent = true;
  }

  /// What was written and how much was read (`r7`), in order, since the last call.
  List<String> takeTransfers() {
    var taken = List.copyOf(transfers);
    transfers.clear();
    return taken;
  }

  /// When each transfer began.
  List<Long> times() {
    return List.copyOf(times);
  }

  boolean isClosed() {
    return closed;
  }

  private byte[] play(int count) throws DeviceFaultException {
    var answer = silent ? "" : answers.poll();
    if (answer == null) {
      throw new AssertionError("nobody wrote down an answer after " + transfers);
    }
    if (answer.equals(NOBODY)) {
      throw new DeviceFaultException(new DeviceFault(FaultCode.BOARD_REFUSED, "bus", "no acknowledge"));
    }
    var bytes = new byte[count];
    Arrays.fill(bytes, (byte) (silent ? 0 : 0xAA));
    var known = HEX.parseHex(answer);
    System.arraycopy(known, 0, bytes, 0, Math.min(count, known.length));
    return bytes;
  }

  private void note(String transfer) {
    transfers.add(transfer);
    times.add(clock.millis());
  }

  @Override
  public ReadableI2c i2c(int bus, int address) {
    closed = false;
    return new ReadableI2c() {
      @Override
      public void write(byte[] bytes) throws DeviceFaultException {
        note(HEX.formatHex(bytes));
        if (NOBODY.equals(answers.peek())) {
          play(1);
        }
      }

      @Override
      public byte[] read(int count) throws DeviceFaultException {
        note("r" + count);
        return play(count);
      }
    };
  }

  @Override
  public SpiDevice spi(int bus, int chipSelect, int hertz) {
    closed = false;
    return bytes -> {
      note(HEX.formatHex(bytes));
      return play(bytes.length);
    };
  }

  @Override
  public List<ProviderChoice> providers() {
    return List.of();
  }

  @Override
  public PinOutput output(int bcm, boolean initialHigh) {
    throw new AssertionError("a reader's bus needs no pin");
  }

  @Override
  public PinInput inputPulledUp(int bcm) {
    throw new AssertionError("a reader's bus needs no pin");
  }

  @Override
  public void close() {
    closed = true;
  }
}

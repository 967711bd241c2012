package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// A serial line that records what is written and plays answers queued beforehand. A read that nobody queued an
/// answer for fails the test: the driver waits for something it should not wait for.
///
/// Silence must be queued too; it makes the clock pass the whole time-out.
public final class RecordingLine implements SerialLine {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private sealed interface Play {
    record Bytes(byte[] bytes) implements Play {}

    record Silence() implements Play {}

    record Loss() implements Play {}
  }

  private final FakeClock clock;
  private final Deque<Play> plays = new ArrayDeque<>();
  private final Deque<FaultCode> refusals = new ArrayDeque<>();
  private final List<String> written = new ArrayList<>();
  private boolean open;

  public RecordingLine(FakeClock clock) {
    this.clock = clock;
  }

  /// Queues one chunk of input.
  public RecordingLine answer(String hex) {
    plays.add(new Play.Bytes(HEX.parseHex(hex.replace(" ", ""))));
    return this;
  }

  /// Queues reads that time out.
  public RecordingLine silence(int times) {
    for (int i = 0; i < times; i++) {
      plays.add(new Play.Silence());
    }
    return this;
  }

  /// Queues the loss of the wire.
  public RecordingLine loss() {
    plays.add(new Play.Loss());
    return this;
  }

  /// Makes one call of `open` fail.
  public RecordingLine refuse(FaultCode code) {
    refusals.add(code);
    return this;
  }

  /// What was written since the last call, a string of hexadecimal digits for each write; opening and closing show
  /// as words.
  public List<String> takeWritten() {
    var taken = List.copyOf(written);
    written.clear();
    return taken;
  }

  /// Whether every queued answer was read.
  public boolean isPlayedOut() {
    return plays.isEmpty();
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public void open() throws DeviceFaultException {
    var refusal = refusals.poll();
    if (refusal != null) {
      throw fault(refusal);
    }
    written.add("open");
    open = true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void write(byte[] bytes) {
    requireOpen();
    written.add(HEX.formatHex(bytes));
  }

  @Override
  public byte[] read(long timeoutMillis) throws DeviceFaultException {
    requireOpen();
    var play = plays.poll();
    if (play == null) {
      throw new AssertionError("unexpected read after " + written);
    }
    return switch (play) {
      case Play.Bytes(byte[] bytes) -> bytes;
      case Play.Silence() -> {
        clock.advance(timeoutMillis);
        yield new byte[0];
      }
      case Play.Loss() -> {
        open = false;
        throw fault(FaultCode.LINE_LOST);
      }
    };
  }

  @Override
  public void discardInput() {
    requireOpen();
  }

  @Override
  public void close() {
    if (open) {
      written.add("close");
    }
    open = false;
  }

  private void requireOpen() {
    if (!open) {
      throw new AssertionError("line used while closed");
    }
  }

  private static DeviceFaultException fault(FaultCode code) {
    return new DeviceFaultException(new DeviceFault(code, "line fake", "played"));
  }
}

package dev.counterfoil.terminal.fuzz;

import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.List;

/// Says one piece after the other, whatever it is told, and then nothing. It cannot discard: what comes late comes.
public final class FuzzedLine implements SerialLine {

  private final List<byte[]> pieces;
  private final FakeClock clock;
  private int next;
  private boolean open;

  public FuzzedLine(List<byte[]> pieces, FakeClock clock) {
    this.pieces = pieces;
    this.clock = clock;
  }

  /// Whether everything was said.
  public boolean isDrained() {
    return next == pieces.size();
  }

  @Override
  public String name() {
    return "fuzzed";
  }

  @Override
  public void open() {
    open = true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void write(byte[] bytes) {
    // Nobody listens.
  }

  @Override
  public byte[] read(long timeoutMillis) {
    if (next == pieces.size()) {
      clock.advance(timeoutMillis);
      return new byte[0];
    }
    clock.advance(1);
    return pieces.get(next++);
  }

  @Override
  public void discardInput() {
    // What is late comes after the discarding.
  }

  @Override
  public void close() {
    open = false;
  }
}

package dev.counterfoil.terminal.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/// Reads what [FieldWriter] wrote. Every method throws [IllegalArgumentException] if the row is too short.
final class FieldReader {

  private final ByteBuffer in;

  FieldReader(byte[] row) {
    in = ByteBuffer.wrap(row);
  }

  long number() {
    return guarded(in::getLong);
  }

  int small() {
    return guarded(in::getInt);
  }

  boolean flag() {
    return guarded(in::get) != 0;
  }

  /// Whether fields follow that older rows lack.
  boolean hasMore() {
    return in.hasRemaining();
  }

  byte[] fixed(int length) {
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("state row is cut off");
    }
    byte[] value = new byte[length];
    in.get(value);
    return value;
  }

  byte[] blob() {
    return fixed(small());
  }

  String text() {
    return new String(blob(), StandardCharsets.UTF_8);
  }

  private static <T> T guarded(Supplier<T> read) {
    try {
      return read.get();
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("state row is cut off", e);
    }
  }
}

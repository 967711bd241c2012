package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes the fields of a state row one after the other, numbers big-endian.
final class FieldWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(96);

  FieldWriter number(long value) {
    return fixed(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  FieldWriter small(int value) {
    return fixed(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  FieldWriter flag(boolean value) {
    return fixed(new byte[] {(byte) (value ? 1 : 0)});
  }

  FieldWriter fixed(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  FieldWriter blob(byte[] value) {
    return small(value.length).fixed(value);
  }

  FieldWriter text(String value) {
    return blob(value.getBytes(StandardCharsets.UTF_8));
  }

  FieldWriter position(ChainPosition position) {
    return number(position.seq()).fixed(position.hash().bytes()).number(position.turnover());
  }

  FieldWriter epoch(EpochId epoch) {
    return small(epoch.number()).number(epoch.nonce());
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}

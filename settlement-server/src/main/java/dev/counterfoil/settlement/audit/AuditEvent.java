package dev.counterfoil.settlement.audit;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// An entry in its place: the `number`-th of its site. Never changed and never deleted (design decision D11).
///
/// | bytes | content |
/// | --- | --- |
/// | 4 | `CFA1` in ASCII |
/// | 4 | site |
/// | 8 | number |
/// | 8 | time in milliseconds since 1970-01-01T00:00Z |
/// | 4 + n | actor: length in bytes, then UTF-8 |
/// | 4 + n | action |
/// | 4 + n | object |
/// | 4 + n | before |
/// | 4 + n | after |
/// | 4 + n | reason |
///
/// All numbers are big endian. No two events have the same bytes.
///
/// @param number from 1, without gaps within a site
public record AuditEvent(int site, long number, AuditEntry entry) {

  private static final byte[] MAGIC = "CFA1".getBytes(StandardCharsets.US_ASCII);

  public AuditEvent {
    if (site < 1 || number < 1) {
      throw new IllegalArgumentException("site=" + site + " number=" + number + " count from 1");
    }
  }

  /// The bytes of the table above.
  public byte[] bytes() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.writeBytes(ByteBuffer.allocate(20).putInt(site).putLong(number).putLong(entry.at().toEpochMilli())
        .array());
    text(out, entry.actor());
    text(out, entry.action());
    text(out, entry.object());
    text(out, entry.before());
    text(out, entry.after());
    text(out, entry.reason());
    return out.toByteArray();
  }

  /// SHA-256 over the 32 bytes of the hash before and then this event's bytes.
  public Hash hashAfter(Hash before) {
    return Sha256.hash(before.bytes(), bytes());
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }
}

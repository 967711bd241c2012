package dev.counterfoil.sim.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A running SHA-256 over every event and every effect of a run, in order. Two runs of one seed that differ in
/// anything at all differ here; it is the proof that the simulator is deterministic.
public final class Trace {
  private final MessageDigest digest;
  private final ByteBuffer pending = ByteBuffer.allocate(1 << 16);

  public Trace() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public void event(long atMicros, EventTag tag, int actor) {
    room(13).put((byte) tag.ordinal()).putLong(atMicros).putInt(actor);
  }

  /// An effect: who, what (a stable word) and a number that says more.
  public void effect(int actor, String what, long detail) {
    int length = what.length();
    room(13 + length * 2).put((byte) 'E').putInt(actor).putLong(detail);
    for (int i = 0; i < length; i++) {
      pending.putChar(what.charAt(i));
    }
  }

  /// Bytes that left somebody: a frame, a record, a line on the glass.
  public void bytes(byte[] value) {
    if (value.length > 4096) {
      drain();
      digest.update(value);
      return;
    }
    room(value.length + 4).putInt(value.length).put(value);
  }

  public void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /// Ends the trace. May be called once.
  public String finish() {
    drain();
    return HexFormat.of().formatHex(digest.digest());
  }

  private ByteBuffer room(int bytes) {
    if (pending.remaining() < bytes) {
      drain();
    }
    return pending;
  }

  private void drain() {
    digest.update(pending.array(), 0, pending.position());
    pending.clear();
  }
}

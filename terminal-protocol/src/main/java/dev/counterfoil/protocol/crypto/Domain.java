package dev.counterfoil.protocol.crypto;

import java.nio.charset.StandardCharsets;

/// What a signature is about. The domain's bytes are signed in front of the message, so that a signature made for
/// one purpose can never be passed off as another, such as an acknowledgement as a record.
public enum Domain {
  RECORD("record"),
  ACK("ack"),
  EPOCH("epoch"),
  ANCHOR("anchor"),
  SNAPSHOT("snapshot"),
  DENY("deny"),
  ENROL("enrol"),
  ROTATE("rotate"),
  AUDIT("audit");

  private final byte[] prefix;

  Domain(String name) {
    this.prefix = ("counterfoil/journal/v1/" + name + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  /// Length of the separator in bytes.
  public int length() {
    return prefix.length;
  }

  /// A copy of the separator.
  public byte[] prefix() {
    return prefix.clone();
  }

  /// The bytes to sign for `message`.
  public byte[] over(byte[] message) {
    return over(message, 0, message.length);
  }

  /// The bytes to sign for a part of `message`.
  public byte[] over(byte[] message, int offset, int length) {
    byte[] signed = new byte[prefix.length + length];
    System.arraycopy(prefix, 0, signed, 0, prefix.length);
    System.arraycopy(message, offset, signed, prefix.length, length);
    return signed;
  }
}

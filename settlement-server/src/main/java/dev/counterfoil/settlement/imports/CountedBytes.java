package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.id.Hash;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The bytes of a file on their way, with their count and hash: what was read is what is hashed, whatever happens to the
/// file meanwhile.
final class CountedBytes extends FilterInputStream {

  private final DigestInputStream digested;
  private long count;

  CountedBytes(InputStream in) {
    this(new DigestInputStream(in, sha256()));
  }

  private CountedBytes(DigestInputStream digested) {
    super(digested);
    this.digested = digested;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    count += Math.max(0, read);
    return read;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count += read < 0 ? 0 : 1;
    return read;
  }

  long count() {
    return count;
  }

  /// Of everything read so far.
  Hash hash() {
    return Hash.of(digested.getMessageDigest().digest());
  }
}

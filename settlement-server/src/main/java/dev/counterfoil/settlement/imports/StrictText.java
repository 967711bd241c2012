package dev.counterfoil.settlement.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Characters of a file, one at a time, that tells of the first wrong byte only once everything before it was given out, so
/// that the row can be named. A byte order mark of UTF-8 is left out. One thread; blocks for the file.
final class StrictText {

  /// No character follows.
  static final int END = -1;
  /// What follows is not in the character set.
  static final int WRONG = -2;

  private static final int BUFFER = 16 * 1024;
  private static final int MARK = 0xFEFF;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final boolean maybeMarked;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).limit(0);
  private boolean first = true;
  private boolean ended;
  private boolean wrong;

  StrictText(InputStream in, Charset charset) {
    this.in = in;
    this.decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.maybeMarked = charset.equals(StandardCharsets.UTF_8);
  }

  /// @return a UTF-16 unit, {@link #END} or {@link #WRONG}
  int next() throws IOException {
    int next = take();
    if (first) {
      first = false;
      return maybeMarked && next == MARK ? take() : next;
    }
    return next;
  }

  private int take() throws IOException {
    while (!chars.hasRemaining()) {
      if (wrong) {
        return WRONG;
      }
      if (ended) {
        return END;
      }
      fill();
    }
    return chars.get();
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    bytes.position(bytes.position() + Math.max(0, read)).flip();
    chars.clear();
    ended = read < 0;
    CoderResult result = decoder.decode(bytes, chars, ended);
    // The buffers are of one size and no byte becomes more than one unit, so nothing overflows.
    wrong = result.isError();
    chars.flip();
  }
}

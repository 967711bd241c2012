package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.driver.pn532.Pn532Input.Ack;
import dev.counterfoil.terminal.driver.pn532.Pn532Input.Damaged;
import dev.counterfoil.terminal.driver.pn532.Pn532Input.Information;
import dev.counterfoil.terminal.driver.pn532.Pn532Input.Nack;
import dev.counterfoil.terminal.driver.pn532.Pn532Input.Noise;
import dev.counterfoil.terminal.driver.pn532.Pn532Input.SyntaxError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds frames in a stream of bytes that may be cut, doubled or damaged anywhere; layout in [Pn532Frames].
///
/// A frame starts at `00 FF`, whatever came before. After a damaged frame the search goes on right behind its
/// start code, not behind its claimed end, so a damaged length cannot swallow the good frame that follows.
///
/// The check sum is a plain sum, so it does not see a lost 00: the byte behind it then stands in for it, and the
/// postamble, 00 too, ends the sum. A UID that begins with 04, as NXP's do, then passes for the length of one of four
/// bytes. So the postamble must be there ([#requirePostamble]): after a loss it is missing.
///
/// Holds at most one frame's worth of bytes. Not thread-safe.
final class Pn532FrameDecoder {

  private static final int ERROR_CODE = 0x7F;
  private static final int START_LENGTH = 2;

  private byte[] pending = {};
  private boolean postamble;

  /// Whether a frame counts only with its postamble. Off at first, because a program before us may have told the chip to
  /// leave it out.
  void requirePostamble(boolean required) {
    postamble = required;
  }

  /// Adds bytes and answers what is complete now, in order.
  List<Pn532Input> feed(byte[] bytes) {
    var joined = Arrays.copyOf(pending, pending.length + bytes.length);
    System.arraycopy(bytes, 0, joined, pending.length, bytes.length);
    pending = joined;
    return drain();
  }

  /// Whether a frame has begun and its end is missing.
  boolean isMidFrame() {
    return pending.length >= START_LENGTH;
  }

  /// Gives up waiting for the end of the frame that has begun: reports it as damaged, and whatever good frames were
  /// hidden behind its start.
  List<Pn532Input> abandon() {
    var found = new ArrayList<Pn532Input>();
    while (isMidFrame()) {
      found.add(new Damaged("frame broke off after " + pending.length + " bytes"));
      drop(START_LENGTH);
      found.addAll(drain());
    }
    return found;
  }

  /// Forgets everything.
  void reset() {
    pending = new byte[0];
  }

  private List<Pn532Input> drain() {
    var found = new ArrayList<Pn532Input>();
    while (true) {
      int noise = skipToStart();
      if (noise > 0) {
        found.add(new Noise(noise));
      }
      if (!headerIsComplete()) {
        return found;
      }
      int before = pending.length;
      takeFrame(found);
      if (pending.length == before) {
        return found;
      }
    }
  }

  /// Drops everything before the next `00 FF` and answers how many of the dropped bytes were not zero.
  private int skipToStart() {
    int start = 0;
    while (start < pending.length && !isStart(start)) {
      start++;
    }
    int noise = 0;
    for (int i = 0; i < start; i++) {
      noise += pending[i] == 0 ? 0 : 1;
    }
    drop(start);
    return noise;
  }

  private boolean isStart(int at) {
    boolean zero = pending[at] == 0;
    return at + 1 < pending.length ? zero && octet(at + 1) == 0xFF : zero;
  }

  private boolean headerIsComplete() {
    return pending.length >= 4 && (!isExtended() || pending.length >= 7);
  }

  private boolean isExtended() {
    return octet(2) == 0xFF && octet(3) == 0xFF;
  }

  private void takeFrame(List<Pn532Input> found) {
    int length = octet(2);
    if (length == 0 && octet(3) == 0xFF) {
      found.add(new Ack());
      drop(4);
    } else if (length == 0xFF && octet(3) == 0) {
      found.add(new Nack());
      drop(4);
    } else if (isExtended()) {
      int extended = octet(4) << 8 | octet(5);
      takeInformation(found, 7, extended, octet(4) + octet(5) + octet(6));
    } else {
      takeInformation(found, 4, length, length + octet(3));
    }
  }

  private void takeInformation(List<Pn532Input> found, int header, int length, int lengthSum) {
    if ((lengthSum & 0xFF) != 0 || length == 0 || length > Pn532Frames.MAX_LENGTH) {
      found.add(new Damaged("bad length"));
      drop(START_LENGTH);
      return;
    }
    int end = header + length + 1;
    if (pending.length < end) {
      return;
    }
    if (sum(header, end) != 0) {
      found.add(new Damaged("bad data check sum"));
      drop(START_LENGTH);
    } else if (postamble && pending.length == end) {
      // The frame waits for its last byte.
    } else if (postamble && pending[end] != 0) {
      found.add(new Damaged("no postamble"));
      drop(START_LENGTH);
    } else {
      found.add(content(header, length));
      drop(end);
    }
  }

  private Pn532Input content(int header, int length) {
    if (length > 1) {
      return new Information(octet(header), Arrays.copyOfRange(pending, header + 1, header + length));
    }
    return octet(header) == ERROR_CODE ? new SyntaxError() : new Damaged("frame without data");
  }

  private int sum(int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += pending[i];
    }
    return sum & 0xFF;
  }

  private int octet(int at) {
    return pending[at] & 0xFF;
  }

  private void drop(int count) {
    pending = Arrays.copyOfRange(pending, count, pending.length);
  }
}

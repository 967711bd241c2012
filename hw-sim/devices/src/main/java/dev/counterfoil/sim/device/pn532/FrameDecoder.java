package dev.counterfoil.sim.device.pn532;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts the byte stream from the host into frames and finds back into step after any garbage.
///
/// ```
/// normal    00 FF LEN LCS            TFI PD.. DCS     LEN + LCS = 0, TFI + PD.. + DCS = 0 (mod 256)
/// extended  00 FF FF FF LENM LENL LCS TFI PD.. DCS    LENM + LENL + LCS = 0 (mod 256)
/// ACK       00 FF 00 FF              NACK  00 FF FF 00
/// ```
/// Preamble and postamble of any length are skipped. Where a frame turns out broken, the search goes on right
/// behind its start code, because the next good frame may begin inside what looked like its body. A frame
/// that stays incomplete for [#STALE_MICROS] is given up in the same way. Not thread-safe.
final class FrameDecoder {
  /// Longest information field: TFI and 264 bytes of data.
  static final int LONGEST_BODY = 265;
  /// Silence within a frame after which the chip no longer expects its rest: 200 byte times at 115,200 baud.
  static final long STALE_MICROS = 20_000;

  private byte[] held = new byte[0];
  private long lastByteMicros;

  List<HostFrame> feed(byte[] bytes, long nowMicros) {
    List<HostFrame> frames = new ArrayList<>();
    if (nowMicros - lastByteMicros > STALE_MICROS) {
      giveUpIncomplete(frames);
    }
    lastByteMicros = nowMicros;
    int before = held.length;
    held = Arrays.copyOf(held, before + bytes.length);
    System.arraycopy(bytes, 0, held, before, bytes.length);
    parse(frames);
    return frames;
  }

  /// Every start code in what is held has waited too long for its rest; a lone last zero may still begin a
  /// frame.
  private void giveUpIncomplete(List<HostFrame> frames) {
    while (held.length > 1) {
      frames.add(new HostFrame.Broken("incomplete"));
      held = Arrays.copyOfRange(held, 1, held.length);
      parse(frames);
    }
  }

  void reset() {
    held = new byte[0];
  }

  private void parse(List<HostFrame> frames) {
    int position = 0;
    while (true) {
      position = startCode(position);
      if (held.length - position < 4) {
        break;
      }
      Parsed parsed = parseAt(position);
      if (parsed.length == 0) {
        break;
      }
      frames.add(parsed.frame);
      position += parsed.length;
    }
    held = Arrays.copyOfRange(held, position, held.length);
  }

  /// Index of the next `00 FF`, or of what may become one, or the end.
  private int startCode(int from) {
    for (int i = from; i < held.length; i++) {
      if (held[i] == 0 && (i + 1 == held.length || held[i + 1] == (byte) 0xFF)) {
        return i;
      }
    }
    return held.length;
  }

  /// `length` is how many bytes to go on: 0 when the frame is not complete yet.
  private record Parsed(HostFrame frame, int length) {
    static final Parsed INCOMPLETE = new Parsed(new HostFrame.Broken("incomplete"), 0);

    static Parsed broken(String reason) {
      return new Parsed(new HostFrame.Broken(reason), 1);
    }
  }

  private Parsed parseAt(int start) {
    int length = at(start + 2);
    int check = at(start + 3);
    if (length == 0x00 && check == 0xFF) {
      return new Parsed(new HostFrame.Ack(), 4);
    }
    if (length == 0xFF && check == 0x00) {
      return new Parsed(new HostFrame.Nack(), 4);
    }
    if (length == 0xFF && check == 0xFF) {
      return extended(start);
    }
    if ((length + check & 0xFF) != 0 || length == 0) {
      return Parsed.broken("LCS");
    }
    return body(start, 4, length, false);
  }

  private Parsed extended(int start) {
    if (held.length - start < 7) {
      return Parsed.INCOMPLETE;
    }
    int length = at(start + 4) << 8 | at(start + 5);
    if ((at(start + 4) + at(start + 5) + at(start + 6) & 0xFF) != 0 || length == 0 || length > LONGEST_BODY) {
      return Parsed.broken("extended LCS");
    }
    return body(start, 7, length, true);
  }

  private Parsed body(int start, int header, int length, boolean extended) {
    int end = start + header + length + 1;
    if (held.length < end) {
      return Parsed.INCOMPLETE;
    }
    int sum = 0;
    for (int i = start + header; i < end; i++) {
      sum += at(i);
    }
    if ((sum & 0xFF) != 0) {
      return Parsed.broken("DCS");
    }
    byte[] data = Arrays.copyOfRange(held, start + header, end - 1);
    return new Parsed(new HostFrame.Information(data, extended), end - start);
  }

  private int at(int index) {
    return held[index] & 0xFF;
  }
}

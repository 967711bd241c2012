package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// A tiny chip with one card, behind a wire that cuts, doubles, delays, drops and alters what the chip says. Written from
/// the manual for these tests alone: it answers each command at once and knows NACK and abort.
final class BadLine implements SerialLine {

  private static final byte[] ACK = HexFormat.of().parseHex("0000ff00ff00");
  private static final byte[] NOTHING = {};

  private final FakeClock clock;
  private final RandomGenerator random;
  private final double damage;
  private byte[] card;
  private byte[] waiting = NOTHING;
  private byte[] lastReply = NOTHING;
  private byte[] late = NOTHING;
  private boolean open;

  /// @param damage chance that one piece of output is damaged
  /// @param card   UID, or empty for no card
  BadLine(FakeClock clock, RandomGenerator random, double damage, byte[] card) {
    this.clock = clock;
    this.random = random;
    this.damage = damage;
    this.card = card;
  }

  void replaceCard(byte[] uid) {
    card = uid;
  }

  @Override
  public String name() {
    return "bad";
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
    if (Arrays.equals(bytes, ACK)) {
      waiting = NOTHING;
    } else if (bytes.length == 6) {
      say(lastReply);
    } else if (bytes.length > 7 && bytes[0] == 0) {
      int code = bytes[6];
      lastReply = Pn532Frames.information(0xD5, reply(code));
      say(ACK);
      say(lastReply);
    }
  }

  private byte[] reply(int code) {
    return switch (code) {
      case 0x02 -> new byte[] {3, 0x32, 1, 6, 7};
      case 0x4A -> list();
      case 0x52 -> new byte[] {0x53, 0};
      default -> new byte[] {(byte) (code + 1)};
    };
  }

  private byte[] list() {
    if (card.length == 0) {
      return new byte[] {0x4B, 0};
    }
    var list = Arrays.copyOf(new byte[] {0x4B, 1, 1, 0, 0x44, 0, (byte) card.length}, 7 + card.length);
    System.arraycopy(card, 0, list, 7, card.length);
    return list;
  }

  private void say(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(waiting);
    out.writeBytes(late);
    late = NOTHING;
    out.writeBytes(random.nextDouble() < damage ? damaged(bytes) : bytes);
    waiting = out.toByteArray();
  }

  private byte[] damaged(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    switch (random.nextInt(7)) {
      case 0 -> out.writeBytes(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
      case 1 -> {
        out.writeBytes(bytes);
        out.writeBytes(bytes);
      }
      case 2 -> {
        var altered = bytes.clone();
        if (altered.length > 0) {
          altered[random.nextInt(altered.length)] ^= (byte) (1 + random.nextInt(255));
        }
        out.writeBytes(altered);
      }
      case 3 -> {
        var noise = new byte[random.nextInt(20)];
        random.nextBytes(noise);
        out.writeBytes(noise);
        out.writeBytes(bytes);
      }
      case 4 -> out.writeBytes(alteredUnseen(bytes));
      // Held back until the chip speaks again, which may be after the next command.
      case 5 -> late = bytes;
      default -> {
        // All of it is lost.
      }
    }
    return out.toByteArray();
  }

  /// Changes two bytes such that the check sum still fits: the damage that only a second reading finds.
  private byte[] alteredUnseen(byte[] bytes) {
    var altered = bytes.clone();
    if (altered.length > 12) {
      int first = 12 + random.nextInt(altered.length - 12);
      int second = 12 + random.nextInt(altered.length - 12);
      byte change = (byte) (1 + random.nextInt(255));
      altered[first] += change;
      altered[second] -= change;
    }
    return altered;
  }

  @Override
  public byte[] read(long timeoutMillis) {
    if (waiting.length == 0) {
      clock.advance(timeoutMillis);
      return NOTHING;
    }
    clock.advance(1);
    int count = 1 + random.nextInt(waiting.length);
    var chunk = Arrays.copyOf(waiting, count);
    waiting = Arrays.copyOfRange(waiting, count, waiting.length);
    return chunk;
  }

  @Override
  public void discardInput() {
    waiting = NOTHING;
  }

  @Override
  public void close() {
    open = false;
  }
}

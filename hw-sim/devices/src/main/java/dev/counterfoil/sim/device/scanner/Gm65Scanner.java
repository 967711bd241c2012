package dev.counterfoil.sim.device.scanner;

import dev.counterfoil.sim.device.serial.SerialModel;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// A Grow GM65: a memory of zones, read and written over the line.
///
/// From the manual: a command is `7E 00`, type, length, address (two bytes, high first), data, CRC (two bytes, high
/// first); type 7 reads as many bytes as its data byte says, 8 writes its data bytes from the address on, 9 saves the
/// zones. `AB CD` instead of the CRC is taken unchecked. The reply is `02 00 00`, length, data, CRC; a write is answered with
/// one byte 00. Commands with a wrong CRC, or of another type, get no answer. Not thread-safe.
public final class Gm65Scanner implements SerialModel {

  private static final int ZONES = 0x100;
  private static final int MODE_ZONE = 0;
  /// Lights on, sound on, manual mode: as it comes from the factory.
  private static final int FACTORY_MODE = 0xD4;
  private static final int LONGEST = 64;

  private final byte[] flash = new byte[ZONES];
  private byte[] zones;
  private byte[] held = new byte[0];
  private boolean deaf;
  private boolean stubborn;

  public Gm65Scanner() {
    flash[MODE_ZONE] = (byte) FACTORY_MODE;
    flash[0x13] = (byte) 0x85;
    zones = flash.clone();
  }

  /// It hears nothing any more, as one whose RX wire came off.
  public void deaf(boolean on) {
    deaf = on;
  }

  /// It answers writes and does not carry them out, as some copies do with zones they lack.
  public void stubborn(boolean on) {
    stubborn = on;
  }

  /// A zone's byte now.
  public int zone(int address) {
    return zones[address] & 0xFF;
  }

  /// Whether it looks for codes by itself.
  public boolean looks() {
    return (zones[MODE_ZONE] & 2) != 0;
  }

  @Override
  public byte[] hear(byte[] bytes, long nowMicros) {
    if (deaf) {
      return new byte[0];
    }
    held = joined(held, bytes);
    var said = new ByteArrayOutputStream();
    boolean progress = true;
    while (progress) {
      progress = takeOne(said);
    }
    return said.toByteArray();
  }

  /// Takes one command, or drops one byte that begins none.
  private boolean takeOne(ByteArrayOutputStream said) {
    if (held.length == 0) {
      return false;
    }
    boolean mayBegin = held[0] == 0x7E && (held.length < 2 || held[1] == 0);
    if (!mayBegin) {
      held = Arrays.copyOfRange(held, 1, held.length);
      return true;
    }
    if (held.length < 4) {
      return false;
    }
    int length = held[3] & 0xFF;
    if (length == 0 || length > LONGEST) {
      held = Arrays.copyOfRange(held, 1, held.length);
      return true;
    }
    int whole = 8 + length;
    if (held.length < whole) {
      return false;
    }
    boolean good = isGood(whole);
    if (good) {
      said.writeBytes(answer(length));
    }
    held = Arrays.copyOfRange(held, good ? whole : 1, held.length);
    return true;
  }

  private boolean isGood(int whole) {
    boolean unchecked = held[whole - 2] == (byte) 0xAB && held[whole - 1] == (byte) 0xCD;
    int check = remainder(Arrays.copyOfRange(held, 2, whole));
    return unchecked || check == 0;
  }

  private byte[] answer(int length) {
    int address = (held[4] & 0xFF) << 8 | held[5] & 0xFF;
    return switch (held[2]) {
      case 7 -> {
        int count = held[6] & 0xFF;
        yield address + count > ZONES || count == 0
            ? new byte[0]
            : reply(Arrays.copyOfRange(zones, address, address + count));
      }
      case 8 -> {
        if (!stubborn && address + length <= ZONES) {
          System.arraycopy(held, 6, zones, address, length);
        }
        yield reply(new byte[] {0});
      }
      case 9 -> {
        System.arraycopy(zones, 0, flash, 0, ZONES);
        yield reply(new byte[] {0});
      }
      default -> new byte[0];
    };
  }

  private static byte[] reply(byte[] data) {
    byte[] reply = new byte[6 + data.length];
    reply[0] = 2;
    reply[3] = (byte) data.length;
    System.arraycopy(data, 0, reply, 4, data.length);
    // Two zero bytes at the end make the remainder the check itself.
    int check = remainder(Arrays.copyOfRange(reply, 2, reply.length));
    reply[reply.length - 2] = (byte) (check >>> 8);
    reply[reply.length - 1] = (byte) check;
    return reply;
  }

  /// Division by x^16 + x^12 + x^5 + 1, bit by bit; a message with its check leaves nothing.
  private static int remainder(byte[] message) {
    int register = 0;
    for (byte each : message) {
      for (int bit = 7; bit >= 0; bit--) {
        boolean carry = (register & 0x8000) != 0;
        register = (register << 1 | each >> bit & 1) & 0xFFFF;
        register ^= carry ? 0x1021 : 0;
      }
    }
    return register;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public void powerCycle() {
    zones = flash.clone();
    held = new byte[0];
  }
}

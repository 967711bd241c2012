package dev.counterfoil.sim.device.scale;

import dev.counterfoil.sim.device.serial.SerialModel;
import java.util.Arrays;

/// A scale that speaks Modbus RTU: its weight in input registers 0 and 1 (grams, signed 32 bits, high word first), its
/// flags in 2 (bit 0 still, bit 1 overload, bit 2 below nought). Holding registers are the same.
///
/// From the Modbus documents: frames end with a silence of 3.5 characters; a frame for another unit, or with a wrong CRC, gets
/// no answer; an unknown function gets exception 1, an unknown register exception 2. Not thread-safe.
public final class ModbusScaleModel implements SerialModel {

  private static final int REGISTERS = 3;
  private static final long SILENCE_MICROS = 4_000;
  private static final double LIMIT_GRAMS = 15_050;

  private final int unit;
  private final LoadCell cell;
  private byte[] held = new byte[0];
  private long lastMicros;
  private boolean flagStuck;

  public ModbusScaleModel(int unit, LoadCell cell) {
    this.unit = unit;
    this.cell = cell;
  }

  /// Its flag says "still" whatever happens, as on some cheap ones.
  public void saysAlwaysStill(boolean on) {
    flagStuck = on;
  }

  @Override
  public byte[] hear(byte[] bytes, long nowMicros) {
    if (nowMicros - lastMicros > SILENCE_MICROS) {
      held = new byte[0];
    }
    lastMicros = nowMicros;
    byte[] all = Arrays.copyOf(held, held.length + bytes.length);
    System.arraycopy(bytes, 0, all, held.length, bytes.length);
    held = all;
    // All reading requests have eight bytes, so nothing need wait for the silence behind them.
    if (held.length < 8) {
      return new byte[0];
    }
    byte[] frame = held;
    held = new byte[0];
    return frame.length == 8 && check(frame, 6) == word(frame[7], frame[6]) && (frame[0] & 0xFF) == unit
        ? answer(frame, nowMicros)
        : new byte[0];
  }

  private byte[] answer(byte[] frame, long nowMicros) {
    int function = frame[1];
    int first = word(frame[2], frame[3]);
    int count = word(frame[4], frame[5]);
    if (function != 3 && function != 4) {
      return finished(new byte[] {(byte) unit, (byte) (function | 0x80), 1, 0, 0});
    }
    if (count == 0 || first + count > REGISTERS) {
      return finished(new byte[] {(byte) unit, (byte) (function | 0x80), 2, 0, 0});
    }
    byte[] reply = new byte[5 + 2 * count];
    reply[0] = (byte) unit;
    reply[1] = (byte) function;
    reply[2] = (byte) (2 * count);
    for (int i = 0; i < count; i++) {
      int value = register(first + i, nowMicros);
      reply[3 + 2 * i] = (byte) (value >>> 8);
      reply[4 + 2 * i] = (byte) value;
    }
    return finished(reply);
  }

  private int register(int number, long nowMicros) {
    double felt = cell.feels(nowMicros);
    int grams = (int) Math.rint(felt);
    return switch (number) {
      case 0 -> grams >>> 16;
      case 1 -> grams & 0xFFFF;
      default -> (flagStuck || !cell.moves(nowMicros) ? 1 : 0) | (felt > LIMIT_GRAMS ? 2 : 0)
          | (felt < 0 ? 4 : 0);
    };
  }

  private static byte[] finished(byte[] frame) {
    int check = check(frame, frame.length - 2);
    frame[frame.length - 2] = (byte) check;
    frame[frame.length - 1] = (byte) (check >>> 8);
    return frame;
  }

  /// CRC-16 as the Modbus document's appendix describes it.
  private static int check(byte[] frame, int length) {
    int register = 0xFFFF;
    for (int i = 0; i < length; i++) {
      register ^= frame[i] & 0xFF;
      for (int shift = 8; shift > 0; shift--) {
        boolean out = (register & 0x0001) == 1;
        register >>>= 1;
        if (out) {
          register ^= 0xA001;
        }
      }
    }
    return register;
  }

  private static int word(byte high, byte low) {
    return (high & 0xFF) << 8 | low & 0xFF;
  }

  @Override
  public void powerCycle() {
    held = new byte[0];
  }
}

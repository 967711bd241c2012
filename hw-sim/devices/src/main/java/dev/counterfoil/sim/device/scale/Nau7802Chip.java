package dev.counterfoil.sim.device.scale;

import dev.counterfoil.sim.device.board.I2cDevice;
import java.util.Arrays;

/// A Nuvoton NAU7802 with a load cell, from its data sheet: registers with an address that counts on, the power-up ladder,
/// the calibration of the converter, ten conversions a second, saturation at both ends.
///
/// Not thread-safe but for the switches; called under the bus's lock.
public final class Nau7802Chip implements I2cDevice {

  private static final int REGISTERS = 0x20;
  private static final int SAMPLE_MICROS = 100_000;
  private static final int CALIBRATION_MICROS = 300_000;
  private static final int POWER_MICROS = 200;
  private static final int TOP = 0x7FFFFF;
  private static final int BOTTOM = -0x800000;

  private final LoadCell cell;
  private final double zero;
  private final double countsPerGram;
  private final int[] registers = new int[REGISTERS];
  private int address;
  private long poweredMicros;
  private long calibratedMicros;
  private long startedMicros;
  private long readSample;
  private int latched;
  private boolean calibrated;
  private volatile boolean noCell;

  /// @param zeroCounts    what it says with nothing on the cell, at a gain of 128
  /// @param countsPerGram how much more for each gram
  public Nau7802Chip(LoadCell cell, double zeroCounts, double countsPerGram) {
    this.cell = cell;
    this.zero = zeroCounts;
    this.countsPerGram = countsPerGram;
    reset();
  }

  /// The cell's wires are off: the converter cannot calibrate, and sees one end of its range.
  public void noCell(boolean off) {
    noCell = off;
  }

  /// The supply was cut for a moment.
  public void powerCycle() {
    reset();
  }

  private void reset() {
    Arrays.fill(registers, 0);
    registers[0x1F] = 0x0F;
    calibrated = false;
  }

  @Override
  public void write(byte[] bytes, long nowMicros) {
    if (bytes.length == 0) {
      return;
    }
    address = bytes[0] & 0xFF;
    for (int i = 1; i < bytes.length; i++) {
      put(address++, bytes[i] & 0xFF, nowMicros);
    }
  }

  private void put(int register, int value, long nowMicros) {
    if (register >= REGISTERS) {
      return;
    }
    switch (register) {
      case 0x00 -> powerControl(value, nowMicros);
      case 0x02 -> {
        registers[2] = value & 0xF7;
        if ((value & 4) != 0) {
          calibratedMicros = nowMicros + CALIBRATION_MICROS;
        }
      }
      case 0x12, 0x13, 0x14, 0x1F -> {
        // Read only.
      }
      default -> registers[register] = value;
    }
  }

  private void powerControl(int value, long nowMicros) {
    if ((value & 1) != 0) {
      reset();
      registers[0] = 1;
      return;
    }
    if ((registers[0] & 2) == 0 && (value & 2) != 0) {
      poweredMicros = nowMicros + POWER_MICROS;
    }
    if ((registers[0] & 0x10) == 0 && (value & 0x10) != 0) {
      startedMicros = nowMicros;
      readSample = 0;
    }
    registers[0] = value & 0xD7;
  }

  @Override
  public byte[] read(int count, long nowMicros) {
    byte[] said = new byte[count];
    for (int i = 0; i < count; i++) {
      said[i] = (byte) get(address++, nowMicros);
    }
    return said;
  }

  private int get(int register, long nowMicros) {
    return switch (register) {
      case 0x00 ->
        registers[0] | (isPowered(nowMicros) ? 8 : 0) | (sample(nowMicros) > readSample ? 0x20 : 0);
      case 0x02 -> calibration(nowMicros);
      case 0x12 -> {
        readSample = sample(nowMicros);
        yield converted(nowMicros) >> 16 & 0xFF;
      }
      case 0x13 -> latched >> 8 & 0xFF;
      case 0x14 -> latched & 0xFF;
      default -> register < REGISTERS ? registers[register] : 0;
    };
  }

  private boolean isPowered(long nowMicros) {
    return (registers[0] & 2) != 0 && nowMicros >= poweredMicros;
  }

  private boolean converts(long nowMicros) {
    return isPowered(nowMicros) && (registers[0] & 0x14) == 0x14 && calibrated;
  }

  private long sample(long nowMicros) {
    return converts(nowMicros) ? (nowMicros - startedMicros) / SAMPLE_MICROS : 0;
  }

  private int calibration(long nowMicros) {
    if ((registers[2] & 4) != 0 && nowMicros >= calibratedMicros) {
      registers[2] &= ~4;
      registers[2] = noCell ? registers[2] | 8 : registers[2] & ~8;
      calibrated = !noCell;
    }
    return registers[2];
  }

  /// One conversion is taken as a whole: its three bytes are latched with the first.
  private int converted(long nowMicros) {
    double gain = (1 << (registers[1] & 7)) / 128.0;
    double counts = noCell ? TOP : (zero + cell.feels(nowMicros) * countsPerGram) * gain;
    latched = (int) Math.max(BOTTOM, Math.min(TOP, Math.rint(counts)));
    return latched;
  }
}

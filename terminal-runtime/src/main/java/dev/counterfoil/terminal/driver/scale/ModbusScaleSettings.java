package dev.counterfoil.terminal.driver.scale;

/// Where a Modbus scale keeps what. Makers differ in all of it.
///
/// @param baud           bits per second, for the silence between frames
/// @param unit           Modbus address, 1-247
/// @param function       3 holding registers, 4 input registers
/// @param weightRegister first register of the weight, 0-65535
/// @param words          registers of the weight, high word first: 1 (signed 16 bits) or 2 (signed 32 bits)
/// @param milligrams     what one count of the weight is worth, 1-1000000
/// @param statusRegister register of flags, 0-65535; -1 if there is none
/// @param stableMask     bits that are all set while the scale lies still; 0 if it does not tell
/// @param overloadMask   bits of which one is set when there is too much on it; 0 if it does not tell
public record ModbusScaleSettings(int baud, int unit, int function, int weightRegister, int words,
    long milligrams, int statusRegister, int stableMask, int overloadMask) {

  /// No status register.
  public static final int NONE = -1;

  public ModbusScaleSettings {
    require("unit", unit, 1, 247);
    require("function", function, 3, 4);
    require("weightRegister", weightRegister, 0, 0xFFFF);
    require("words", words, 1, 2);
    require("milligrams", milligrams, 1, 1_000_000);
    require("statusRegister", statusRegister, NONE, 0xFFFF);
    require("stableMask", stableMask, 0, 0xFFFF);
    require("overloadMask", overloadMask, 0, 0xFFFF);
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", found " + value);
    }
  }
}

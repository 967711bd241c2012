package dev.counterfoil.sim.device.keypad;

import dev.counterfoil.sim.device.serial.SerialModel;
import java.nio.charset.StandardCharsets;

/// A keypad that sends a character for each key, and hears nothing.
public final class SerialKeys implements SerialModel {

  private final String ending;
  private final int contacts;

  /// @param ending   what is sent behind each key, such as CR; empty for nothing
  /// @param contacts how often a key's contact closes in one press, 1 without bounce
  public SerialKeys(String ending, int contacts) {
    this.ending = ending;
    this.contacts = contacts;
  }

  /// What it sends for one press.
  public byte[] press(char key) {
    return (key + ending).repeat(contacts).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public byte[] hear(byte[] bytes, long nowMicros) {
    return new byte[0];
  }

  @Override
  public void powerCycle() {
    // It keeps nothing.
  }
}

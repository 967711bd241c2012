package dev.counterfoil.sim.device.pn532;

/// The frames that the chip sends (UM0701-02 section 6.2.1).
final class ChipFrames {
  private static final int LONGEST_NORMAL = 255;

  private ChipFrames() {}

  static byte[] ack() {
    return new byte[] {0x00, 0x00, (byte) 0xFF, 0x00, (byte) 0xFF, 0x00};
  }

  static byte[] nack() {
    return new byte[] {0x00, 0x00, (byte) 0xFF, (byte) 0xFF, 0x00, 0x00};
  }

  /// The application-level error frame: a command that is not known or has impossible parameters.
  static byte[] error() {
    return new byte[] {0x00, 0x00, (byte) 0xFF, 0x01, (byte) 0xFF, 0x7F, (byte) 0x81, 0x00};
  }

  /// Wraps TFI and data; extended when they exceed 255 bytes, without pre- and postamble when the host asked
  /// so.
  static byte[] information(byte[] body, boolean ambles) {
    boolean extended = body.length > LONGEST_NORMAL;
    int lead = ambles ? 1 : 0;
    int header = lead + (extended ? 7 : 4);
    byte[] frame = new byte[header + body.length + 1 + lead];
    frame[lead + 1] = (byte) 0xFF;
    if (extended) {
      frame[lead + 2] = (byte) 0xFF;
      frame[lead + 3] = (byte) 0xFF;
      frame[lead + 4] = (byte) (body.length >> 8);
      frame[lead + 5] = (byte) body.length;
      frame[lead + 6] = (byte) -(frame[lead + 4] + frame[lead + 5]);
    } else {
      frame[lead + 2] = (byte) body.length;
      frame[lead + 3] = (byte) -body.length;
    }
    int sum = 0;
    for (int i = 0; i < body.length; i++) {
      frame[header + i] = body[i];
      sum += body[i];
    }
    frame[header + body.length] = (byte) -sum;
    return frame;
  }
}

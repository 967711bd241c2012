package dev.counterfoil.sim.device.pn532;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// A host for tests, written from the frame tables alone: steps a chip through time and collects what it
/// says.
final class HostSide {
  static final String ACK = "0000FF00FF00";
  static final String NACK = "0000FFFF0000";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Pn532Chip chip;
  private long nowMicros = 1_000_000;

  HostSide(Pn532Chip chip) {
    this.chip = chip;
  }

  /// A chip that is awake and configured, as after a driver's start.
  static HostSide awake(Pn532Chip chip) {
    HostSide host = new HostSide(chip);
    host.send("55550000000000000000000000000000");
    host.pass(2_000);
    host.command("14010000");
    return host;
  }

  long now() {
    return nowMicros;
  }

  void send(String hex) {
    chip.receive(HEX.parseHex(hex), nowMicros);
  }

  /// Lets time pass and returns what the chip sent meanwhile.
  String pass(long micros) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    long end = nowMicros + micros;
    while (chip.nextMicros() <= end) {
      nowMicros = Math.max(nowMicros, chip.nextMicros());
      chip.advance(nowMicros).forEach(heard::writeBytes);
    }
    nowMicros = end;
    chip.advance(nowMicros).forEach(heard::writeBytes);
    return HEX.formatHex(heard.toByteArray());
  }

  /// Sends a command (code and parameters in hex) and returns everything heard within 400 ms, ACK included.
  String exchange(String command) {
    send(frame(command));
    return pass(400_000);
  }

  /// Sends a command that must be acknowledged and answered; returns the reply from its code on.
  String command(String command) {
    String heard = exchange(command);
    if (!heard.startsWith(ACK + "0000FF")) {
      throw new AssertionError("no ACK and reply to " + command + " but " + heard);
    }
    String frame = heard.substring(ACK.length());
    int length = Integer.parseInt(frame.substring(6, 8), 16);
    return frame.substring(12, 12 + 2 * (length - 1));
  }

  static String frame(String command) {
    byte[] data = HEX.parseHex("D4" + command);
    int sum = 0;
    for (byte value : data) {
      sum += value;
    }
    byte[] checks = {(byte) data.length, (byte) -data.length, (byte) -sum};
    return "0000FF" + HEX.formatHex(checks, 0, 2) + HEX.formatHex(data) + HEX.formatHex(checks, 2, 3) + "00";
  }
}

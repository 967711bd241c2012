package dev.counterfoil.terminal.driver.scanner;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;

/// The Grow GM65 family: settings are bytes in a memory of zones, read, changed and read back.
final class Gm65 implements ScannerDialect {

  /// Bits 1-0: how a scan begins. The others are lights and sounds, and stay as the installer set them.
  private static final int ZONE_MODE = 0x0000;
  private static final int MODE_BITS = 0x03;
  /// How long the same code is not sent again. Off, because this driver tells repetitions apart itself, and a code that
  /// arrived damaged must come again at once.
  private static final int ZONE_SAME_CODE = 0x0013;
  private static final int SAME_CODE_OFF = 0x00;
  private static final int ONE_BYTE = 1;

  private final int mode;

  Gm65(ScannerSettings.Mode mode) {
    this.mode = switch (mode) {
      case CONTINUOUS -> 0b10;
      case MOTION -> 0b11;
    };
  }

  @Override
  public String name() {
    return "GM65";
  }

  @Override
  public void setUp(ScannerTalk talk) throws DeviceFaultException, InterruptedException {
    int found = zone(talk, ZONE_MODE);
    set(talk, ZONE_MODE, found, found & ~MODE_BITS | mode);
    set(talk, ZONE_SAME_CODE, zone(talk, ZONE_SAME_CODE), SAME_CODE_OFF);
  }

  @Override
  public void check(ScannerTalk talk) throws DeviceFaultException, InterruptedException {
    if ((zone(talk, ZONE_MODE) & MODE_BITS) != mode) {
      // Its power was cut, or somebody scanned a code of the manual.
      throw talk.fault(FaultCode.SCANNER_REFUSED, "has lost its settings, is set up anew");
    }
  }

  private static void set(ScannerTalk talk, int zone, int found, int wanted)
      throws DeviceFaultException, InterruptedException {
    if (found == wanted) {
      return;
    }
    talk.ask("write of zone " + zone, Gm65Frames.command(Gm65Frames.WRITE, zone, wanted),
        bytes -> Gm65Frames.answer(bytes, 1));
    int now = zone(talk, zone);
    if (now != wanted) {
      throw talk.fault(FaultCode.SCANNER_REFUSED,
          "zone " + zone + " was set to " + wanted + " and reads " + now);
    }
  }

  private static int zone(ScannerTalk talk, int zone) throws DeviceFaultException, InterruptedException {
    var data = talk.ask("read of zone " + zone,
        Gm65Frames.command(Gm65Frames.READ, zone, ONE_BYTE), bytes -> Gm65Frames.answer(bytes, 1));
    return data[0] & 0xFF;
  }
}

package dev.counterfoil.terminal.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The board's clock with a battery, as Linux shows it below `/sys/class/rtc/rtc0` (kernel documentation,
/// `ABI/testing/sysfs-class-rtc` and `rtc.rst`): `hctosys` says whether the kernel took the system's time from it at this
/// boot, `since_epoch` is its time in seconds.
///
/// A chip without a battery looks the same and begins somewhere in the past, and systemd then carries the system's time
/// forward to the last one it saved. So the chip is believed only while it agrees with the system's time. One that runs
/// in local time does not agree and is not believed, which costs offline time and no money.
///
/// Any thread; reads two small files of the kernel.
public final class RealTimeClock {

  /// Chip and system may differ by this much and still be one clock.
  static final long AGREE_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(RealTimeClock.class);
  private static final Path FIRST = Path.of("/sys/class/rtc/rtc0");

  private final Path device;

  /// @param device folder of the clock in sysfs
  RealTimeClock(Path device) {
    this.device = device;
  }

  public static RealTimeClock ofThisBoard() {
    return new RealTimeClock(FIRST);
  }

  /// Whether the system's time comes from a clock that ran on while the board was off. False if there is none, or if it
  /// cannot be read.
  ///
  /// @param wallMillis the system's time now, Unix milliseconds
  public boolean keepsRunning(long wallMillis) {
    if (!Files.isDirectory(device)) {
      return false;
    }
    try {
      boolean setTheSystem = Files.readString(device.resolve("hctosys")).strip().equals("1");
      long seconds = Long.parseLong(Files.readString(device.resolve("since_epoch")).strip());
      return setTheSystem && Math.abs(seconds - Math.floorDiv(wallMillis, 1_000)) <= AGREE_SECONDS;
    } catch (IOException | NumberFormatException e) {
      LOG.warn("event=rtc_unreadable device={} cause=\"{}\"", device, e.toString());
      return false;
    }
  }
}

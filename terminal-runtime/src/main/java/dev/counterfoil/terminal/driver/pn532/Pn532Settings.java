package dev.counterfoil.terminal.driver.pn532;

/// The times of the reader driver, all in milliseconds.
///
/// @param pollPauseMillis pause between two looks into the field, 0-1000; the main part of the tap latency and the
///   inverse of the idle CPU load
/// @param ackMillis       wait for the acknowledge, 15-1000; the chip takes up to 15, an FTDI adapter holds bytes
///   back for up to 16 more
/// @param replyMillis     wait for the reply, 50-5000; a look with two cards of the slow kind takes about 60
/// @param removalMillis   how long a card must be out of sight to count as removed, 50-5000
public record Pn532Settings(long pollPauseMillis, long ackMillis, long replyMillis, long removalMillis) {

  /// What fits a canteen counter.
  public static Pn532Settings defaults() {
    return new Pn532Settings(40, 35, 300, 300);
  }

  public Pn532Settings {
    requireRange("pollPauseMillis", pollPauseMillis, 0, 1000);
    requireRange("ackMillis", ackMillis, 15, 1000);
    requireRange("replyMillis", replyMillis, 50, 5000);
    requireRange("removalMillis", removalMillis, 50, 5000);
  }

  private static void requireRange(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", found " + value);
    }
  }
}

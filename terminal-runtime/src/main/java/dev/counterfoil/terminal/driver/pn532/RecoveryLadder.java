package dev.counterfoil.terminal.driver.pn532;

/// What to try next with a reader that does not answer, from cheap to drastic. Pure.
///
/// The lowest rungs (NACK, sending again, ACK-abort) belong to each single command, see [Pn532Exchange]. A command
/// that failed in spite of them puts the reader on this ladder; one good start takes it off again.
///
/// @param failures how many starts have failed in a row
record RecoveryLadder(int failures) {

  static final RecoveryLadder START = new RecoveryLadder(0);

  private static final long SLOW_ADAPTER_MILLIS = 1500;
  private static final long FIRST_BACK_OFF_MILLIS = 500;
  private static final long LONGEST_BACK_OFF_MILLIS = 5000;
  private static final int REPORT_AT = 6;

  /// One measure, taken before the next start of the chip.
  sealed interface Rung {

    /// Wake the chip and set it up again on the same line.
    ///
    /// @param pauseMillis wait before
    record Rewake(long pauseMillis) implements Rung {}

    /// Close the line and open it again, which also resets a USB adapter's state.
    ///
    /// @param pauseMillis wait between
    record Reopen(long pauseMillis) implements Rung {}

    /// Look for the chip at other speeds, on a wire that has any.
    ///
    /// @param pauseMillis wait before
    record Search(long pauseMillis) implements Rung {}

    /// Restart the chip by hardware where there is a way to, then as [Reopen].
    ///
    /// @param pauseMillis wait between closing and opening
    record Reset(long pauseMillis) implements Rung {}
  }

  /// The measure to take now that one more start has failed. From the sixth failure on, a restart and a patient
  /// wake-up take turns; every fourth wake-up looks at other speeds as well.
  ///
  /// Patient, because some USB adapters pass nothing on for the first 1 to 1.5 seconds (field report of nfcpy), and
  /// opening them again would start that time anew.
  Rung rung() {
    return switch (failures) {
      case 0, 1 -> new Rung.Rewake(20);
      case 2 -> new Rung.Rewake(200);
      case 3 -> new Rung.Rewake(SLOW_ADAPTER_MILLIS);
      case 4 -> new Rung.Reopen(100);
      case 5 -> new Rung.Search(300);
      default -> switch (failures % 8) {
        case 1, 3, 7 -> new Rung.Rewake(SLOW_ADAPTER_MILLIS);
        case 5 -> new Rung.Search(SLOW_ADAPTER_MILLIS);
        default -> new Rung.Reset(backOffMillis());
      };
    };
  }

  RecoveryLadder failed() {
    return new RecoveryLadder(failures + 1);
  }

  /// Whether everything, hardware reset included, was tried in vain, so that somebody must be told.
  boolean isExhausted() {
    return failures > REPORT_AT;
  }

  /// The pause while the line is closed: 0.5, 1, 2, 4 and then always 5 seconds.
  private long backOffMillis() {
    int doublings = Math.clamp((failures - REPORT_AT) / 2, 0, 4);
    return Math.min(FIRST_BACK_OFF_MILLIS << doublings, LONGEST_BACK_OFF_MILLIS);
  }
}

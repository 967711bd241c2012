package dev.counterfoil.terminal.driver.scanner;

/// How a scanner is used.
///
/// @param family       who made it
/// @param mode         when it looks for codes
/// @param repeatMillis how long the same code must be out of sight to count as scanned again, 500-60000
public record ScannerSettings(Family family, Mode mode, long repeatMillis) {

  /// A silence this long ends a code that no CR or LF ends: 9600 baud needs 1 ms a byte, adapters hold bytes back for up to
  /// 16 ms.
  static final long GAP_MILLIS = 60;
  /// How often a scanner that says nothing is asked whether it is still there.
  static final long CHECK_MILLIS = 10_000;

  public static final long DEFAULT_REPEAT_MILLIS = 3_000;

  /// Who made it.
  public enum Family {
    /// Grow GM65, GM805, GM812.
    GM65,
    /// DE2120, as sold by SparkFun.
    DE2120,
    /// Any other: set up by the codes in its manual, never asked anything.
    PLAIN
  }

  /// When it looks for codes.
  public enum Mode {
    /// Always.
    CONTINUOUS,
    /// When something moves in front of it.
    MOTION
  }

  public ScannerSettings {
    if (repeatMillis < 500 || repeatMillis > 60_000) {
      throw new IllegalArgumentException("repeatMillis must be 500 to 60000, found " + repeatMillis);
    }
  }

  /// How to talk to it.
  public ScannerDialect dialect() {
    return switch (family) {
      case GM65 -> new Gm65(mode);
      case DE2120 -> new De2120(mode);
      case PLAIN -> ScannerDialect.plain();
    };
  }
}

package dev.counterfoil.terminal.enrolment;

/// An enrolment that did not take place. The code is stable; besides the ones here it may be one that the server
/// answered, such as ENROL_CODE_EXPIRED.
public final class EnrolmentException extends Exception {

  private static final long serialVersionUID = 1L;

  /// The server's authority is not the one that printed the code. Nothing was told to it.
  public static final String WRONG_CA = "WRONG_CA";
  /// No connection, or none that answered. The code was not used up, unless the answer alone was lost.
  public static final String SERVER_UNREACHABLE = "SERVER_UNREACHABLE";
  /// This data folder belongs to an enrolled terminal.
  public static final String ALREADY_ENROLLED = "ALREADY_ENROLLED";
  /// A terminal runs on this data folder.
  public static final String TERMINAL_LOCKED = "TERMINAL_LOCKED";
  /// There is no identity in this data folder, or one that cannot be read.
  public static final String NOT_ENROLLED = "NOT_ENROLLED";
  /// The server's answer does not hold together. Nothing was stored.
  public static final String BAD_REPLY = "BAD_REPLY";
  /// The data folder does not take what must be kept; the code is used up, make a new one.
  public static final String DATA_UNWRITABLE = "DATA_UNWRITABLE";

  private final String code;

  EnrolmentException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  EnrolmentException(String code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  /// The stable code.
  public String code() {
    return code;
  }
}

package dev.counterfoil.terminal.line;

import dev.counterfoil.terminal.device.FaultCode;
import java.util.List;
import java.util.Locale;

/// What a call of PC/SC returns, as far as it matters here (pcsclite.h).
final class PcscCode {

  static final long OK = 0;
  static final long CANCELLED = 0x80100002L;
  static final long TIMEOUT = 0x8010000AL;
  static final long NO_READERS = 0x8010002EL;

  private static final long UNKNOWN_READER = 0x80100009L;
  private static final long SHARING_VIOLATION = 0x8010000BL;
  private static final long READER_UNAVAILABLE = 0x80100017L;
  private static final long INVALID_HANDLE = 0x80100003L;
  private static final long COMMUNICATION = 0x80100013L;
  private static final long NO_SERVICE = 0x8010001DL;
  private static final long SERVICE_STOPPED = 0x8010001EL;
  /// No card, wrong protocol, not transacted, unresponsive, unpowered, reset, removed.
  private static final List<Long> CARD_GONE = List.of(0x8010000CL, 0x8010000FL, 0x80100016L, 0x80100066L,
      0x80100067L,
      0x80100068L, 0x80100069L);

  private PcscCode() {}

  static boolean isCardGone(long code) {
    return CARD_GONE.contains(code);
  }

  static FaultCode fault(long code) {
    if (code == NO_SERVICE || code == SERVICE_STOPPED || code == INVALID_HANDLE || code == COMMUNICATION) {
      return FaultCode.PCSC_ABSENT;
    }
    if (code == UNKNOWN_READER || code == READER_UNAVAILABLE || code == NO_READERS) {
      return FaultCode.PCSC_READER_MISSING;
    }
    return FaultCode.PCSC_REFUSED;
  }

  static String text(long code) {
    return "0x" + Long.toHexString(code).toUpperCase(Locale.ROOT)
        + (code == SHARING_VIOLATION ? " (another program holds the reader)" : "");
  }
}

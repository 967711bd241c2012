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
  private static final long NO_ACCESS = 0x80100027L;
  private static final long SECURITY_VIOLATION = 0x8010006AL;
  /// No card, wrong protocol, not transacted, unresponsive, unpowered, reset, removed.
  private static final List<Long> CARD_GONE = List.of(0x8010000CL, 0x8010000FL, 0x80100016L, 0x80100066L,
      0x80100067L,
      0x80100068L, 0x80100069L);

  private PcscCode() {}

  static boolean isCardGone(long code) {
    return CARD_GONE.contains(code);
  }

  /// A service that is killed in the middle of a call leaves one of many codes; all that remain mean that it is gone.
  static FaultCode fault(long code) {
    if (code == UNKNOWN_READER || code == READER_UNAVAILABLE || code == NO_READERS) {
      return FaultCode.PCSC_READER_MISSING;
    }
    return code == SHARING_VIOLATION || code == NO_ACCESS || code == SECURITY_VIOLATION
        ? FaultCode.PCSC_REFUSED
        : FaultCode.PCSC_ABSENT;
  }

  /// While it is only being watched nobody else's hold on the reader matters, so that whatever else is said comes from a
  /// service that is going: refusals were seen among it.
  static FaultCode faultWatching(long code) {
    FaultCode fault = fault(code);
    return fault == FaultCode.PCSC_REFUSED ? FaultCode.PCSC_ABSENT : fault;
  }

  static String text(long code) {
    return "0x" + Long.toHexString(code).toUpperCase(Locale.ROOT)
        + (code == SHARING_VIOLATION ? " (another program holds the reader)" : "");
  }
}

package dev.counterfoil.terminal.line.linux;

import com.pi4j.io.exception.IOException;
import dev.counterfoil.terminal.device.FaultCode;

/// What our provider throws through Pi4J, whose exceptions carry no code: the board takes it out again.
public final class LineFault extends IOException {

  private static final long serialVersionUID = 1;

  private final FaultCode code;

  LineFault(FaultCode code, String detail) {
    super(detail);
    this.code = code;
  }

  public FaultCode code() {
    return code;
  }

  /// @param doing what was tried, for example `open /dev/i2c-1`
  /// @param error positive error number
  static LineFault of(String doing, int error) {
    return new LineFault(codeOf(error), doing + ": " + Errno.name(error));
  }

  private static FaultCode codeOf(int error) {
    return switch (error) {
      case Errno.ENOENT, Errno.ENODEV, Errno.ESHUTDOWN -> FaultCode.BOARD_MISSING;
      case Errno.EACCES, Errno.EPERM -> FaultCode.BOARD_FORBIDDEN;
      case Errno.EBUSY -> FaultCode.BOARD_BUSY;
      default -> FaultCode.BOARD_REFUSED;
    };
  }
}

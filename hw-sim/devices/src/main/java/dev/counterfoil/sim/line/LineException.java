package dev.counterfoil.sim.line;

/// A wire that could not be made or published. The code is stable and meant for people who search for it.
///
/// - `SIM-LINK-EXISTS`: something already is at the path that should be published. Choose another path.
/// - `SIM-LINK-DIR`: the folder of that path does not exist or cannot be written.
/// - `SIM-PTY`: the kernel refused a pseudo-terminal (descriptor or pty limit). A retry may help.
/// - `SIM-PTY-UNSUPPORTED`: the C library lacks a call; not a 64-bit Linux with glibc. A retry does not help.
public final class LineException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  public LineException(String code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}

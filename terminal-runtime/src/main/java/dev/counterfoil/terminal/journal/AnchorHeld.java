package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.id.BootId;

/// A signed server time and where this terminal's clocks stood when it was taken.
///
/// @param anchorId 0 before the first anchor
/// @param serverMillis server's wall clock, milliseconds since 1970
/// @param bootId run of the program that `bootMillis` belongs to
/// @param bootMillis monotonic milliseconds of that run
public record AnchorHeld(long anchorId, long serverMillis, BootId bootId, long bootMillis, Signed signed) {

  /// Before the first anchor.
  public static final AnchorHeld NONE = new AnchorHeld(0, 0, new BootId(0, 0), 0,
      Signed.getDefaultInstance());
}

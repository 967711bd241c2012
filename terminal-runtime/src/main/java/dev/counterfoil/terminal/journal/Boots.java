package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.id.BootId;

/// Runs of the program on this journal.
///
/// @param count starts so far
/// @param last the newest run
/// @param stopped whether that run ended in an orderly shutdown
public record Boots(long count, BootId last, boolean stopped) {

  public static final Boots NONE = new Boots(0, new BootId(0, 0), true);
}

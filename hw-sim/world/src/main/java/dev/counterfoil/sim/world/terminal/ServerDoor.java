package dev.counterfoil.sim.world.terminal;

import com.google.protobuf.ByteString;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.sim.world.net.Endpoint;

/// Where a terminal's connections end.
public interface ServerDoor {
  /// The far end of a new connection that presented this terminal's certificate.
  Endpoint accept(TerminalId certificate);

  /// Last record of the terminal that the server has, for faults that must stay recoverable.
  long receivedSeq(TerminalId terminal);

  /// The terminal's medium holds a declared gap with this number from now on; the server must hear of it.
  void gapDeclared(TerminalId terminal, long seq);

  /// From now on only the server knows some of the terminal's records. Its second medium has them too, but a run has no
  /// operator who would replay it: such a server is not put back to a time before.
  void holdsAlone();

  /// An older medium ending at `headSeq` is in the terminal; gaps declared after it are no longer known to anybody.
  void gapsForgotten(TerminalId terminal, long headSeq);

  /// Whether the server's second medium holds this very record of the terminal.
  boolean isCopied(TerminalId terminal, JournalRecord record);

  /// A terminal took a card without asking.
  ///
  /// @param denyVersion the deny list that it had when the purchase began
  void soldOffline(ByteString token, long denyVersion);
}

package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.util.List;
import java.util.Optional;

/// What the server may ask its store about provisional charges. Rules as in {@link SettlementReads}.
public interface PredebitReads {

  /// Number of the newest one, 0 when there is none.
  long lastPredebit(int site);

  Optional<PredebitRow> predebit(int site, TransactionId transaction);

  /// At most `limit` in a state with a number above `after`, by number.
  List<PredebitRow> predebits(int site, PredebitRow.State state, long after, int limit);

  /// At most `limit` that are held and whose time is over at `nowMs`, the longest due first.
  List<PredebitRow> predebitsDue(int site, long nowMs, int limit);
}

package dev.counterfoil.terminal.core;

import dev.counterfoil.protocol.id.TransactionId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Remembers what the terminal decided by itself while the server had been asked, so that an answer that comes after
/// all, or a connection that comes back, leaves no hold standing for a declined purchase.
///
/// Bounded: beyond [#MOST] the oldest is forgotten, and its hold ends by its time to live on the server.
final class LateAnswers {

  static final int MOST = 64;

  private final LinkedHashMap<TransactionId, Boolean> decided = new LinkedHashMap<>();
  private final LinkedHashSet<TransactionId> uncancelled = new LinkedHashSet<>();

  void remember(TransactionId transaction, boolean approved) {
    decided.put(transaction, approved);
    if (decided.size() > MOST) {
      decided.pollFirstEntry();
    }
  }

  /// What was decided here about this transaction, if it is still known.
  Optional<Boolean> approved(TransactionId transaction) {
    return Optional.ofNullable(decided.get(transaction));
  }

  /// A cancellation that could not be sent.
  void keepForLater(TransactionId transaction) {
    uncancelled.add(transaction);
    if (uncancelled.size() > MOST) {
      uncancelled.removeFirst();
    }
  }

  /// The cancellations still to send; they are forgotten here.
  List<TransactionId> takeUncancelled() {
    var all = List.copyOf(uncancelled);
    uncancelled.clear();
    return all;
  }
}

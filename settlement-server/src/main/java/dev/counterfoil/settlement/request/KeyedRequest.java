package dev.counterfoil.settlement.request;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.ledger.OwnId;

/// Something a caller wants done once.
///
/// @param caller  who asks, as it stands in the stored answer, such as `operator/3`
/// @param name    who asks, as it stands in the audit trail
/// @param key     the caller's own; the same key with other content is refused
/// @param action  stable code of what is done, such as `RECHARGE`
/// @param reason  as typed, may be empty
/// @param content hash of everything that is asked for
/// @param nowMs   server time
public record KeyedRequest(int site, String caller, String name, String key, String action, String reason,
    Hash content, long nowMs) {

  /// The transaction that this key stands for: its caller can make it again and nobody else can hit it by chance.
  public TransactionId transaction() {
    return OwnId.ofKey(caller, site, key);
  }
}

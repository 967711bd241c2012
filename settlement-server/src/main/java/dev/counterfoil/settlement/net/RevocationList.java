package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import java.util.Optional;

/// Asked when a handshake has ended, also a resumed one, and before every batch. Called on event loops: answers from
/// memory.
@FunctionalInterface
public interface RevocationList {

  /// Why this identity may not go on, if so.
  Optional<ReasonCode> refusal(PeerIdentity peer);
}

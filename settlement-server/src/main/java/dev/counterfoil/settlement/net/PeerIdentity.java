package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;

/// Who the TLS handshake proved the peer to be.
///
/// @param certificateHash SHA-256 of the client certificate's DER bytes
public record PeerIdentity(TerminalId terminal, Hash certificateHash) {}

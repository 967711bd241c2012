package dev.counterfoil.settlement.net;

import dev.counterfoil.proto.v1.Frame;

/// What stands behind a connection. Called on the connection's event loop, in order, never concurrently; must neither
/// block nor compute for long.
public interface LinkSession {

  /// A complete frame within all limits of size.
  void frame(Frame frame);

  /// The connection is gone, whoever closed it. Called once; no frame follows.
  void closed();

  /// Makes the session of a connection whose handshake has ended.
  interface Factory {
    LinkSession open(LinkConnection connection);
  }
}

package dev.counterfoil.sim.world.net;

/// One end of a model connection; called by the event loop only.
public interface Endpoint {
  /// A whole frame arrived, in order within its connection.
  void received(ModelConnection connection, byte[] frame);

  /// The connection is gone for this end. Called once; nothing arrives afterwards.
  void closed(ModelConnection connection);
}

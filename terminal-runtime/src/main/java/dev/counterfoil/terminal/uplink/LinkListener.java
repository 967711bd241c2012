package dev.counterfoil.terminal.uplink;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;

/// What the uplink reports. Called on the uplink's event loop: hand over to a queue and return, never block, never
/// touch the journal.
///
/// `connection` is the number given to [Uplink#connect]; whatever arrives with an older number belongs to a connection
/// already given up and is to be ignored.
public interface LinkListener {

  /// The TLS session stands and the server proved to be the pinned authority's.
  void up(Channel channel, long connection);

  /// A whole frame within the limits.
  ///
  /// @return false if it could not be taken; the connection is then closed, and what was in flight is sent again
  boolean frame(Channel channel, long connection, Frame frame);

  /// The connection failed, broke, or was closed by either end. Reported once per [Uplink#connect].
  ///
  /// @param detail facts for one log line
  void down(Channel channel, long connection, String detail);
}

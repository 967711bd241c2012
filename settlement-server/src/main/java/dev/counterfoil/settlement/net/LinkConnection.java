package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.proto.v1.Frame;
import java.util.Optional;

/// One connection of a terminal as the rest of the server sees it. All methods may be called from any thread and return
/// at once; what they ask for happens on the connection's event loop.
public interface LinkConnection {

  /// Rises with every connection of this process; for log lines.
  long number();

  /// The peer's address without port.
  String address();

  /// Empty on an enrolment connection, which shows no certificate.
  Optional<PeerIdentity> peer();

  /// Sends a frame. A peer that does not read is closed with QUEUE_FULL once too much is waiting for it.
  void send(Frame frame);

  /// Says goodbye with the reason and closes; exactly one log line. Later calls do nothing.
  ///
  /// @param detail for the log and the peer's log; no secrets
  void close(ReasonCode reason, String detail);

  /// Closes after what was sent before; nothing is added for the peer. Exactly one log line, as with [#close].
  void end(String reason, String detail);

  /// Stops reading from the socket; frames that have arrived already wait. Nothing is dropped.
  void pause();

  /// Reads again.
  void resume();

  /// Runs a task where the session's frames are handled, after what is waiting there; never when the connection is
  /// gone already.
  void run(Runnable task);

  /// Runs a task like [#run], not before a time has passed.
  void after(long millis, Runnable task);

  boolean isOpen();
}

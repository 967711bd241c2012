package dev.counterfoil.settlement.engine;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.proto.v1.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is connected: at most one welcomed session a terminal and channel. Thread-safe.
///
/// @param <S> the sessions
public final class LiveSessions<S> {

  private record Place(TerminalId terminal, Channel channel) {}

  private final Map<Place, S> welcomed = new HashMap<>();
  private final Map<TerminalId, Integer> open = new HashMap<>();
  private final int mostOpen;

  /// @param perCertificate connections a certificate may keep; twice as many may be open while new ones replace old ones
  public LiveSessions(int perCertificate) {
    this.mostOpen = 2 * perCertificate;
  }

  /// Counts a connection.
  ///
  /// @return false when the certificate has too many open; it is not counted then
  public synchronized boolean opened(TerminalId terminal) {
    int count = open.getOrDefault(terminal, 0);
    if (count >= mostOpen) {
      return false;
    }
    open.put(terminal, count + 1);
    return true;
  }

  public synchronized Optional<S> current(TerminalId terminal, Channel channel) {
    return Optional.ofNullable(welcomed.get(new Place(terminal, channel)));
  }

  /// Makes a session the one of its place.
  ///
  /// @return the one that had the place before
  public synchronized Optional<S> welcome(TerminalId terminal, Channel channel, S session) {
    return Optional.ofNullable(welcomed.put(new Place(terminal, channel), session));
  }

  /// A counted connection is gone.
  public synchronized void closed(TerminalId terminal, Channel channel, S session) {
    open.computeIfPresent(terminal, (_, count) -> count == 1 ? null : count - 1);
    welcomed.remove(new Place(terminal, channel), session);
  }

  /// All welcomed sessions of a channel.
  public synchronized List<S> all(Channel channel) {
    List<S> sessions = new ArrayList<>();
    welcomed.forEach((place, session) -> {
      if (place.channel() == channel) {
        sessions.add(session);
      }
    });
    return sessions;
  }

  public synchronized int size() {
    return welcomed.size();
  }
}

package dev.counterfoil.settlement.snapshot;

import dev.counterfoil.proto.v1.SnapshotRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a terminal's request for news is looked at. One that lacks something is served at once, part after part; one
/// that just got everything waits until the server says that something changed, which it says about once a second. In a
/// fleet that sells without pause, answering it at once would be a loop: each of its own answers makes it ask again.
/// Pure; one for each connection, on its thread.
public final class NewsPace {

  private static final long UNKNOWN = -1;

  private @Nullable SnapshotRequest waiting;
  private long snapshot = UNKNOWN;
  private long deny = UNKNOWN;
  private boolean rose;

  /// The terminal asks.
  ///
  /// @return what to look for now; if empty, the request waits
  public Optional<SnapshotRequest> asked(SnapshotRequest request) {
    boolean hasAll = request.getHaveSnapshot() == snapshot && request.getHaveDeny() == deny;
    if (hasAll && !rose) {
      waiting = request;
      return Optional.empty();
    }
    return look(request);
  }

  /// Something changed at the site.
  ///
  /// @return what to look for now; if empty, the next request is looked at when it comes
  public Optional<SnapshotRequest> rose() {
    SnapshotRequest request = waiting;
    if (request == null) {
      rose = true;
      return Optional.empty();
    }
    return look(request);
  }

  /// Nobody has time to look: at the next change, then.
  public void postponed(SnapshotRequest request) {
    waiting = request;
  }

  private Optional<SnapshotRequest> look(SnapshotRequest request) {
    waiting = null;
    rose = false;
    return Optional.of(request);
  }

  /// Somebody looked; what he found is on its way.
  ///
  /// @param request as {@link #asked} or {@link #rose} gave it
  public void looked(SnapshotRequest request, News news) {
    snapshot = news.snapshot();
    deny = news.deny();
    if (news.frames().isEmpty()) {
      waiting = request;
    }
  }
}

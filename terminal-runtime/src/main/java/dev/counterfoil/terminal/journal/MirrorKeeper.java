package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/// Feeds the mirror and keeps its failures away from sales: a mirror that cannot be written is reported and
/// left alone until the next start, while the journal goes on.
final class MirrorKeeper {

  private final JournalMirror mirror;
  private final JournalSettings settings;

  private Optional<String> fault = Optional.empty();
  private int unsynced;
  private long lastSyncMillis;

  MirrorKeeper(JournalMirror mirror, JournalSettings settings) {
    this.mirror = mirror;
    this.settings = settings;
  }

  /// Why the mirror is not kept any more, for health reports.
  Optional<String> fault() {
    return fault;
  }

  List<MirrorEntry> load() {
    try {
      return mirror.load();
    } catch (StoreException e) {
      fault = Optional.of(e.failure() + " in the mirror");
      return List.of();
    }
  }

  void add(List<JournalRecord> records) {
    guarded(() -> {
      records.forEach(mirror::append);
      unsynced += records.size();
    });
  }

  void rebuild(List<JournalRecord> records) {
    guarded(() -> mirror.rebuild(records));
  }

  /// Syncs when so many records or so much time has passed since the last sync.
  void syncWhenDue(long bootMillis) {
    boolean due = unsynced >= settings.mirrorSyncEvery()
        || bootMillis - lastSyncMillis >= settings.mirrorSyncMillis();
    if (unsynced > 0 && due) {
      sync(bootMillis);
    }
  }

  void sync(long bootMillis) {
    guarded(mirror::sync);
    unsynced = 0;
    lastSyncMillis = bootMillis;
  }

  private void guarded(Runnable write) {
    if (fault.isPresent()) {
      return;
    }
    try {
      write.run();
    } catch (StoreException e) {
      fault = Optional.of(e.failure() + " in the mirror");
    }
  }
}

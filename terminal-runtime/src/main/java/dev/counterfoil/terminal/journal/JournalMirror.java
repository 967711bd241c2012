package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.List;

/// A second, cheaper memory of the newest records, best on another medium. It tells a terminal that it has
/// lost records and, where it keeps bytes, gives them back. It may lag behind the journal and never stops a
/// sale.
///
/// Not thread-safe; used by the journal writer thread. Calls throw [StoreException] when the medium fails.
public interface JournalMirror extends AutoCloseable {

  /// What is readable, ascending and without holes up to the last; a torn or damaged end is left out.
  List<MirrorEntry> load();

  /// Adds a record that is durable in the journal. Not durable itself until [#sync].
  void append(JournalRecord record);

  /// Makes everything appended durable.
  void sync();

  /// Replaces the content by these records.
  void rebuild(List<JournalRecord> records);

  @Override
  void close();
}

/// The terminal's journal: signed, chained records and the state that must be durable with them.
///
/// [dev.counterfoil.terminal.journal.JournalWriter] and the decisions beside it are pure; what touches the
/// disk stands behind [dev.counterfoil.terminal.journal.JournalStore] and
/// [dev.counterfoil.terminal.journal.JournalMirror].
@NullMarked
package dev.counterfoil.terminal.journal;

import org.jspecify.annotations.NullMarked;

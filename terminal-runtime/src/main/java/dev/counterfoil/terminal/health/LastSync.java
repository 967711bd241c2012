package dev.counterfoil.terminal.health;

import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.journal.StoreException;
import java.nio.file.Path;
import java.time.Instant;

/// What the journal knows of the server: the newest acknowledgement that it keeps, as signed. Needs no server and no
/// network.
///
/// Threads: the caller's. Takes the journal's lock for a moment, so a running terminal makes it say `TERMINAL_LOCKED`.
public final class LastSync {

  private static final String DEVICE = "last sync";

  private LastSync() {}

  /// Looks into the journal.
  ///
  /// @param server where this terminal sends, for the reader of the line
  public static Finding find(Path journal, String server) {
    try (var store = SqliteJournal.open(journal)) {
      return of(store.state(), server);
    } catch (StoreException e) {
      return switch (e.failure()) {
        case LOCKED -> new Finding(false, "TERMINAL_LOCKED", DEVICE, String.valueOf(e.getMessage()),
            "stop the terminal, or read its log (event=sync)");
        case ABSENT -> new Finding(false, "JOURNAL_MISSING", DEVICE, journal + " is not there",
            "put it back, or enrol again");
        case NEWER_SCHEMA, DISK_FULL, READ_ONLY, IO_ERROR, CORRUPT, STALE_HEAD ->
          new Finding(false, "JOURNAL_UNREADABLE", DEVICE, String.valueOf(e.getMessage()),
              "look at the medium");
      };
    }
  }

  static Finding of(JournalState state, String server) {
    var ack = state.ack();
    String where = " server=" + server + " head=" + state.head().seq();
    if (!ack.isPresent()) {
      return Finding.pass(DEVICE, "never" + where + " unsent=" + state.unsent());
    }
    var said = ack.statement();
    return Finding.pass(DEVICE,
        Instant.ofEpochMilli(said.getServerMs()) + where + " received=" + ack.receivedSeq()
            + " settled=" + said.getSettled().getSeq() + " safe=" + said.getSafe().getSeq() + " unsent="
            + state.unsent()
            + lacking(state));
  }

  /// A restored server stands before what is pruned here.
  private static String lacking(JournalState state) {
    long from = state.ack().receivedSeq() + 1;
    long to = state.origin().seq();
    return from <= to ? " SERVER_LACKS_RECORDS from=" + from + " to=" + to : "";
  }
}

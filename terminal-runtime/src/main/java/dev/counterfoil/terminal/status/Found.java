package dev.counterfoil.terminal.status;

import dev.counterfoil.terminal.journal.JournalGlance;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What was found out about a terminal before anything is judged.
///
/// @param nowMillis       wall clock of this machine
/// @param config          the file in use, or that there is none
/// @param configProblem   why it cannot be used
/// @param identityProblem why nobody knows who this terminal is
/// @param server          where it sends; empty when unknown
/// @param run             what the newest run wrote down
/// @param mark            how that run stands in its marker; empty without one
/// @param journalFile     where the journal should be
/// @param journalProblem  why it cannot be looked into
/// @param capacity        records that it may hold
/// @param devices         those that are configured
/// @param media           free space
public record Found(long nowMillis, String config, Optional<Problem> configProblem, String terminal,
    String name,
    Optional<Problem> identityProblem, String server, Optional<RunStatus> run, String mark,
    String journalFile,
    Optional<JournalGlance> journal, Optional<Problem> journalProblem, long capacity, List<String> devices,
    List<Medium> media) {

  public Found {
    devices = List.copyOf(devices);
    media = List.copyOf(media);
  }

  /// @param code stable
  public record Problem(String code, String detail) {}

  /// @param freeBytes that this user may still write; empty when the medium does not tell
  public record Medium(String what, String path, OptionalLong freeBytes) {}
}

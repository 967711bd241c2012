package dev.counterfoil.terminal.core;

import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.terminal.journal.RunTime;

/// A task with the time it was asked at.
///
/// @param now     what a record written for it says of clocks
/// @param runTime time without the server so far, kept with whatever is written
public record JournalRequest(JournalTask task, RecordCircumstances now, RunTime runTime) {}

package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.protocol.journal.RecordCircumstances;

/// A decline on its way to becoming a record: durable, but still counting equal ones ([DeclineWindow]).
///
/// @param decline the record's body with the count so far
/// @param first when the first of them was decided; the record carries this time
public record PendingDecline(Decline decline, RecordCircumstances first) {}

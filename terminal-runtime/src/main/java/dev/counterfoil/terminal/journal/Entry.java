package dev.counterfoil.terminal.journal;

import com.google.protobuf.MessageLite;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.List;
import java.util.function.LongFunction;

/// A record to write, and the state that must become durable with it.
///
/// @param draft kind, body and amount
/// @param changes state that follows from the record, given the sequence number it gets; called once, before
///     anything is signed
public record Entry(RecordDraft draft, LongFunction<List<StateChange>> changes) {

  /// A record without state of its own.
  public static Entry of(RecordKind kind, MessageLite body) {
    return new Entry(RecordDraft.of(kind, body), _ -> List.of());
  }
}

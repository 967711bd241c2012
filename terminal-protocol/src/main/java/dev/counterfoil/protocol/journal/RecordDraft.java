package dev.counterfoil.protocol.journal;

import com.google.protobuf.MessageLite;

/// What the journal is asked to write: everything of a record that its place in the chain does not decide.
///
/// @param amount signed contribution to the turnover, minor units
public record RecordDraft(RecordKind kind, byte[] body, long amount) {

  /// @throws IllegalArgumentException if the kind does not allow the amount
  public RecordDraft {
    if (!kind.allowsAmount(amount)) {
      throw new IllegalArgumentException(kind + " cannot have amount " + amount);
    }
  }

  public static RecordDraft of(RecordKind kind, MessageLite body, long amount) {
    return new RecordDraft(kind, body.toByteArray(), amount);
  }

  /// A draft that moves no money.
  public static RecordDraft of(RecordKind kind, MessageLite body) {
    return of(kind, body, 0);
  }
}

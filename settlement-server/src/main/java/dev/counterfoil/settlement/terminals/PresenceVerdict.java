package dev.counterfoil.settlement.terminals;

import dev.counterfoil.protocol.ReasonCode;

/// Who is calling, and where was it (journal page, section 5). The order of the alternatives is the order of checking.
public sealed interface PresenceVerdict {

  /// May not be here at all: pending, revoked, or no valid key.
  record Barred(ReasonCode reason) implements PresenceVerdict {}

  /// Another device presents this identity. This connection is refused; the original goes on.
  ///
  /// @param evidence for the operator
  record Clone(String evidence) implements PresenceVerdict {}

  /// A second branch of the chain exists, or was found before.
  ///
  /// @param seq the record that exists twice, 0 if it was found before
  /// @param evidence for the operator
  record Fork(long seq, String evidence) implements PresenceVerdict {}

  /// An older state of this very terminal; it must fetch what it lacks.
  record RolledBack(String evidence) implements PresenceVerdict {}

  /// All is well.
  record Resume() implements PresenceVerdict {}
}

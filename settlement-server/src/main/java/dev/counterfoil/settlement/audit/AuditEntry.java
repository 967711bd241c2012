package dev.counterfoil.settlement.audit;

import java.time.Instant;

/// Something that was done, before it has its place in the chain. Texts hold no secrets: what is sealed in the database is
/// named here by its row.
///
/// @param at     server time, cut to milliseconds; a mark and no ordering, the numbers order
/// @param actor  operator's name, or `system`
/// @param action stable code of what was done, such as `ACCOUNT_FREEZE`
/// @param object what it was done to, such as `account 42`
/// @param before the object's state before, empty if there was none
/// @param after  the object's state after, empty if there is none
/// @param reason as typed, empty if none was asked for
public record AuditEntry(Instant at, String actor, String action, String object, String before, String after,
    String reason) {

  public AuditEntry {
    at = Instant.ofEpochMilli(at.toEpochMilli());
    if (actor.isEmpty() || action.isEmpty() || object.isEmpty()) {
      throw new IllegalArgumentException("an audit entry says who did what to what");
    }
  }
}

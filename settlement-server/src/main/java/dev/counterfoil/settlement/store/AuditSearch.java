package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.audit.AuditEvent;

/// Which entries of the audit trail somebody looks for (AUD-05). Texts are compared as a whole; an empty one fits all.
///
/// @param actor  such as `li.wei`
/// @param action such as `REFUND`
/// @param object such as `account 42`
/// @param fromMs entered at this server time or later
/// @param untilMs entered before this server time
public record AuditSearch(String actor, String action, String object, long fromMs, long untilMs) {

  /// Everything.
  public static final AuditSearch ALL = new AuditSearch("", "", "", Long.MIN_VALUE, Long.MAX_VALUE);

  public boolean fits(AuditEvent event) {
    AuditEntry entry = event.entry();
    long atMs = entry.at().toEpochMilli();
    return fits(actor, entry.actor()) && fits(action, entry.action()) && fits(object, entry.object())
        && atMs >= fromMs && atMs < untilMs;
  }

  private static boolean fits(String wanted, String found) {
    return wanted.isEmpty() || wanted.equals(found);
  }
}

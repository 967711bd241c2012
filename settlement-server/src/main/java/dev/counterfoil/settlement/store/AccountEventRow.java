package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.policy.AccountStatus;

/// One change of an account's state, limits or switches, for ever (ACC-14, FRZ-03).
///
/// @param entry 1 or more, rises within the site; the store gives it, 0 before
/// @param event what happened, such as FROZEN, LOSS_REPORTED or LIMITS_CHANGED
/// @param detail kind and reason, or the new values; one line
/// @param operator operator's name or machine client; empty when neither did it, and in rows from before this was kept
public record AccountEventRow(int site, long entry, long account, long atMs, String event,
    AccountStatus before, AccountStatus after, String detail, String operator) {

  /// What nobody has signed yet.
  public AccountEventRow(int site, long entry, long account, long atMs, String event, AccountStatus before,
      AccountStatus after, String detail) {
    this(site, entry, account, atMs, event, before, after, detail, "");
  }

  /// A change that leaves the account's state as it is.
  public static AccountEventRow within(AccountRow row, long atMs, String event, String detail) {
    return new AccountEventRow(row.site(), 0, row.account(), atMs, event, row.status(), row.status(), detail);
  }

  AccountEventRow signed(String by) {
    return operator.isEmpty()
        ? new AccountEventRow(site, entry, account, atMs, event, before, after, detail, by)
        : this;
  }
}

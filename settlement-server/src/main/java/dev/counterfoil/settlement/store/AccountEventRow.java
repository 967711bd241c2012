package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.policy.AccountStatus;

/// One change of an account's state, for ever (ACC-14, FRZ-03).
///
/// @param entry 1 or more, rises within the site; the store gives it, 0 before
/// @param event what happened, such as FROZEN or LOSS_REPORTED
/// @param detail kind and reason, one line
public record AccountEventRow(int site, long entry, long account, long atMs, String event,
    AccountStatus before, AccountStatus after, String detail) {}

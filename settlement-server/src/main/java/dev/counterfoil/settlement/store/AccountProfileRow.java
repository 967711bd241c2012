package dev.counterfoil.settlement.store;

import org.jspecify.annotations.Nullable;

/// What is known of an account besides what every tap needs: {@link AccountRow} stays small, and this row is read and
/// written only when somebody looks at the account or changes it.
///
/// @param owner the owner's number or name in the house's own books, which accounts are counted by (ACC-11); empty
///     when nobody said
/// @param accountName what its owner calls it, may be empty
/// @param primary the first of its owner's accounts (C-10)
/// @param approved false while an application waits for its answer (ACC-08)
/// @param openedMs server time of the opening or application
/// @param changedMs server time since which the account is in its present state
/// @param expiresMs when a temporary account ends, 0 for never
/// @param freeze what kind of freeze it is under, null when it is not frozen
/// @param reason why it is in its present state, one line, may be empty
/// @param dueMs when the clock must look at it, 0 for never
/// @param primaryCard its main card, 0 for the oldest active one (ACC-19)
/// @param deleted not shown any more; nothing is ever removed (ACC-26)
public record AccountProfileRow(
    int site,
    long account,
    AccountKind kind,
    OwnerKind ownerKind,
    String owner,
    String accountName,
    boolean primary,
    boolean approved,
    long openedMs,
    long changedMs,
    long expiresMs,
    @Nullable FreezeKind freeze,
    String reason,
    long dueMs,
    long primaryCard,
    boolean deleted) {

  /// In another state, and why.
  public AccountProfileRow changed(@Nullable FreezeKind how, String why, long atMs) {
    return new AccountProfileRow(site, account, kind, ownerKind, owner, accountName, primary, approved,
        openedMs, atMs, expiresMs, how, why, dueMs, primaryCard, deleted);
  }

  public AccountProfileRow withApproved(boolean next) {
    return new AccountProfileRow(site, account, kind, ownerKind, owner, accountName, primary, next, openedMs,
        changedMs, expiresMs, freeze, reason, dueMs, primaryCard, deleted);
  }

  public AccountProfileRow withPrimary(boolean next) {
    return new AccountProfileRow(site, account, kind, ownerKind, owner, accountName, next, approved, openedMs,
        changedMs, expiresMs, freeze, reason, dueMs, primaryCard, deleted);
  }

  public AccountProfileRow withDueMs(long next) {
    return new AccountProfileRow(site, account, kind, ownerKind, owner, accountName, primary, approved,
        openedMs, changedMs, expiresMs, freeze, reason, next, primaryCard, deleted);
  }

  public AccountProfileRow withPrimaryCard(long next) {
    return new AccountProfileRow(site, account, kind, ownerKind, owner, accountName, primary, approved,
        openedMs, changedMs, expiresMs, freeze, reason, dueMs, next, deleted);
  }

  public AccountProfileRow withDeleted(boolean next) {
    return new AccountProfileRow(site, account, kind, ownerKind, owner, accountName, primary, approved,
        openedMs, changedMs, expiresMs, freeze, reason, dueMs, primaryCard, next);
  }
}

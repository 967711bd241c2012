package dev.counterfoil.settlement.store;

/// A permission of an account (ACC-15), or, `byHolder`, a limit that its holder set for it (ACC-17).
///
/// @param number 1 or more, rises within the account
/// @param scope where it holds: empty for everywhere, else `terminal:1,terminal:7`
/// @param singleMinor most for one transaction, minor units, 0 for no limit of its own
/// @param dailyMinor most for one day of the site, 0 for no limit
/// @param monthlyMinor most for one month of the site, 0 for no limit
/// @param fromMs valid from this moment
/// @param untilMs valid before this moment, 0 for ever
/// @param createdMs server time when it was given, 0 before it was, and for rows from before this was kept
/// @param changedMs server time when it was last switched, or else given; 0 likewise
public record PermissionRow(
    int site,
    long account,
    int number,
    PermissionType type,
    boolean byHolder,
    String scope,
    long singleMinor,
    long dailyMinor,
    long monthlyMinor,
    long fromMs,
    long untilMs,
    boolean enabled,
    long createdMs,
    long changedMs) {

  /// What somebody asks for: the desk that gives it says when.
  public PermissionRow(int site, long account, int number, PermissionType type, boolean byHolder,
      String scope, long singleMinor, long dailyMinor, long monthlyMinor, long fromMs, long untilMs,
      boolean enabled) {
    this(site, account, number, type, byHolder, scope, singleMinor, dailyMinor, monthlyMinor, fromMs, untilMs,
        enabled, 0, 0);
  }

  public PermissionRow withEnabled(boolean next, long nowMs) {
    return new PermissionRow(site, account, number, type, byHolder, scope, singleMinor, dailyMinor,
        monthlyMinor, fromMs, untilMs, next, createdMs, nowMs);
  }
}

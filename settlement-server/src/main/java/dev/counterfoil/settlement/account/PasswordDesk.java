package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.store.AccountPasswordRow;
import dev.counterfoil.settlement.password.PasswordGuard;
import dev.counterfoil.settlement.store.StoreMemory;

/// Sets and unlocks the passwords of accounts' purchases (PAY-28, ACC-25). It never sees one: whoever calls it has hashed
/// it on another thread, because that takes long. Every method commits before it returns, or throws
/// {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class PasswordDesk {

  private final StoreMemory memory;
  private final AccountChanges changes;

  PasswordDesk(StoreMemory memory, AccountChanges changes) {
    this.memory = memory;
    this.changes = changes;
  }

  /// @param hash of {@link dev.counterfoil.settlement.secret.PasswordHash}, empty for none any more; ends a lock
  /// @throws RefusedException ACCOUNT_UNKNOWN
  public AccountPasswordRow set(int site, long account, String hash, long nowMs) {
    return put(known(site, account).withPassword(hash, nowMs), nowMs);
  }

  /// Ends a lock, and forgets wrong tries.
  ///
  /// @throws RefusedException ACCOUNT_UNKNOWN, PASSWORD_NOT_SET
  public AccountPasswordRow unlock(int site, long account, long nowMs) {
    AccountPasswordRow row = known(site, account);
    if (!row.isSet()) {
      throw new RefusedException("PASSWORD_NOT_SET", "account " + account + " has no password");
    }
    return put(row.withGuard(PasswordGuard.FRESH), nowMs);
  }

  /// @param question as the holder words it
  /// @param answerHash as of {@link dev.counterfoil.settlement.secret.PasswordHash}
  /// @throws RefusedException ACCOUNT_UNKNOWN
  public AccountPasswordRow question(int site, long account, String question, String answerHash,
      long nowMs) {
    return put(known(site, account).withQuestion(question, answerHash), nowMs);
  }

  private AccountPasswordRow known(int site, long account) {
    changes.existing(site, account);
    return memory.reads().profiles().password(site, account)
        .orElseGet(() -> AccountPasswordRow.none(site, account));
  }

  private AccountPasswordRow put(AccountPasswordRow row, long nowMs) {
    var unit = new AccountUnit(memory, row.site(), nowMs);
    unit.unit().putPassword(row);
    unit.commit();
    return row;
  }
}

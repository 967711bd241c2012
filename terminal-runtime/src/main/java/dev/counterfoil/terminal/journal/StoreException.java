package dev.counterfoil.terminal.journal;

/// A store's failure with its code. After any of these from [JournalStore#commit] the outcome of the unit is
/// unknown until [JournalStore#reopen] has answered; the call itself is never repeated.
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final StoreFailure failure;

  /// @param detail what was tried, on which file or sequence number; never card data
  public StoreException(StoreFailure failure, String detail) {
    super(failure + ": " + detail);
    this.failure = failure;
  }

  public StoreException(StoreFailure failure, String detail, Throwable cause) {
    super(failure + ": " + detail, cause);
    this.failure = failure;
  }

  public StoreFailure failure() {
    return failure;
  }
}

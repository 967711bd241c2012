package dev.counterfoil.settlement.store;

/// The storage failed. Nothing of the commit unit in question counts as written; after {@link StoreFault#STORE_FULL}
/// a retry is safe once there is space. After {@link StoreFault#STORE_UNREACHABLE} the unit may be written all the same
/// or not: whoever goes on reads anew and finds its keys there, or not. After the others the store must be opened again.
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final StoreFault fault;
  private final String facts;

  public StoreException(StoreFault fault, String facts) {
    super(fault.name() + ": " + fault.meaning() + ": " + facts);
    this.fault = fault;
    this.facts = facts;
  }

  public StoreException(StoreFault fault, String facts, Throwable cause) {
    this(fault, facts);
    initCause(cause);
  }

  public StoreFault fault() {
    return fault;
  }

  /// What was being done and what the system said to it.
  public String facts() {
    return facts;
  }
}

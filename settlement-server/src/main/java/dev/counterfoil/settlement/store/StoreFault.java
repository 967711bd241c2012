package dev.counterfoil.settlement.store;

/// What is wrong with the storage. The name is the stable code.
public enum StoreFault {
  STORE_LOCKED("another server uses this database"),
  STORE_NEWER_SCHEMA("database was written by a newer version"),
  STORE_CHANGED_MIGRATION("a migration that was already applied has changed"),
  STORE_CORRUPT("database is damaged or not a database of this product"),
  STORE_FULL("no space left for the database"),
  STORE_UNREADABLE("database cannot be opened"),
  STORE_UNREACHABLE("the database server does not answer, or the connection to it was lost"),
  STORE_REFUSED("the database server refuses this user or does not know the database"),
  STORE_IO("reading or writing the database failed");

  private final String meaning;

  StoreFault(String meaning) {
    this.meaning = meaning;
  }

  /// One line for a human, without a full stop.
  public String meaning() {
    return meaning;
  }
}

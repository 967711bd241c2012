package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import org.jspecify.annotations.Nullable;

/// Which transactions somebody looks for (PAY-26). A query by account reads that account's transactions, any other the
/// time range: name one that is as short as can be.
///
/// @param fromMs settled at this server time or later
/// @param untilMs settled before this server time
/// @param account whose balance they changed, as its own or as the other side of a holder transfer; 0 for all
/// @param terminal that recorded them; 0 for all, and for those of the server itself
/// @param kind null for all
/// @param leastMinor of at least this amount, whichever way it went, minor units
/// @param mostMinor of at most this amount
/// @param where what of its place and goods is asked for (PAY-13)
public record TransactionSearch(long fromMs, long untilMs, long account, int terminal,
    @Nullable TransactionKind kind, long leastMinor, long mostMinor, Where where) {

  /// Merchant, place and goods.
  ///
  /// @param merchant that was paid or paid back; 0 for all
  /// @param location where its terminal stands by `admin terminal place`; 0 for all. What the server did itself, such as a
  /// refund, has none
  /// @param category of any of its goods; 0 for all
  /// @param product exactly as recorded, of any of its goods; empty for all
  public record Where(long merchant, long location, long category, String product) {

    public static final Where ANYWHERE = new Where(0, 0, 0, "");
  }

  /// Everything.
  public static final TransactionSearch ALL = new TransactionSearch(0, Long.MAX_VALUE, 0, 0, null, 0,
      Long.MAX_VALUE, Where.ANYWHERE);

  /// A place in the list, newest first: what follows is older, or as old and with a smaller id.
  public record Place(long atMs, TransactionId transaction) {

    /// Before the newest one.
    public static final Place FIRST = new Place(Long.MAX_VALUE, new TransactionId(-1, -1));

    /// Right behind a transaction.
    public static Place after(TransactionRow row) {
      return new Place(row.atMs(), row.transaction());
    }

    /// Whether a transaction comes later in the list.
    public boolean isBefore(TransactionRow row) {
      return row.atMs() < atMs || row.atMs() == atMs && row.transaction().compareTo(transaction) < 0;
    }
  }

  public TransactionSearch between(long from, long until) {
    return new TransactionSearch(from, until, account, terminal, kind, leastMinor, mostMinor, where);
  }

  public TransactionSearch ofAccount(long next) {
    return new TransactionSearch(fromMs, untilMs, next, terminal, kind, leastMinor, mostMinor, where);
  }

  public TransactionSearch ofTerminal(int next) {
    return new TransactionSearch(fromMs, untilMs, account, next, kind, leastMinor, mostMinor, where);
  }

  public TransactionSearch ofKind(@Nullable TransactionKind next) {
    return new TransactionSearch(fromMs, untilMs, account, terminal, next, leastMinor, mostMinor, where);
  }

  public TransactionSearch ofAmount(long least, long most) {
    return new TransactionSearch(fromMs, untilMs, account, terminal, kind, least, most, where);
  }

  public TransactionSearch at(Where next) {
    return new TransactionSearch(fromMs, untilMs, account, terminal, kind, leastMinor, mostMinor, next);
  }

  /// Whether a transaction is looked for, its account, place and goods aside.
  public boolean fits(TransactionRow row) {
    long amount = Math.abs(row.amount());
    return row.atMs() >= fromMs && row.atMs() < untilMs && (terminal == 0 || row.terminal() == terminal)
        && (kind == null || row.kind() == kind) && amount >= leastMinor && amount <= mostMinor;
  }
}

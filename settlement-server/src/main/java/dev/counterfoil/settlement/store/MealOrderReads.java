package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the server may ask its store about ordered meals. Rules as in {@link SettlementReads}.
public interface MealOrderReads {

  /// Number of the newest order, 0 when there is none.
  long lastOrder(int site);

  Optional<MealOrderRow> order(int site, long number);

  /// The one that came with a file.
  Optional<MealOrderRow> order(int site, String source, String reference);

  /// At most `limit` with a number above `after`, by number.
  List<MealOrderRow> orders(int site, Search search, long after, int limit);

  /// All that are open or collected and for this day or later, by number.
  List<MealOrderRow> liveSince(int site, LocalDate day);

  /// What collected an order, with what was taken back, by terminal and record.
  List<MealCollectionRow> collections(int site, long order);

  /// The record of this transaction, if it names an order.
  Optional<MealCollectionRow> collectionBy(int site, TransactionId transaction);

  /// @param account 0 for everybody's
  /// @param from    first day
  /// @param until   last day
  record Search(long account, LocalDate from, LocalDate until) {

    public static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    public static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    public static Search since(long account, LocalDate from) {
      return new Search(account, from, LAST);
    }

    public static Search all(long account) {
      return new Search(account, FIRST, LAST);
    }

    public boolean has(MealOrderRow row) {
      return (account == 0 || account == row.account()) && !row.day().isBefore(from)
          && !row.day().isAfter(until);
    }
  }
}

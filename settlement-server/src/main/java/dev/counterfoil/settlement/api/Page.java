package dev.counterfoil.settlement.api;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One page of a list that goes on: the caller sends `next` back as `after` until there is none. Rows that come meanwhile
/// neither repeat nor hide others, because a cursor is the last row's own number.
record Page(long after, int limit) {

  private static final int DEFAULT = 50;
  private static final int MOST = 500;

  static Page of(Query query) {
    return new Page(query.number("after", 0, 0, Long.MAX_VALUE), limit(query));
  }

  /// For lists whose cursor is no number.
  static int limit(Query query) {
    return (int) query.number("limit", DEFAULT, 1, MOST);
  }

  /// A list that is short enough to be one page.
  static <T> ObjectNode whole(List<T> rows, Function<T, ObjectNode> view) {
    ObjectNode node = Body.object();
    ArrayNode items = node.putArray("items");
    rows.forEach(row -> items.add(view.apply(row)));
    return node;
  }

  <T> ObjectNode of(List<T> rows, ToLongFunction<T> number, Function<T, ObjectNode> view) {
    ObjectNode node = whole(rows, view);
    if (rows.size() == limit) {
      node.put("next", number.applyAsLong(rows.getLast()));
    }
    return node;
  }
}

package dev.counterfoil.terminal.sale;

/// What a purchase was that is counted, charged by time or ordered before.
///
/// @param count         the how-manyth of the card in its period or day; 0 where nothing is counted
/// @param startSeq      record that began the time; 0 where none is charged
/// @param startedMillis Unix milliseconds
/// @param endedMillis   Unix milliseconds
/// @param units         started units of time
/// @param order         number of the ordered meal that it collects; 0 where none is
public record Occasion(long count, long startSeq, long startedMillis, long endedMillis, long units,
    long order) {

  public static final Occasion NONE = new Occasion(0, 0, 0, 0, 0, 0);

  static Occasion counted(long count) {
    return new Occasion(count, 0, 0, 0, 0, 0);
  }

  static Occasion collected(long order) {
    return new Occasion(0, 0, 0, 0, 0, order);
  }
}

package dev.counterfoil.settlement.shift;

import dev.counterfoil.proto.v1.SeqRange;
import java.util.ArrayList;
import java.util.List;

/// Record numbers in rising order, kept as ranges.
final class SeqRanges {

  private final List<SeqRange> ranges = new ArrayList<>();

  void add(long seq) {
    add(seq, seq);
  }

  /// @param from above every number before
  void add(long from, long to) {
    boolean goesOn = !ranges.isEmpty() && ranges.getLast().getToSeq() + 1 == from;
    long begin = goesOn ? ranges.removeLast().getFromSeq() : from;
    ranges.add(SeqRange.newBuilder().setFromSeq(begin).setToSeq(to).build());
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /// The first of them.
  List<SeqRange> first(int most) {
    return List.copyOf(ranges.subList(0, Math.min(most, ranges.size())));
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (SeqRange range : ranges) {
      text.append(text.isEmpty() ? "" : ",").append(range.getFromSeq());
      if (range.getToSeq() > range.getFromSeq()) {
        text.append("..").append(range.getToSeq());
      }
    }
    return text.isEmpty() ? "none" : text.toString();
  }
}

package dev.counterfoil.settlement.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What is wrong with a file: the first faults, and how many there are. One thread.
public final class Faults {

  private static final int LONGEST_TOLD = 60;

  private final int most;
  private final List<RowFault> kept = new ArrayList<>();
  private long count;

  /// @param most how many are kept
  public Faults(int most) {
    this.most = most;
  }

  public void add(int row, String column, ImportFault fault, String detail) {
    add(row, column, fault.name(), detail);
  }

  /// @param code also one by which a desk refuses
  public void add(int row, String column, String code, String detail) {
    count++;
    if (kept.size() < most) {
      kept.add(new RowFault(row, column, code, detail));
    }
  }

  /// The first ones, in the order of the rows.
  public List<RowFault> kept() {
    return Collections.unmodifiableList(kept);
  }

  public long count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /// A cell as it may be shown: it comes from somebody else and must not steer a screen.
  static String found(String cell) {
    String plain = cell.replaceAll("[\\p{Cntrl}\\p{Cf}\"]", "?");
    int end = Math.min(plain.length(), LONGEST_TOLD);
    if (end < plain.length() && Character.isHighSurrogate(plain.charAt(end - 1))) {
      end--;
    }
    return "found=\"" + plain.substring(0, end) + (end < plain.length() ? "…" : "") + "\"";
  }
}

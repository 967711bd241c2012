package dev.counterfoil.settlement.imports;

/// Hears how far an import is, row by row.
@FunctionalInterface
public interface Progress {

  /// @param doing such as `read` or `checked`
  /// @param rows  so far
  /// @param all   0 where nobody knows yet
  void at(String doing, long rows, long all);

  /// Passes on every so many rows, and the last one.
  static Progress every(int rows, Progress listener) {
    return (doing, done, all) -> {
      if (done % rows == 0 || done == all) {
        listener.at(doing, done, all);
      }
    };
  }
}

package dev.counterfoil.settlement.store;

/// A second account belongs to a first one (ACC-16).
///
/// @param number 1 or more, rises within the main account
/// @param level 1 for directly beneath
/// @param config what the main account may do with the other one, a JSON object, or empty
/// @param createdMs server time when it was made, 0 before it was, and for rows from before this was kept
/// @param changedMs server time when it was last switched, or else made; 0 likewise
public record RelationRow(
    int site,
    long main,
    int number,
    long sub,
    RelationType type,
    int level,
    String config,
    boolean enabled,
    long createdMs,
    long changedMs) {

  /// What somebody asks for: the desk that makes it says when.
  public RelationRow(int site, long main, int number, long sub, RelationType type, int level, String config,
      boolean enabled) {
    this(site, main, number, sub, type, level, config, enabled, 0, 0);
  }

  public RelationRow withEnabled(boolean next, long nowMs) {
    return new RelationRow(site, main, number, sub, type, level, config, next, createdMs, nowMs);
  }
}

package dev.counterfoil.settlement.store;

/// A second account belongs to a first one (ACC-16).
///
/// @param number 1 or more, rises within the main account
/// @param level 1 for directly beneath
/// @param config what the main account may do with the other one, a JSON object, or empty
public record RelationRow(
    int site,
    long main,
    int number,
    long sub,
    RelationType type,
    int level,
    String config,
    boolean enabled) {

  public RelationRow withEnabled(boolean next) {
    return new RelationRow(site, main, number, sub, type, level, config, next);
  }
}

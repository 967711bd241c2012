package dev.counterfoil.settlement.staff;

import dev.counterfoil.settlement.secret.Cell;

/// Where sealed values of operators have their place.
public final class Cells {

  private Cells() {}

  /// The secret of an operator's one-time codes. Named, not numbered: it is sealed before the number is known, and a name
  /// is never given twice within a site.
  public static Cell totp(int site, String name) {
    return new Cell(site, "operator", "totp", name);
  }
}

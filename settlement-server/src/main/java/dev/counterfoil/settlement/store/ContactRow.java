package dev.counterfoil.settlement.store;

/// How a holder is reached (SEC-02). Arrays are not to be changed.
///
/// @param phone    the telephone number, sealed; empty for none
/// @param phoneKey keyed hash of the number, by which it is found; empty for none
public record ContactRow(int site, long account, byte[] phone, byte[] phoneKey) {

  @Override
  public String toString() {
    return "ContactRow[" + site + ", " + account + "]";
  }
}

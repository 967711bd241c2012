package dev.counterfoil.settlement.store;

/// A nonce that a machine used up.
///
/// @param machine its number
/// @param nonce   16 to 64 characters
/// @param atMs    server time
public record NonceRow(int site, long machine, String nonce, long atMs) {

  /// All of a site's that were used before a moment.
  public record Before(int site, long atMs) {}
}

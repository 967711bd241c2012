package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Permission;
import java.util.List;

/// A program that may call the API (SEC-03).
///
/// @param number running number within the site, never given twice
/// @param name   2 to 32 of `a-z 0-9 . _ -`, beginning with a letter; never given twice within the site
/// @param scopes what it may, in the order of their declaration
/// @param token  hash of what it is known by
/// @param key    what it signs with, sealed; not to be changed
/// @param expiresMs server time from which it is let in no more
/// @param revokedMs server time since which it is let in no more, 0 for not
public record MachineRow(int site, long number, String name, List<Permission> scopes, Hash token, byte[] key,
    long createdMs, long expiresMs, long revokedMs) {

  public MachineRow {
    scopes = scopes.stream().sorted().distinct().toList();
  }

  public MachineRow numbered(long next) {
    return new MachineRow(site, next, name, scopes, token, key, createdMs, expiresMs, revokedMs);
  }

  public MachineRow revoked(long atMs) {
    return new MachineRow(site, number, name, scopes, token, key, createdMs, expiresMs, atMs);
  }

  /// The same with the same key, sealed anew.
  public MachineRow withKey(byte[] next) {
    return new MachineRow(site, number, name, scopes, token, next, createdMs, expiresMs, revokedMs);
  }

  /// Never shows a secret.
  @Override
  public String toString() {
    return "MachineRow[" + site + ", " + number + " " + name + "]";
  }
}

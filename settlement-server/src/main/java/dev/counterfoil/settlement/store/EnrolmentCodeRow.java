package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;

/// A one-time enrolment code, known here only by its hash.
///
/// @param codeHash SHA-256 of the code's secret part
/// @param terminal 0 for a new terminal, else the one that enrols again
/// @param usedAtMs 0 while unused
public record EnrolmentCodeRow(
    int site,
    Hash codeHash,
    String terminalName,
    int terminal,
    long createdAtMs,
    long expiresAtMs,
    long usedAtMs,
    String createdBy) {

  public EnrolmentCodeRow used(long atMs) {
    return new EnrolmentCodeRow(site, codeHash, terminalName, terminal, createdAtMs, expiresAtMs, atMs,
        createdBy);
  }
}

package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.id.Hash;

/// A file that was read whole: its rows, and what is wrong with them by themselves.
///
/// @param hash   SHA-256 of its bytes; where something ended the reading, of what was read
/// @param rows   that are not blank, without the row of names
/// @param faults grows when the rows are held against the books
public record ImportFile(ImportKind kind, Hash hash, int rows, Lines lines, Faults faults) {}

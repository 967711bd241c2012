package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;

/// Which account came of another system's, so that it is opened once and that system's sales find it.
///
/// @param source    the other system
/// @param reference its number there
/// @param content   hash of the row that it came of
/// @param atMs      server time
public record ImportedAccountRow(int site, String source, String reference, long account, Hash content,
    long atMs) {}

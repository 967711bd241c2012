package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;

/// One branch of a fork, kept with its signature as proof.
///
/// @param losing false for the branch that was accepted first
/// @param bytes the record, exactly; not copied, do not change it
public record ForkRow(int site, int terminal, long seq, Hash hash, boolean losing, byte[] bytes, long atMs) {}

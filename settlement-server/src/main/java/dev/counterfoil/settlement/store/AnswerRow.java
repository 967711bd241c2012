package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;

/// What a caller was answered under a key of his, so that a repeat gets the same and changes nothing (PAY-17).
///
/// @param caller  who asked, such as `operator/3`; everybody's keys are their own
/// @param key     1 to 64 printable characters, chosen by the caller
/// @param content hash of everything that was asked for
/// @param status  of HTTP
/// @param body    JSON
public record AnswerRow(int site, String caller, String key, Hash content, int status, String body,
    long atMs) {}

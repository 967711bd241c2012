package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// The answer given to an Authorize, kept so that the same question gets the same answer; also the log of refusals
/// (PAY-04, PAY-05, PAY-06).
///
/// @param account 0 when the card is unknown
/// @param reason stable code of a refusal; REFUND and the sale for a refund at a terminal, else empty
/// @param hold transfer id of the hold, 0 unless approved
/// @param holdExpiresMs server time at which the hold ends by itself
/// @param availableBefore available balance before the hold, minor units
public record AuthorizationRow(
    int site,
    TransactionId transaction,
    int terminal,
    long account,
    long amount,
    String asset,
    AuthorizationOutcome outcome,
    String reason,
    long hold,
    long holdExpiresMs,
    long availableBefore,
    long atMs) {}

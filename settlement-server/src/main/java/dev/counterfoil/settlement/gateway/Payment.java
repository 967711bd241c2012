package dev.counterfoil.settlement.gateway;

import java.time.Instant;

/// What a gateway says was paid.
///
/// @param orderId our number of the order
/// @param transactionId the gateway's number of the payment
/// @param amountFen the order's total in fen, whatever part of it the gateway paid by a coupon of its own
/// @param paidAt by the gateway's clock; for people and bills, never an ordering
public record Payment(String orderId, String transactionId, long amountFen, Instant paidAt) {}

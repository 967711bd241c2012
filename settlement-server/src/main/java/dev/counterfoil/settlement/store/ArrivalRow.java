package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;

/// A recharge that somebody brings the proof of: a bank transfer, a card slip, a line of the payroll. Only its state
/// changes, once.
///
/// @param number running number within the site
/// @param transaction names the recharge
/// @param amount minor units
/// @param feeMinor what the bank keeps, minor units
/// @param reference the bank's, the slip's or the payroll's own number; one recharge of a method for ever
/// @param askedMs server time
/// @param arrivesMs server time from which it is booked
/// @param endedMs server time, 0 while it is pending
/// @param endedBy who booked or cancelled it, empty when time did
/// @param outcome why it was cancelled
public record ArrivalRow(int site, long number, TransactionId transaction, long account, long amount,
    long feeMinor, RechargeMethod method, String reference, String operator, long askedMs, long arrivesMs,
    ArrivalState state, long endedMs, String endedBy, String outcome) {

  public ArrivalRow ended(ArrivalState how, String by, String said, long nowMs) {
    return new ArrivalRow(site, number, transaction, account, amount, feeMinor, method, reference, operator,
        askedMs, arrivesMs, how, nowMs, by, said);
  }
}

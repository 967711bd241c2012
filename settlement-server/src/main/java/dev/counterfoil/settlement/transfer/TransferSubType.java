package dev.counterfoil.settlement.transfer;

/// Sub-types of a transfer (TRF-01). The names are stored, so a constant is never renamed.
public enum TransferSubType {
  /// One account to another.
  PERSONAL,
  /// One account to many.
  GROUP,
  /// A bulk payout; each line names its payer.
  BATCH,
  /// The payee of an earlier transfer gives back, whole or in part (RFD-08).
  REFUND
}

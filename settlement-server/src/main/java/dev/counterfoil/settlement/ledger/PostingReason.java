package dev.counterfoil.settlement.ledger;

/// Names of the posting rules as they stand in the transfers. Stable: reports group by them.
public final class PostingReason {

  public static final String AUTHORIZE = "AUTHORIZE";
  public static final String SALE = "SALE";
  /// A sale whose holder is unknown: booked to suspense.
  public static final String SALE_SUSPENSE = "SALE_SUSPENSE";
  public static final String CASH_SALE = "CASH_SALE";
  public static final String VOID = "VOID";
  public static final String DECLINED = "DECLINED";
  public static final String CANCELLED = "CANCELLED";
  public static final String EXPIRED = "EXPIRED";
  public static final String RECHARGE_CASH = "RECHARGE_CASH";
  public static final String OPENING = "OPENING";
  public static final String REFUND = "REFUND";
  public static final String TRANSFER = "TRANSFER";
  public static final String REFUND_TRANSFER = "REFUND_TRANSFER";
  public static final String FREEZE = "FREEZE";
  public static final String UNFREEZE = "UNFREEZE";
  public static final String WITHDRAWAL_REQUEST = "WITHDRAWAL_REQUEST";
  public static final String WITHDRAWAL_REJECTED = "WITHDRAWAL_REJECTED";
  public static final String WITHDRAWAL_FAILED = "WITHDRAWAL_FAILED";
  public static final String WITHDRAWAL_BANK = "WITHDRAWAL_BANK";
  public static final String WITHDRAWAL_CASH = "WITHDRAWAL_CASH";
  public static final String ADJUSTMENT = "ADJUSTMENT";
  public static final String REVERSAL = "REVERSAL";

  private PostingReason() {}
}

package dev.counterfoil.settlement.ledger;

/// Names of the posting rules as they stand in the transfers. Stable: reports group by them.
public final class PostingReason {

  public static final String AUTHORIZE = "AUTHORIZE";
  public static final String SALE = "SALE";
  /// A provisional amount is reserved (PAY-24).
  public static final String PREDEBIT = "PREDEBIT";
  /// What a final amount is above the provisional one.
  public static final String PREDEBIT_MORE = "PREDEBIT_MORE";
  public static final String PREDEBIT_CANCELLED = "PREDEBIT_CANCELLED";
  /// Nobody settled it in time.
  public static final String PREDEBIT_UNSETTLED = "PREDEBIT_UNSETTLED";
  /// The part of a sale that a subsidy pays.
  public static final String SALE_SUBSIDY = "SALE_SUBSIDY";
  /// What was reserved for a sale was not needed, because its money came from elsewhere.
  public static final String SALE_PAID_OTHERWISE = "SALE_PAID_OTHERWISE";
  public static final String SUBSIDY = "SUBSIDY";
  public static final String SUBSIDY_LAPSE = "SUBSIDY_LAPSE";
  /// A sale whose holder is unknown: booked to suspense.
  public static final String SALE_SUSPENSE = "SALE_SUSPENSE";
  public static final String CASH_SALE = "CASH_SALE";
  public static final String VOID = "VOID";
  public static final String DECLINED = "DECLINED";
  public static final String CANCELLED = "CANCELLED";
  public static final String EXPIRED = "EXPIRED";
  /// What the channel keeps of a recharge; the site bears it.
  public static final String RECHARGE_FEE = "RECHARGE_FEE";
  /// The same, given back with a refund.
  public static final String RECHARGE_FEE_BACK = "RECHARGE_FEE_BACK";
  /// A recharge is to go back to the payer: reserved until the gateway has made it.
  public static final String RECHARGE_REFUND_REQUEST = "RECHARGE_REFUND_REQUEST";
  public static final String RECHARGE_REFUND = "RECHARGE_REFUND";
  public static final String RECHARGE_REFUND_FAILED = "RECHARGE_REFUND_FAILED";
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

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

  private PostingReason() {}
}

package dev.counterfoil.settlement.store;

/// Why something stands in the exception queue. The name is the stable code, also in the database.
public enum ExceptionKind {
  OFFLINE_OVERDRAFT,
  UNKNOWN_CARD,
  LATE_CAPTURE,
  LATE_DECLINE,
  DUPLICATE_TRANSACTION,
  VOID_WITHOUT_SALE,
  VOID_TWICE,
  ACCOUNT_NOT_NORMAL,
  LOST_CARD_USED,
  WRONG_CURRENCY,
  UNREADABLE_RECORD,
  UNKNOWN_KIND,
  RECORD_GAP,
  BAD_INNER_SIGNATURE,
  FORK,
  CLONE,
  ROLLED_BACK,
  REJECTED_BATCH,
  INTENT_WITHOUT_OUTCOME,
  CAPTURE_AMOUNT_DIFFERS,
  SERVER_RESTORED
}

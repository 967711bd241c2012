package dev.counterfoil.settlement.store;

/// What kind of consumption a sale is (PAY-02). The names are stored.
public enum SaleSubType {
  POS,
  QR,
  NFC,
  ONLINE,
  RESERVATION,
  CABINET
}

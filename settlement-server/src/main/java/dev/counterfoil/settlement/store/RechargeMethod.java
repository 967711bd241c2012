package dev.counterfoil.settlement.store;

import dev.counterfoil.settlement.gateway.GatewayName;
import java.util.Optional;

/// How money comes into an account (RCH-02, RCH-04), with the codes of DAT-14. The names are stored, so a constant is never
/// renamed.
public enum RechargeMethod {
  CASH(1, LedgerKind.CASH_DRAWER),
  /// A card terminal of a bank; its slip is the proof.
  BANK_CARD(2, LedgerKind.RECHARGE_CLEARING),
  WECHAT(3, LedgerKind.RECHARGE_CLEARING),
  ALIPAY(4, LedgerKind.RECHARGE_CLEARING),
  BANK_TRANSFER(7, LedgerKind.RECHARGE_CLEARING),
  /// From a bank card at a self-service machine.
  ONE_CARD(8, LedgerKind.RECHARGE_CLEARING),
  /// Taken from wages.
  PAYROLL(9, LedgerKind.RECHARGE_CLEARING),
  /// Granted by the employer.
  SUBSIDY(10, LedgerKind.RECHARGE_CLEARING);

  private static final String PREFIX = "RECHARGE_";

  private final int code;
  private final LedgerKind source;

  RechargeMethod(int code, LedgerKind source) {
    this.code = code;
    this.source = source;
  }

  public int code() {
    return code;
  }

  /// What the transfers say.
  public String reason() {
    return PREFIX + name();
  }

  /// The method that a posting rule's name stands for, empty when it is no recharge.
  public static Optional<RechargeMethod> ofReason(String reason) {
    for (RechargeMethod method : values()) {
      if (method.reason().equals(reason)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  /// Kind of the account of the books that the money comes from.
  public LedgerKind source() {
    return source;
  }

  /// Owner of that account: the method's code where each has one of its own.
  public long sourceOwner() {
    return source == LedgerKind.CASH_DRAWER ? 0 : code;
  }

  /// The gateway that collects it, empty where somebody brings the proof himself.
  public Optional<GatewayName> gateway() {
    return switch (this) {
      case WECHAT -> Optional.of(GatewayName.WECHAT);
      case ALIPAY -> Optional.of(GatewayName.ALIPAY);
      case CASH, BANK_CARD, BANK_TRANSFER, ONE_CARD, PAYROLL, SUBSIDY -> Optional.empty();
    };
  }

  public static RechargeMethod of(GatewayName gateway) {
    return switch (gateway) {
      case WECHAT -> WECHAT;
      case ALIPAY -> ALIPAY;
    };
  }

  /// Whether the holder does it without anybody at a desk, which has the smaller limit of a day (C-06).
  public boolean isSelfService() {
    return switch (this) {
      case WECHAT, ALIPAY, ONE_CARD -> true;
      case CASH, BANK_CARD, BANK_TRANSFER, PAYROLL, SUBSIDY -> false;
    };
  }
}

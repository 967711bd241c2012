package dev.counterfoil.settlement.gateway;

/// The gateways that are known. The names are stored, so a constant is never renamed.
public enum GatewayName {
  WECHAT,
  ALIPAY
}

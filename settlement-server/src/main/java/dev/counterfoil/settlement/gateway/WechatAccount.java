package dev.counterfoil.settlement.gateway;

/// Who we are at WeChat Pay.
///
/// @param merchantId `mchid`
/// @param appId `appid` that is bound to the merchant
/// @param notifyUrl where callbacks go, https without a query
/// @param scoreServiceId `service_id` of the pay-score product, empty without it
public record WechatAccount(String merchantId, String appId, String notifyUrl, String scoreServiceId) {}

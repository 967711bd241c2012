package dev.counterfoil.settlement.gateway;

import java.security.PrivateKey;
import java.security.PublicKey;

/// Who we are at Alipay, and the keys.
///
/// @param appId `app_id`
/// @param notifyUrl where callbacks go
/// @param privateKey the application's, signs requests
/// @param alipayKey Alipay's public key of this application
public record AlipayAccount(String appId, String notifyUrl, PrivateKey privateKey, PublicKey alipayKey) {

  @Override
  public String toString() {
    return "AlipayAccount[appId=" + appId + "]";
  }
}

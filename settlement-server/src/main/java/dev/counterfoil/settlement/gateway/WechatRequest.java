package dev.counterfoil.settlement.gateway;

/// One request to WeChat Pay, not yet signed.
///
/// @param path with query, escaped as it is sent
/// @param body JSON in UTF-8, empty for GET
record WechatRequest(String method, String path, byte[] body) {

  static WechatRequest get(String path) {
    return new WechatRequest("GET", path, new byte[0]);
  }

  static WechatRequest post(String path, tools.jackson.databind.node.ObjectNode body) {
    return new WechatRequest("POST", path, GatewayJson.bytes(body));
  }
}

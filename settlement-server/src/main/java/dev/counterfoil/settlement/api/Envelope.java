package dev.counterfoil.settlement.api;

import tools.jackson.databind.node.ObjectNode;

/// The wrapping of every answer (API-01: ResponseDTO): a stable code, a text in the caller's language, and the data or, if
/// something was wrong, the facts.
final class Envelope {

  private Envelope() {}

  /// @param data JSON
  static String good(Language language, String data) {
    ObjectNode node = Body.object().put("code", "OK")
        .put("message", language == Language.CHINESE ? "成功" : "Done.");
    node.set("data", Body.MAPPER.readTree(data));
    return node.toString();
  }

  static String bad(Problem problem, Language language, String facts) {
    ObjectNode node = Body.object().put("code", problem.code()).put("message", problem.text(language));
    if (!facts.isEmpty()) {
      node.put("facts", facts);
    }
    return node.toString();
  }
}

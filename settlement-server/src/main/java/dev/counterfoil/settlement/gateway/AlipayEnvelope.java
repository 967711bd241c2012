package dev.counterfoil.settlement.gateway;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// An answer of Alipay: `{"METHOD_response":{…},"sign":"…"}`. The signature is over the object's characters as received,
/// so they are cut out and never written anew. Pure.
///
/// @param node the object's characters
/// @param signature empty if there is none
record AlipayEnvelope(String node, String signature) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /// @param method as in the request
  static AlipayEnvelope read(String method, byte[] body) throws MalformedMessageException {
    String text = new String(body, StandardCharsets.UTF_8);
    String expected = method.replace('.', '_') + "_response";
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return read(parser, text, expected);
    } catch (JacksonException _) {
      throw new MalformedMessageException("no JSON");
    }
  }

  private static AlipayEnvelope read(JsonParser parser, String text, String expected)
      throws MalformedMessageException {
    String node = "";
    String signature = "";
    require(parser.nextToken() == JsonToken.START_OBJECT, "no object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(expected) || name.equals("error_response")) {
        require(node.isEmpty() && value == JsonToken.START_OBJECT, "two answers, or none");
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        node = text.substring(start, (int) parser.currentLocation().getCharOffset());
      } else if (name.equals("sign") && value == JsonToken.VALUE_STRING) {
        signature = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
    require(!node.isEmpty(), expected + " is missing");
    return new AlipayEnvelope(node, signature);
  }

  private static void require(boolean holds, String otherwise) throws MalformedMessageException {
    if (!holds) {
      throw new MalformedMessageException(otherwise);
    }
  }
}

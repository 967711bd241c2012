package dev.counterfoil.settlement.gateway;

import dev.counterfoil.protocol.money.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object of a gateway, read strictly: a field that occurs twice could be read in two ways, so it is no message.
record GatewayJson(JsonNode node) {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static ObjectNode write() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  static GatewayJson read(byte[] bytes) throws MalformedMessageException {
    try {
      return of(MAPPER.readTree(bytes), "message");
    } catch (JacksonException _) {
      // Its text may quote the message, and with it a payer.
      throw new MalformedMessageException("no JSON");
    }
  }

  private static GatewayJson of(@Nullable JsonNode node, String name) throws MalformedMessageException {
    if (node == null || !node.isObject()) {
      throw new MalformedMessageException(name + " is no object");
    }
    return new GatewayJson(node);
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  GatewayJson object(String field) throws MalformedMessageException {
    return of(node.get(field), field);
  }

  String text(String field) throws MalformedMessageException {
    JsonNode value = node.get(field);
    if (value == null || !value.isString() || value.stringValue().isEmpty()) {
      throw new MalformedMessageException(field + " is no text");
    }
    return value.stringValue();
  }

  /// For what only people read.
  String words(String field) {
    JsonNode value = node.get(field);
    return value != null && value.isString() ? value.stringValue() : "";
  }

  /// An amount in fen, as WeChat writes it.
  long fen(String field) throws MalformedMessageException {
    JsonNode value = node.get(field);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedMessageException(field + " is no number of fen");
    }
    return value.longValue();
  }

  /// An amount in yuan as a text with two decimals, as Alipay writes it.
  long yuan(String field) throws MalformedMessageException {
    return yuan(field, text(field));
  }

  static long yuan(String field, String text) throws MalformedMessageException {
    try {
      return Money.parseDecimal(text);
    } catch (NumberFormatException _) {
      throw new MalformedMessageException(field + " is no amount");
    }
  }

  Instant time(String field) throws MalformedMessageException {
    try {
      return OffsetDateTime.parse(text(field)).toInstant();
    } catch (DateTimeException _) {
      throw new MalformedMessageException(field + " is no time");
    }
  }
}

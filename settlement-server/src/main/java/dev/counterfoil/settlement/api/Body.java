package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request's JSON object, read strictly: a field that occurs twice, one that nobody asked for, a number where a text is
/// expected and the like are refused, because whoever sent them meant something that would not happen.
final class Body {

  private static final int DEEPEST = 8;
  private static final int LONGEST_TEXT = 16_384;
  private static final int LONGEST_REASON = 500;
  static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,2})?");

  static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxStringLength(LONGEST_TEXT).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final JsonNode node;
  private final Set<String> read = new LinkedHashSet<>();
  private final Set<String> secrets = new LinkedHashSet<>();

  private Body(JsonNode node) {
    this.node = node;
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// @throws ApiException BODY_MALFORMED
  static Body parse(byte[] bytes) {
    if (bytes.length == 0) {
      return new Body(object());
    }
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (!node.isObject()) {
        throw new ApiException("BODY_MALFORMED", "expected=a JSON object");
      }
      return new Body(node);
    } catch (JacksonException e) {
      // Its own text would quote the body, and with it perhaps a password.
      throw new ApiException("BODY_MALFORMED", e.getLocation() == null ? ""
          : "line=" + e.getLocation().getLineNr() + " column=" + e.getLocation().getColumnNr());
    }
  }

  /// A text of 1 to `longest` characters without control characters.
  ///
  /// @throws ApiException FIELD_MISSING, FIELD_INVALID
  String text(String field, int longest) {
    JsonNode value = present(field);
    if (!value.isString()) {
      throw invalid(field, "a text");
    }
    String text = value.stringValue().strip();
    if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
      throw invalid(field, "a text of 1 to " + longest + " characters on one line");
    }
    return text;
  }

  String text(String field, int longest, String fallback) {
    return has(field) ? text(field, longest) : fallback;
  }

  /// Why something is done, where it must be said.
  String reason() {
    return text("reason", LONGEST_REASON);
  }

  /// Why something is done, empty if nobody says.
  String reasonOrNone() {
    return text("reason", LONGEST_REASON, "");
  }

  /// A text that is sealed where it is kept, such as a telephone number: too few are possible for a hash to hide it.
  String hidden(String field, int longest) {
    secrets.add(field);
    return text(field, longest, "");
  }

  /// A secret as typed: neither stripped nor shown.
  char[] secret(String field) {
    JsonNode value = present(field);
    if (!value.isString()) {
      throw invalid(field, "a text");
    }
    secrets.add(field);
    return value.stringValue().toCharArray();
  }

  /// Whether something was read that may not be kept, not even as a hash.
  boolean holdsSecrets() {
    return !secrets.isEmpty();
  }

  /// What remains, as text.
  String withoutSecrets() {
    ObjectNode rest = ((ObjectNode) node).deepCopy();
    secrets.forEach(rest::remove);
    return rest.toString();
  }

  /// An amount of money: a text such as `12.50` with at most two places, more than 0.
  long amount(String field) {
    JsonNode value = present(field);
    long minor = value.isString() ? decimal(field, value.stringValue()) : 0;
    if (!value.isString() || minor <= 0) {
      throw invalid(field, "a text such as \"12.50\", more than 0, at most two places");
    }
    return minor;
  }

  /// An amount that may be 0.
  long amountOrZero(String field) {
    if (!has(field)) {
      return 0;
    }
    JsonNode value = present(field);
    long minor = value.isString() ? decimal(field, value.stringValue()) : -1;
    if (minor < 0) {
      throw invalid(field, "a text such as \"12.50\", 0 or more, at most two places");
    }
    return minor;
  }

  private static long decimal(String field, String text) {
    // Not 1e3, +5 or digits of other scripts: whoever sends those means something else or looks for a hole.
    if (!AMOUNT.matcher(text).matches()) {
      throw invalid(field, "a text such as \"12.50\", at most two places");
    }
    return Money.parseDecimal(text);
  }

  /// An amount that is not 0, with a minus sign if it is taken.
  long signedAmount(String field) {
    JsonNode value = present(field);
    long minor = value.isString() ? decimal(field, value.stringValue()) : 0;
    if (minor == 0) {
      throw invalid(field, "a text such as \"12.50\" or \"-12.50\", not 0, at most two places");
    }
    return minor;
  }

  /// A moment by ISO 8601 in UTC, as Unix milliseconds; 0 if there is none.
  long timeOrZero(String field) {
    if (!has(field)) {
      return 0;
    }
    try {
      return Instant.parse(text(field, 40)).toEpochMilli();
    } catch (DateTimeException | ArithmeticException _) {
      throw invalid(field, "a time such as 2026-11-21T12:00:00Z");
    }
  }

  /// A list of objects.
  List<Body> list(String field, int most) {
    JsonNode value = present(field);
    if (!value.isArray() || value.isEmpty() || value.size() > most) {
      throw invalid(field, "a list of 1 to " + most + " objects");
    }
    List<Body> all = new ArrayList<>();
    for (JsonNode each : value) {
      if (!each.isObject()) {
        throw invalid(field, "a list of 1 to " + most + " objects");
      }
      all.add(new Body(each));
    }
    return all;
  }

  /// A whole number.
  long number(String field, long least, long most) {
    JsonNode value = present(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least
        || value.longValue() > most) {
      throw invalid(field, "a whole number from " + least + " to " + most);
    }
    return value.longValue();
  }

  boolean flag(String field, boolean fallback) {
    if (!has(field)) {
      return fallback;
    }
    JsonNode value = present(field);
    if (!value.isBoolean()) {
      throw invalid(field, "true or false");
    }
    return value.booleanValue();
  }

  /// One of an enumeration's names.
  <E extends Enum<E>> E choice(String field, Class<E> type) {
    String text = text(field, 64);
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw invalid(field, "one of " + java.util.Arrays.toString(type.getEnumConstants()));
  }

  <E extends Enum<E>> E choice(String field, Class<E> type, E fallback) {
    return has(field) ? choice(field, type) : fallback;
  }

  /// A JSON object as it came, without blanks; empty if there is none.
  String objectOrNone(String field) {
    if (!has(field)) {
      return "";
    }
    JsonNode value = present(field);
    if (!value.isObject()) {
      throw invalid(field, "an object");
    }
    return value.toString();
  }

  boolean has(String field) {
    read.add(field);
    return node.hasNonNull(field);
  }

  /// To be called once everything was read.
  ///
  /// @throws ApiException FIELD_UNKNOWN
  void refuseUnknown() {
    for (String name : node.propertyNames()) {
      if (!read.contains(name)) {
        throw new ApiException("FIELD_UNKNOWN", "field=" + quoted(name));
      }
    }
  }

  private JsonNode present(String field) {
    @Nullable
    JsonNode value = has(field) ? node.get(field) : null;
    if (value == null) {
      throw new ApiException("FIELD_MISSING", "field=" + field);
    }
    return value;
  }

  private static ApiException invalid(String field, String allowed) {
    return new ApiException("FIELD_INVALID", "field=" + field + " allowed=" + allowed);
  }

  /// What a stranger named goes into an answer and a log line.
  static String quoted(String text) {
    String line = text.replaceAll("[^\\p{Alnum}._/-]", "?");
    return line.substring(0, Math.min(line.length(), 40));
  }
}

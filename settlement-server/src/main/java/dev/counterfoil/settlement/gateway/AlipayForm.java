package dev.counterfoil.settlement.gateway;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Forms as browsers send them, in UTF-8.
final class AlipayForm {

  private AlipayForm() {}

  static String write(SortedMap<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
            + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// @throws MalformedMessageException also if a name occurs twice: which one was signed would be a guess
  static SortedMap<String, String> read(byte[] body) throws MalformedMessageException {
    var parameters = new TreeMap<String, String>();
    for (String pair : new String(body, StandardCharsets.UTF_8).strip().split("&")) {
      int equals = pair.indexOf('=');
      if (equals < 1 || parameters.put(decode(pair.substring(0, equals)),
          decode(pair.substring(equals + 1))) != null) {
        throw new MalformedMessageException("no form, or a name twice");
      }
    }
    return parameters;
  }

  private static String decode(String text) throws MalformedMessageException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new MalformedMessageException("no form");
    }
  }
}

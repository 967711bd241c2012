package dev.counterfoil.settlement.app;

import dev.counterfoil.settlement.circuit.CircuitTerms;
import dev.counterfoil.settlement.gateway.AlipayGateway;
import dev.counterfoil.settlement.gateway.WechatGateway;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads what belongs to payment gateways. One of which anything is said must be there as a whole: half a gateway would
/// take orders and believe no answer.
final class GatewayConfigReader {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern KEYS = Pattern
      .compile(" *[A-Za-z0-9_-]{1,64}=[^,=]+(, *[A-Za-z0-9_-]{1,64}=[^,=]+)*");
  private static final Pattern LOOPBACK = Pattern
      .compile("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?/.*");
  private static final String AN_ID = "letters, digits, - or _, as on the gateway's own page";
  private static final String A_FILE = "the path of a file";
  private static final String AN_ADDRESS = "an https address, or one of this machine";
  private static final List<String> WECHAT = List.of("merchant-id", "app-id", "serial", "key",
      "platform-keys", "api-v3-key", "notify-url");
  private static final List<String> ALIPAY = List.of("app-id", "key", "public-key", "notify-url");

  private final SettingsTable table;

  GatewayConfigReader(SettingsTable table) {
    this.table = table;
  }

  GatewayConfig read() {
    return new GatewayConfig(wechat(), alipay(),
        table.duration("gateway.timeout", Duration.ofSeconds(10), Duration.ofSeconds(1),
            Duration.ofSeconds(60)),
        circuits());
  }

  private Optional<GatewayConfig.Wechat> wechat() {
    String section = "gateway.wechat.";
    URI address = address(section, WechatGateway.PUBLIC_ADDRESS);
    if (isSilent(section, WECHAT)) {
      return Optional.empty();
    }
    return Optional.of(new GatewayConfig.Wechat(address, id(section + "merchant-id"),
        id(section + "app-id"), id(section + "serial"), file(section + "key"),
        keys(section + "platform-keys"), file(section + "api-v3-key"), callback(section)));
  }

  private Optional<GatewayConfig.Alipay> alipay() {
    String section = "gateway.alipay.";
    URI address = address(section, AlipayGateway.PUBLIC_ADDRESS);
    if (isSilent(section, ALIPAY)) {
      return Optional.empty();
    }
    return Optional.of(new GatewayConfig.Alipay(address, id(section + "app-id"), file(section + "key"),
        file(section + "public-key"), callback(section)));
  }

  /// Asks for every key, so that each is known.
  private boolean isSilent(String section, List<String> keys) {
    return keys.stream().filter(key -> !table.text(section + key, "").isEmpty()).toList().isEmpty();
  }

  private String id(String key) {
    return table.text(key, "", ID.asMatchPredicate(), AN_ID);
  }

  private Path file(String key) {
    return Path.of(table.text(key, "", text -> !text.isBlank() && text.indexOf('\0') < 0, A_FILE));
  }

  private Map<String, Path> keys(String key) {
    String listed = table.text(key, "", KEYS.asMatchPredicate(),
        "ID=FILE of WeChat's public keys, with commas between them");
    var keys = new LinkedHashMap<String, Path>();
    Stream.of(listed.split(",")).map(String::strip).map(each -> each.split("=", 2))
        .forEach(each -> keys.put(each[0], Path.of(each[1].strip())));
    return keys;
  }

  private String callback(String section) {
    return table.text(section + "notify-url", "", GatewayConfigReader::isAddress,
        AN_ADDRESS + " that the gateway reaches; without a query");
  }

  private URI address(String section, URI fallback) {
    return URI.create(table.text(section + "address", fallback.toString(),
        text -> isAddress(text + "/"), AN_ADDRESS));
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getQuery() == null && uri.getHost() != null
          && ("https".equals(uri.getScheme()) || LOOPBACK.matcher(text).matches());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private CircuitTerms circuits() {
    CircuitTerms known = CircuitTerms.DEFAULT;
    int window = table.integer("circuit.window", known.window(), 1, 64);
    return new CircuitTerms(window,
        table.integer("circuit.least-calls", Math.min(known.leastCalls(), window), 1, window),
        table.integer("circuit.failure-percent", known.failurePercent(), 1, 100),
        table.duration("circuit.open-for", known.openFor(), Duration.ofSeconds(1), Duration.ofHours(1)),
        table.integer("circuit.probes", known.probes(), 1, 100));
  }
}

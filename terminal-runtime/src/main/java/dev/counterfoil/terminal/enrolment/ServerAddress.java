package dev.counterfoil.terminal.enrolment;

/// Where terminals find their server.
///
/// @param host name or address
/// @param port 1-65535
public record ServerAddress(String host, int port) {

  /// The port of a server that was told nothing else.
  public static final int DEFAULT_PORT = 7443;

  private static final int MAX_PORT = 65_535;

  public ServerAddress {
    if (host.isBlank() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("expected HOST:PORT with a port from 1 to " + MAX_PORT);
    }
  }

  /// Reads `HOST:PORT`, `[IPV6]:PORT` or `HOST`.
  ///
  /// @throws IllegalArgumentException with the rule
  public static ServerAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean portless = colon < 0 || text.endsWith("]");
    String host = portless ? text : text.substring(0, colon);
    try {
      return new ServerAddress(host.replace("[", "").replace("]", ""),
          portless ? DEFAULT_PORT : Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("expected HOST:PORT with a port from 1 to " + MAX_PORT);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}

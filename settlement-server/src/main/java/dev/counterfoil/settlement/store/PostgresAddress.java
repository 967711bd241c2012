package dev.counterfoil.settlement.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a PostgreSQL database is and who uses it: `postgresql://USER@HOST[:PORT][,HOST[:PORT]...]/DATABASE[?options]`,
/// options as the driver names them. Has no password in it, so it may be shown.
///
/// @param hosts as written, one or several
/// @param options empty, or `a=b&c=d`
public record PostgresAddress(String user, String hosts, String database, String options) {

  /// @return empty if the text is none
  /// @throws IllegalArgumentException if it holds a password, or lacks a user, a host or a database
  public static Optional<PostgresAddress> parse(String text) {
    if (!text.startsWith("postgresql://") && !text.startsWith("postgres://")) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an address: " + e.getReason() + " at " + e.getIndex(), e);
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : decoded(authority.substring(0, at));
    if (user.contains(":")) {
      throw new IllegalArgumentException(
          "a password stands in it for everybody to see: give it by PGPASSWORD or db.password-file");
    }
    String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    String hosts = authority.substring(at + 1);
    if (user.isEmpty() || hosts.isEmpty() || database.isEmpty()) {
      throw new IllegalArgumentException("must be postgresql://USER@HOST/DATABASE");
    }
    return Optional.of(
        new PostgresAddress(user, hosts, database, uri.getRawQuery() == null ? "" : uri.getRawQuery()));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Whether one of its hosts is this machine, as far as the name tells.
  public boolean isOnThisMachine() {
    return Stream.of(hosts.split(",")).anyMatch(host -> host.matches("(localhost|127\\..*|\\[::1])(:\\d+)?"));
  }

  /// For the driver; user and password go beside it.
  public String jdbcUrl() {
    return "jdbc:postgresql://" + hosts + "/" + database + (options.isEmpty() ? "" : "?" + options);
  }

  /// Without options.
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + hosts + "/" + database;
  }
}

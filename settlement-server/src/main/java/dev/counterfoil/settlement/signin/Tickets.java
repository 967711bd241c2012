package dev.counterfoil.settlement.signin;

import dev.counterfoil.settlement.operator.SignIn;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Right passwords that wait for their code. Kept in memory only: after a restart one types the password again.
/// Thread-safe.
final class Tickets {

  /// More right passwords than that do not come within two minutes.
  private static final int MOST = 1000;
  private static final int LENGTH = 24;

  private final Map<String, Holder> open = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Holder> eldest) {
      return size() > MOST;
    }
  };

  record Holder(int site, SignIn.Pending pending) {}

  synchronized String issue(Holder holder, RandomGenerator random, Instant now) {
    open.values().removeIf(each -> !now.isBefore(each.pending().until()));
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    open.put(ticket, holder);
    return ticket;
  }

  synchronized Optional<Holder> find(String ticket, Instant now) {
    return Optional.ofNullable(open.get(ticket)).filter(each -> now.isBefore(each.pending().until()));
  }

  synchronized void remove(String ticket) {
    open.remove(ticket);
  }
}

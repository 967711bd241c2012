package dev.counterfoil.settlement.payment;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.circuit.Circuits;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.gateway.BillAnswer;
import dev.counterfoil.settlement.gateway.CallbackReading;
import dev.counterfoil.settlement.gateway.CallbackReceipt;
import dev.counterfoil.settlement.gateway.GatewayDesk;
import dev.counterfoil.settlement.gateway.GatewayEffect;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.PaymentGateway;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configured gateways of a site, with whoever goes on asking them: some virtual threads each, so that a gateway that is
/// silent for ten seconds an answer holds up neither the other one nor all of its own orders. Thread-safe; methods that
/// call a gateway block for as long as it does, 10 s by default.
public final class Gateways implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);
  /// More than one wakes the same orders at once; comparing and setting makes that one question.
  private static final int ASKERS = 4;
  private static final long ROUND_MILLIS = 1000;

  private final int site;
  private final Map<GatewayName, Desk> desks = new EnumMap<>(GatewayName.class);
  private final List<Thread> askers = new ArrayList<>();
  private volatile boolean running = true;

  private record Desk(GatewayLine line, GatewayDesk desk) {}

  /// @param site whose recharges they collect
  public Gateways(List<GatewayLine> lines, CoreAccess core, int site, Circuits circuits,
      InstantSource clock) {
    this.site = site;
    for (GatewayLine line : lines) {
      var orders = new StoredOrders(core, site, line.name(), clock);
      desks.put(line.name(),
          new Desk(line, new GatewayDesk(new GuardedGateway(line.gateway(), circuits), orders, clock)));
    }
  }

  /// Begins to ask what is due.
  public void start() {
    desks.forEach((name, desk) -> {
      for (int i = 0; i < ASKERS; i++) {
        askers.add(Thread.ofVirtual().name("gateway-" + name + "-" + i).start(() -> askUntilStopped(desk)));
      }
    });
  }

  /// Whether recharges of a site can be collected that way.
  public boolean has(int wantedSite, GatewayName name) {
    return wantedSite == site && desks.containsKey(name);
  }

  public int site() {
    return site;
  }

  /// How a gateway is asked.
  public Optional<PaymentGateway> gateway(GatewayName name) {
    return Optional.ofNullable(desks.get(name)).map(desk -> desk.line().gateway());
  }

  /// Fetches a gateway's bill of a day.
  ///
  /// @return empty if the site has no such gateway
  public Optional<BillAnswer> bill(int wantedSite, GatewayName name, LocalDate day) {
    return has(wantedSite, name) ? gateway(name).map(gateway -> gateway.bill(day)) : Optional.empty();
  }

  /// Asks what a commit of somebody else wants asked; an answer that tells nothing is no failure.
  public void ask(GatewayName name, TransactionId order, List<GatewayEffect.Call> calls) {
    if (!calls.isEmpty()) {
      desk(name).ask(order.toString(), calls);
    }
  }

  /// Takes a callback as it came.
  ///
  /// @return what to tell the gateway
  public CallbackReceipt notified(GatewayName name, Function<String, Optional<String>> header, byte[] body) {
    CallbackReading reading = Objects.requireNonNull(desks.get(name)).line().callbacks().read(header, body);
    return desk(name).notified(reading);
  }

  /// Goes on with what is due, once.
  public void wake() {
    desks.values().forEach(desk -> desk.desk().wake());
  }

  private GatewayDesk desk(GatewayName name) {
    return Objects.requireNonNull(desks.get(name), "no gateway " + name).desk();
  }

  private void askUntilStopped(Desk desk) {
    while (running) {
      try {
        Thread.sleep(ROUND_MILLIS);
        desk.desk().wake();
      } catch (InterruptedException _) {
        return;
      } catch (RefusedException e) {
        // The core has too much to do: what is due stays due.
        LOG.warn("event=gateway_later gateway={} code={}", desk.line().name(), e.code());
      } catch (RuntimeException e) {
        LOG.error("event=gateway_stumbled gateway={}", desk.line().name(), e);
      }
    }
  }

  /// Ends what is under way; an answer that is lost with it is asked for again after the next start.
  @Override
  public void close() {
    running = false;
    askers.forEach(Thread::interrupt);
    try {
      for (Thread asker : askers) {
        asker.join(ROUND_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

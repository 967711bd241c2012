package dev.counterfoil.sim.replay;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.sim.demo.ReplaySite;
import dev.counterfoil.sim.hosted.HostedTerminal;
import dev.counterfoil.sim.load.LoadEnrolment;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Plays a plan day by day: within a day the machines run beside each other, and no machine begins the next day before
/// all have ended this one.
final class ReplayRun {

  private static final String OPENING = "200.00";
  private static final long READY_SECONDS = 60;
  private static final int PROGRESS_DAYS = 30;

  private final ReplaySite site;
  private final ReplayPlan plan;
  private final int cardholders;
  private final RandomGenerator random;
  private final SignatureVerifier signatures;
  private final PrintStream out;

  ReplayRun(ReplaySite site, ReplayPlan plan, int cardholders, RandomGenerator random,
      SignatureVerifier signatures,
      PrintStream out) {
    this.site = site;
    this.plan = plan;
    this.cardholders = cardholders;
    this.random = random;
    this.signatures = signatures;
    this.out = out;
  }

  static String label(int holder) {
    return String.format(Locale.ROOT, "card-%03d", holder);
  }

  /// Returns when every sale is settled.
  void play(List<String> devices) throws Exception {
    long started = System.nanoTime();
    List<CardToken> cards = new ArrayList<>();
    for (int i = 0; i < cardholders; i++) {
      cards
          .add(CardToken.parse(site.admit(label(i), String.format(Locale.ROOT, "04C0FFEE%06X", i), OPENING)));
    }
    out.printf(Locale.ROOT, "server ready at %s; %d cardholders with %s each%n", site.http(), cardholders,
        OPENING);
    Map<String, ReplayMachine> machines = machines(devices, cards);
    try {
      playDays(machines);
      awaitDrained(machines);
    } finally {
      machines.values().forEach(machine -> machine.terminal().close());
    }
    out.printf(Locale.ROOT, "played in %.1f s%n", (System.nanoTime() - started) / 1e9);
  }

  private Map<String, ReplayMachine> machines(List<String> devices, List<CardToken> cards) throws Exception {
    Instant opening = plan.sales().getFirst().at().minusSeconds(3_600);
    var machines = new LinkedHashMap<String, ReplayMachine>();
    var enrolment = new LoadEnrolment(site.link(), new SecureRandom());
    for (String device : devices) {
      LoadEnrolment.Member member = enrolment.enrol(site.enrolmentCode(device), "board-" + device);
      var clock = new ReplayClock(opening);
      var terminal = new HostedTerminal(
          new HostedTerminal.Setup(device, site.folder().terminal(device), member,
              site.link(), SaleSettings.of(new SaleMode.Keyed(), "USD"), clock, random, signatures))
          .start();
      machines.put(device, new ReplayMachine(terminal, clock, cards, site.taps()));
    }
    for (ReplayMachine machine : machines.values()) {
      await(machine.terminal().name() + " to reach the server", () -> machine.terminal().isOnline());
    }
    out.printf(Locale.ROOT, "%d terminals enrolled and online%n", machines.size());
    return machines;
  }

  private void playDays(Map<String, ReplayMachine> machines) throws Exception {
    var days = new TreeMap<LocalDate, Map<String, List<ReplayPlan.Sale>>>();
    for (ReplayPlan.Sale sale : plan.sales()) {
      days.computeIfAbsent(sale.at().atZone(ZoneOffset.UTC).toLocalDate(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(sale.basket().device(), _ -> new ArrayList<>()).add(sale);
    }
    int done = 0;
    int day = 0;
    try (ExecutorService drivers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var today : days.entrySet()) {
        var running = new ArrayList<Future<?>>();
        today.getValue().forEach((device, sales) -> running.add(drivers.submit(() -> {
          ReplayMachine machine = Objects.requireNonNull(machines.get(device), device);
          for (ReplayPlan.Sale sale : sales) {
            machine.play(sale);
          }
          return null;
        })));
        for (Future<?> one : running) {
          one.get();
        }
        done += today.getValue().values().stream().mapToInt(List::size).sum();
        if (++day % PROGRESS_DAYS == 0 || day == days.size()) {
          out.printf(Locale.ROOT, "%s: %,d of %,d sales%n", today.getKey(), done, plan.sales().size());
        }
      }
    }
  }

  private static void awaitDrained(Map<String, ReplayMachine> machines) throws InterruptedException {
    for (ReplayMachine machine : machines.values()) {
      await(machine.terminal().name() + " to hand in everything", () -> machine.terminal().isDrained());
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      Thread.sleep(20);
    }
  }
}

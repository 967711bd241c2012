package dev.counterfoil.sim.world;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.sim.world.oracle.DeliveryAudit;
import dev.counterfoil.sim.world.oracle.LedgerAudit;
import dev.counterfoil.sim.world.oracle.MealAudit;
import dev.counterfoil.sim.world.oracle.OfficeAudit;
import dev.counterfoil.sim.world.oracle.PaperBook;
import dev.counterfoil.sim.world.oracle.PurseAudit;
import dev.counterfoil.sim.world.oracle.ReferenceLedger;
import dev.counterfoil.sim.world.oracle.TimeAudit;
import dev.counterfoil.sim.world.oracle.TrailAudit;
import dev.counterfoil.sim.world.server.ServerMachine;
import dev.counterfoil.sim.world.terminal.TerminalMachine;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is looked at in one run: some of it again and again while things happen, all of it at the end.
final class FleetAudit {
  /// Holds are swept every few seconds; a server that was down sweeps when it is back.
  private static final long HOLD_SLACK_MILLIS = 5 * 60_000;
  /// Longest life of a hold at a counter.
  private static final long HOLD_MILLIS = 15 * 60_000;
  /// Two of each terminal's, and those that a break left behind until the server hears of it.
  private static final int CONNECTIONS_PER_PLACE = 4;

  private final World world;
  private final ServerMachine server;
  private final List<TerminalMachine> terminals;
  private @Nullable Books audited;

  /// The audits of one store, which go on from where they were.
  private record Books(SettlementReads rows, LedgerAudit ledger, TimeAudit times, PurseAudit purses) {

    static Books of(SettlementReads rows, PaperBook paper) {
      return new Books(rows, new LedgerAudit(rows, World.SITE),
          new TimeAudit(rows, World.SITE, World.START_MILLIS, HOLD_MILLIS),
          new PurseAudit(rows, World.SITE, paper));
    }
  }

  FleetAudit(World world, ServerMachine server, List<TerminalMachine> terminals) {
    this.world = world;
    this.server = server;
    this.terminals = terminals;
  }

  /// May be asked at any moment. A server that is down has nothing to show.
  void look() {
    bounds();
    if (server.isUp()) {
      look(books());
      server.audit();
    }
  }

  /// As [#look], with every row of the books read again.
  void lookAtAll() {
    audited = null;
    look();
  }

  private Books books() {
    Books known = audited;
    if (known == null || known.rows != server.books()) {
      known = Books.of(server.books(), server.paper());
      audited = known;
    }
    return known;
  }

  private void look(Books books) {
    long now = world.trueMillis();
    books.ledger.verify(now, HOLD_SLACK_MILLIS);
    books.times.verify(now);
    books.purses.verify(now);
    for (int number = 1; number <= terminals.size(); number++) {
      books.times.verifySales(number, now);
    }
  }

  /// I-24: what waits somewhere is bounded by the size of the fleet, never by how long things have gone wrong.
  private void bounds() {
    int places = world.scale().terminals() + world.clones();
    int open = world.network().openConnections();
    require(open <= CONNECTIONS_PER_PLACE * places, "I-24",
        open + " connections are open for " + places + " terminals");
    for (TerminalMachine terminal : terminals) {
      require(terminal.unsyncedMirror() <= TerminalMachine.MOST_UNSYNCED, "I-24",
          () -> terminal.unsyncedMirror() + " records wait for the mirror of terminal " + terminal.place());
    }
  }

  /// When everything has drained: what was delivered is what happened.
  void deliver() {
    ReferenceLedger reference = new ReferenceLedger();
    world.holders().all().forEach(holder -> reference.open(holder.account(), holder.openingMinor()));
    server.paper().entries().forEach(entry -> reference.take(entry.name(), entry.deed()));
    terminals.stream().filter(terminal -> !server.isFrozen(terminal.terminalId()))
        .forEach(server::requireNewestList);
    new OfficeAudit(server.books(), World.SITE, server.paper()).verify();
    new TrailAudit(server.books(), World.SITE, server.paper()).verify(server.auditKey(),
        world.signers().verifier(), world.random(22, 0));
    new DeliveryAudit(server.books(), World.SITE, world.truth(), frozen()).verify(reference);
    if (world.scale().mealCounters() > 0) {
      List<String> problems = MealAudit.problems(server.books(), World.SITE);
      require(problems.isEmpty(), "ordered meals", problems::toString);
      if (world.swarm().rollbacksPerThousandDays() == 0) {
        List<String> twice = MealAudit.twiceAtOne(server.books(), World.SITE);
        require(twice.isEmpty(), "ordered meals", () -> "handed out twice: " + twice);
      }
    }
    server.coverage(world.coverage());
    if (reference.purses().waited()) {
      world.coverage().reach(NamedState.LAPSE_WAITED_FOR_A_PURCHASE);
    }
  }

  private TreeSet<Integer> frozen() {
    var frozen = new TreeSet<Integer>();
    for (int i = 0; i < terminals.size(); i++) {
      if (server.isFrozen(terminals.get(i).terminalId())) {
        frozen.add(i);
        require(world.truth().terminal(i).hasTwoHistories(), "I-14",
            "terminal " + i + " is frozen and has one history");
      }
    }
    return frozen;
  }
}

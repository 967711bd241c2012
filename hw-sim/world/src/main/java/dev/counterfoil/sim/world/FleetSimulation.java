package dev.counterfoil.sim.world;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.sim.world.disk.DiskFault;
import dev.counterfoil.sim.world.server.MealOffice;
import dev.counterfoil.sim.world.server.CommitFault;
import dev.counterfoil.sim.world.server.ServerMachine;
import dev.counterfoil.sim.world.terminal.Customers;
import dev.counterfoil.sim.world.terminal.TerminalMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One run: a fleet of terminals and their server, some days of taps and faults, then peace, and the reckoning.
///
/// Two phases that never mix. Safety: anything may happen, and no invariant may break. Liveness: faults end, and
/// everything must drain within [#DRAIN_MILLIS], be classified, and fall silent.
public final class FleetSimulation implements Victims {
  /// Longest virtual time from the end of the faults until the last backlog is settled (I-25).
  public static final long DRAIN_MILLIS = 15 * 60_000;
  private static final long MINUTE = 60_000_000;
  private static final long CHECK_EVERY = 120 * MINUTE;
  private static final long QUIET_FOR = 20 * MINUTE;

  private final World world;
  private final ServerMachine server;
  private final List<TerminalMachine> terminals = new ArrayList<>();
  private final List<TerminalMachine> clones = new ArrayList<>();
  private final SplittableRandom random;
  private final FleetAudit audit;
  private long drainMillis = -1;

  public FleetSimulation(World world, Ports ports) {
    this.world = world;
    this.server = new ServerMachine(world, ports);
    this.random = world.random(77, 0);
    this.audit = new FleetAudit(world, server, terminals);
    for (int i = 0; i < world.scale().terminals(); i++) {
      terminals.add(server.enrol(i));
    }
  }

  /// Runs one seed to its end and reports; a broken invariant is part of the report, not an exception.
  public static RunReport run(Swarm swarm, Scale scale, Signers signers, Ports ports) {
    World world = World.of(swarm, scale, signers);
    RuntimeException broken = null;
    FleetSimulation simulation = null;
    try {
      simulation = new FleetSimulation(world, ports);
      simulation.safety();
      simulation.liveness();
      simulation.reckoning();
    } catch (InvariantViolation violation) {
      broken = violation;
    } catch (RuntimeException defect) {
      broken = new InvariantViolation("no crash of a core", world.queue().nowMillis() + " ms: " + defect,
          defect);
    }
    return report(world, simulation, broken);
  }

  private static RunReport report(World world, @Nullable FleetSimulation simulation,
      @Nullable RuntimeException broken) {
    long settled = simulation == null || broken != null ? 0 : simulation.server.settledSales();
    long drain = simulation == null ? -1 : simulation.drainMillis;
    return new RunReport(world.swarm().seed(), world.scale(), world.trace().finish(),
        world.queue().executed(),
        world.tally().taps(), world.tally().approvals(), world.tally().declines(), settled, drain,
        world.script().counters(), world.script().lines(), world.coverage().counts(), broken);
  }

  private void safety() {
    terminals
        .forEach(terminal -> world.queue().after(DayPlan.OPENS - 60 * MINUTE + random.nextLong(55 * MINUTE),
            EventTag.TERMINAL_BOOT, terminal.place(),
            terminal::boot));
    Customers customers = new Customers(world, terminals);
    MealOffice meals = new MealOffice(world, server);
    for (int day = 0; day < world.scale().days(); day++) {
      customers.come(day);
      if (world.scale().mealCounters() > 0) {
        meals.work(day);
      }
      backUps(day);
    }
    new FaultPlanner(world.queue(), world.script(), world.swarm(), world.scale(), this, world.network())
        .plan();
    long end = (world.scale().days() - 1) * DayPlan.DAY + DayPlan.CLOSES + 30 * MINUTE;
    for (long at = CHECK_EVERY; at < end; at += CHECK_EVERY) {
      world.queue().at(at, EventTag.CHECK, -1, audit::look);
    }
    while (world.queue().runNext(end)) {
      // Everything happens inside the events.
    }
  }

  private void backUps(int day) {
    if (world.swarm().rollbacksPerThousandDays() == 0) {
      return;
    }
    // Images are big: of a big town's terminals a hundred are imaged, the others have nothing to go back to.
    int each = Math.max(1, terminals.size() / 100);
    for (TerminalMachine terminal : terminals.stream().filter(one -> one.place() % each == 0).toList()) {
      for (int i = 0; i < 3; i++) {
        world.queue().at(day * DayPlan.DAY + DayPlan.OPENS + random.nextLong(12 * 60 * MINUTE),
            EventTag.CHECK,
            terminal.place(), terminal::backUp);
      }
    }
  }

  private void liveness() {
    world.network().calm();
    server.heal();
    terminals.forEach(TerminalMachine::heal);
    clones.forEach(TerminalMachine::retire);
    long start = world.queue().nowMicros();
    long limit = start + DRAIN_MILLIS * 1000;
    long nextLook = start;
    while (drainMillis < 0) {
      require(world.queue().runNext(limit), "I-25",
          "not drained after " + DRAIN_MILLIS + " ms: " + stragglers());
      if (world.queue().nowMicros() >= nextLook) {
        nextLook = world.queue().nowMicros() + 1_000_000;
        drainMillis = isDrained() ? (world.queue().nowMicros() - start) / 1000 : -1;
      }
    }
    world.coverage().reach(NamedState.BACKLOG_DRAINED);
  }

  private boolean isDrained() {
    return server.isIdle() && terminals.stream().allMatch(this::isDrained);
  }

  private boolean isDrained(TerminalMachine terminal) {
    return server.isFrozen(terminal.terminalId())
        || terminal.isOn()
            && server.settledSeq(terminal.terminalId()) == terminal.image().state().head().seq()
            && terminal.image().state().ack().receivedSeq() == terminal.image().state().head().seq();
  }

  private String stragglers() {
    StringBuilder text = new StringBuilder();
    terminals.stream().filter(terminal -> !isDrained(terminal)).limit(5)
        .forEach(terminal -> text.append(terminal.place())
            .append(terminal.isOn() ? " at " : " off at ").append(terminal.image().state().head())
            .append(" of ")
            .append(server.settledSeq(terminal.terminalId())).append(" barred ")
            .append(terminal.image().state().barred())
            .append("; "));
    return text.toString();
  }

  /// What must hold when nothing is left to do, and that nothing more is then said or written.
  private void reckoning() {
    // What the server keeps for its next round of news is still business.
    long news = world.queue().nowMicros() + world.newsMicros() + MINUTE;
    while (world.queue().runNext(news)) {
      // The last changes reach everybody.
    }
    long written = terminals.stream().mapToLong(terminal -> terminal.image().state().head().seq()).sum();
    long spoken = server.framesOfBusiness();
    long until = world.queue().nowMicros() + QUIET_FOR;
    while (world.queue().runNext(until)) {
      // Pings only.
    }
    long writtenNow = terminals.stream().mapToLong(terminal -> terminal.image().state().head().seq()).sum();
    require(writtenNow == written, "idle link goes quiet",
        (writtenNow - written) + " records written while idle");
    require(server.framesOfBusiness() == spoken, "idle link goes quiet",
        (server.framesOfBusiness() - spoken) + " frames beside pings while idle: " + server.lastBusiness());
    world.coverage().reach(NamedState.LINK_WENT_QUIET);
    audit.lookAtAll();
    audit.deliver();
  }

  // --- what faults do ---

  @Override
  public void cutPower(int terminal, DiskFault where, long offMicros) {
    if (where == DiskFault.CUT_AFTER && random.nextBoolean()) {
      terminals.get(terminal).armCutBetweenCommitAndAck(offMicros);
    } else {
      terminals.get(terminal).arm(where, random.nextInt(3), offMicros);
    }
  }

  @Override
  public void cutSeries(int terminal, int cuts) {
    // Without the server and without a trusted clock, so that blind restarts add up.
    world.network().partition(terminal, true, true, 15 * MINUTE);
    terminals.get(terminal).armSeries(cuts);
  }

  @Override
  public void kill(int terminal, long offMicros) {
    if (random.nextBoolean()) {
      terminals.get(terminal).armKillWhenAsked(offMicros);
    } else {
      terminals.get(terminal).kill(offMicros);
    }
  }

  @Override
  public void outageAfterDecision(int terminal, long durationMicros) {
    terminals.get(terminal).armOutageAfterDecision(durationMicros);
  }

  @Override
  public void fillDisk(int terminal, long durationMicros) {
    terminals.get(terminal).fill(durationMicros);
  }

  @Override
  public void failSale(int terminal, boolean kept) {
    terminals.get(terminal).armErrorAtSale(kept ? DiskFault.ERROR_KEPT : DiskFault.ERROR_NOT_KEPT);
  }

  @Override
  public void stallDisk(int terminal, long durationMicros) {
    terminals.get(terminal).stall(durationMicros);
  }

  @Override
  public void rollBack(int terminal) {
    TerminalMachine victim = terminals.get(terminal);
    if (random.nextBoolean()) {
      victim.rollBack();
      return;
    }
    // What is written from now on is known to the medium and its mirror alone, and the medium goes.
    world.network().partition(terminal, true, true, 20 * MINUTE);
    victim.backUp();
    world.queue().after(15 * MINUTE, EventTag.TERMINAL_FAULT, terminal, victim::rollBackToNewest);
  }

  @Override
  public void cloneImage(int terminal) {
    if (clones.size() < world.clones()) {
      world.truth().cloned(terminal);
      boolean lies = random.nextBoolean();
      TerminalMachine clone = terminals.get(terminal).cloneAt(world.scale().terminals() + clones.size(),
          lies);
      clones.add(clone);
      if (lies) {
        terminals.get(terminal).kill(10 * MINUTE);
      }
      clone.boot();
    }
  }

  @Override
  public void loseMirror(int terminal) {
    terminals.get(terminal).loseMirror();
  }

  @Override
  public void stepClock(int terminal, long millis) {
    terminals.get(terminal).stepClock(millis);
  }

  @Override
  public void crashServer(CommitFault where, long downMicros) {
    server.crashAtNextCommit(where, downMicros);
  }

  @Override
  public void restoreServer() {
    server.restore();
  }

  @Override
  public void stallCopy(long durationMicros) {
    server.stallCopy(durationMicros);
  }

  @Override
  public void forge(int terminal) {
    server.forge(terminals.get(terminal));
  }

  @Override
  public void freezeAccount() {
    server.freeze(world.holders().draw(random));
  }

  @Override
  public void denyCard() {
    server.deny(world.holders().draw(random));
  }

  @Override
  public void officeWork() {
    server.officeWork();
  }

  @Override
  public void welfareWork() {
    server.welfareWork();
  }

  @Override
  public void guessPassword() {
    server.guess();
  }

  @Override
  public void rechargeAccount() {
    server.recharge(world.holders().draw(random), 1_000 + random.nextInt(20_000));
  }
}

package dev.counterfoil.sim.world;

import dev.counterfoil.sim.world.disk.DiskFault;
import dev.counterfoil.sim.world.net.ModelNetwork;
import dev.counterfoil.sim.world.server.CommitFault;
import java.util.SplittableRandom;

/// Draws, for one run, what goes wrong at which moment, and schedules it. Everything follows from the swarm
/// parameters, so the script of a seed is the same on every machine.
final class FaultPlanner {
  private static final long SECOND = 1_000_000;
  private static final long DAY_MILLIS = 86_400_000;
  private static final int GUESSES = 60;

  private final EventQueue queue;
  private final FaultScript script;
  private final Swarm swarm;
  private final Scale scale;
  private final Victims victims;
  private final ModelNetwork network;
  private final SplittableRandom random;

  FaultPlanner(EventQueue queue, FaultScript script, Swarm swarm, Scale scale, Victims victims,
      ModelNetwork network) {
    this.queue = queue;
    this.script = script;
    this.swarm = swarm;
    this.scale = scale;
    this.victims = victims;
    this.network = network;
    this.random = new SplittableRandom(swarm.seed() * 131 + 7);
  }

  /// Plans all days of the run, from the opening of the first to the close of the last.
  void plan() {
    for (int day = 0; day < scale.days(); day++) {
      planNetwork(day);
      planPower(day);
      planMedia(day);
      planServer(day);
      planPeople(day);
    }
    // After all others, so that their draws stay where they were.
    for (int day = 0; day < scale.days(); day++) {
      planWriteErrors(day);
    }
    for (int day = 0; day < scale.days(); day++) {
      for (int i = 0; i < Math.max(40, scale.holders() / 6); i++) {
        queue.at(moment(day), EventTag.ADMIN, -1, victims::officeWork);
      }
    }
    for (int day = 0; day < scale.days(); day++) {
      for (int i = 0; i < Math.max(8, scale.terminals() * scale.tapsPerDay() / 40); i++) {
        queue.at(moment(day), EventTag.ADMIN, -1, victims::welfareWork);
      }
      for (int i = 0; i < GUESSES; i++) {
        queue.at(moment(day), EventTag.ADMIN, -1, victims::guessPassword);
      }
    }
  }

  /// Counted when they happen: a terminal may see no sale any more.
  private void planWriteErrors(int day) {
    for (int terminal = 0; terminal < scale.terminals(); terminal++) {
      for (int i = perThousand(swarm.diskFullPerThousandDays() * 4); i > 0; i--) {
        int victim = terminal;
        boolean kept = random.nextBoolean();
        queue.at(moment(day), EventTag.TERMINAL_FAULT, victim, () -> victims.failSale(victim, kept));
      }
    }
  }

  private void planNetwork(int day) {
    each(day, swarm.partitionsPerThousandDays(), FaultKind.PARTITION, terminal -> {
      long duration = random.nextLong(120 * SECOND);
      network.partition(terminal, true, true, duration);
      return duration;
    });
    each(day, swarm.partitionsPerThousandDays() / 2, FaultKind.ASYMMETRIC_PARTITION, terminal -> {
      long duration = random.nextLong(120 * SECOND);
      boolean upwards = random.nextBoolean();
      network.partition(terminal, upwards, !upwards, duration);
      return duration;
    });
    each(day, swarm.partitionsPerThousandDays() / 4, FaultKind.HALF_OPEN, terminal -> {
      network.leaveHalfOpen(terminal);
      return 0;
    });
    each(day, swarm.outagesPerThousandDays(), FaultKind.LONG_OUTAGE, terminal -> {
      if (random.nextBoolean()) {
        victims.outageAfterDecision(terminal, swarm.outageMicros());
      } else {
        network.partition(terminal, true, true, swarm.outageMicros());
      }
      return swarm.outageMicros();
    });
    once(day, swarm.stormsPerDay(), FaultKind.RECONNECT_STORM, () -> {
      network.breakAll();
      return network.openConnections();
    });
  }

  private void planPower(int day) {
    cut(day, FaultKind.CUT_BEFORE_COMMIT, DiskFault.CUT_BEFORE);
    cut(day, FaultKind.CUT_TORN_WRITE, DiskFault.CUT_TORN);
    cut(day, FaultKind.CUT_AFTER_COMMIT, DiskFault.CUT_AFTER);
    each(day, swarm.killsPerThousandDays(), FaultKind.KILL_PROCESS, terminal -> {
      victims.kill(terminal, 2 * SECOND);
      return 0;
    });
    each(day, swarm.cutSeriesPerThousandDays(), FaultKind.CUT_SERIES, terminal -> {
      victims.cutSeries(terminal, 20);
      return 20;
    });
  }

  private void cut(int day, FaultKind kind, DiskFault where) {
    each(day, swarm.powerCutsPerThousandDays() / 3, kind, terminal -> {
      long off = SECOND + random.nextLong(60 * SECOND);
      victims.cutPower(terminal, where, off);
      return off;
    });
  }

  private void planMedia(int day) {
    each(day, swarm.diskFullPerThousandDays(), FaultKind.DISK_FULL, terminal -> {
      long duration = 60 * SECOND + random.nextLong(600 * SECOND);
      victims.fillDisk(terminal, duration);
      return duration;
    });
    each(day, swarm.diskFullPerThousandDays(), FaultKind.DISK_STALL, terminal -> {
      victims.stallDisk(terminal, 10 * SECOND);
      return 10 * SECOND;
    });
    each(day, swarm.rollbacksPerThousandDays(), FaultKind.IMAGE_ROLLED_BACK, terminal -> {
      victims.rollBack(terminal);
      return 0;
    });
    each(day, swarm.clonesPerThousandDays(), FaultKind.IMAGE_CLONED, terminal -> {
      victims.cloneImage(terminal);
      return 0;
    });
    each(day, swarm.mirrorLossPerThousandDays(), FaultKind.MIRROR_LOST, terminal -> {
      victims.loseMirror(terminal);
      return 0;
    });
    each(day, swarm.clockStepsPerThousandDays(), FaultKind.CLOCK_STEP_BACK, terminal -> {
      long back = -1 - random.nextLong(400 * DAY_MILLIS);
      victims.stepClock(terminal, back);
      return back;
    });
    each(day, swarm.clockStepsPerThousandDays(), FaultKind.CLOCK_STEP_FORWARD, terminal -> {
      long ahead = 1 + random.nextLong(400 * DAY_MILLIS);
      victims.stepClock(terminal, ahead);
      return ahead;
    });
  }

  private void planServer(int day) {
    once(day, swarm.serverCrashesPerDay(), FaultKind.SERVER_CRASH_BEFORE_COMMIT,
        () -> crash(CommitFault.CRASH_BEFORE));
    once(day, swarm.serverCrashesPerDay(), FaultKind.SERVER_CRASH_AFTER_COMMIT,
        () -> crash(CommitFault.CRASH_AFTER));
    once(day, perThousand(swarm.serverRestoresPerThousandDays()), FaultKind.SERVER_RESTORED, () -> {
      victims.restoreServer();
      return 0;
    });
    once(day, swarm.copyStallsPerDay(), FaultKind.COPY_STALLED, () -> {
      long duration = random.nextLong(1_800 * SECOND);
      victims.stallCopy(duration);
      return duration;
    });
  }

  private long crash(CommitFault where) {
    long down = SECOND + random.nextLong(40 * SECOND);
    victims.crashServer(where, down);
    return down;
  }

  private void planPeople(int day) {
    each(day, swarm.forgeriesPerThousandDays(), FaultKind.FORGED_BYTES, terminal -> {
      victims.forge(terminal);
      return 0;
    });
    once(day, swarm.freezesPerDay(), FaultKind.ACCOUNT_FROZEN, () -> {
      victims.freezeAccount();
      return 0;
    });
    once(day, swarm.denialsPerDay(), FaultKind.CARD_DENIED, () -> {
      victims.denyCard();
      return 0;
    });
    for (int i = 0; i < scale.holders() / 20; i++) {
      queue.at(moment(day), EventTag.ADMIN, -1, victims::rechargeAccount);
    }
  }

  private interface TerminalFault {
    long happens(int terminal);
  }

  private interface ServerFault {
    long happens();
  }

  private void each(int day, int perThousandDays, FaultKind kind, TerminalFault fault) {
    for (int terminal = 0; terminal < scale.terminals(); terminal++) {
      for (int i = perThousand(perThousandDays); i > 0; i--) {
        int victim = terminal;
        queue.at(moment(day), EventTag.TERMINAL_FAULT, victim,
            () -> script.planned(queue.nowMicros(), kind, victim,
                fault.happens(victim)));
      }
    }
  }

  private void once(int day, int times, FaultKind kind, ServerFault fault) {
    for (int i = 0; i < times; i++) {
      queue.at(moment(day), EventTag.SERVER_FAULT, -1,
          () -> script.planned(queue.nowMicros(), kind, -1, fault.happens()));
    }
  }

  private int perThousand(int rate) {
    return rate / 1_000 + (random.nextInt(1_000) < rate % 1_000 ? 1 : 0);
  }

  private long moment(int day) {
    return day * DayPlan.DAY + DayPlan.OPENS + random.nextLong(DayPlan.CLOSES - DayPlan.OPENS);
  }
}

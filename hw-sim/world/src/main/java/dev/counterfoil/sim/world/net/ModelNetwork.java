package dev.counterfoil.sim.world.net;

import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.FaultKind;
import dev.counterfoil.sim.world.FaultScript;
import dev.counterfoil.sim.world.Swarm;
import dev.counterfoil.sim.world.Trace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Everything between the terminals' boards and the server's socket. Decides, from its own stream of random numbers,
/// what happens to each frame; keeps no frame itself. Memory is bounded by the open connections.
///
/// Single thread. While `calm()` is in force no fault happens (the liveness phase).
public final class ModelNetwork {
  /// Fates of a frame that does not arrive: the connection breaks, or the pipe goes deaf without telling anybody.
  static final long LOST = -1;
  static final long SWALLOWED = -2;

  private static final int MILLION = 1_000_000;
  private static final long SHORT_STALL_MICROS = 4_000_000;
  /// A slow way answers within 0.6 to 2.2 s, so that some decisions come too late.
  private static final long SLOW_LEAST_MICROS = 300_000;
  private static final long SLOW_SPREAD_MICROS = 800_000;
  private static final int LOSSY_ONE_IN = 8;

  private final EventQueue queue;
  private final Trace trace;
  private final FaultScript faults;
  private final Swarm swarm;
  private final SplittableRandom random;
  private final long[] upBlockedUntil;
  private final long[] downBlockedUntil;
  private final Set<ModelConnection> open = new LinkedHashSet<>();
  private final Condition[] conditions;
  private boolean serverReachable = true;
  private boolean calm;
  private long nextId = 1;

  public ModelNetwork(EventQueue queue, Trace trace, FaultScript faults, Swarm swarm, int terminals) {
    this.queue = queue;
    this.trace = trace;
    this.faults = faults;
    this.swarm = swarm;
    this.random = new SplittableRandom(swarm.seed() * 31 + 1);
    this.upBlockedUntil = new long[terminals];
    this.downBlockedUntil = new long[terminals];
    this.conditions = new Condition[terminals];
    java.util.Arrays.fill(conditions, Condition.UP);
  }

  /// Opens a connection, or says that nobody answers (partition, server down).
  public Optional<ModelConnection> connect(int terminal, Endpoint terminalEnd, Endpoint serverEnd) {
    long now = queue.nowMicros();
    if (!serverReachable || conditions[terminal] == Condition.DOWN || upBlockedUntil[terminal] > now
        || downBlockedUntil[terminal] > now) {
      return Optional.empty();
    }
    ModelConnection connection = new ModelConnection(this, nextId++, terminal, terminalEnd, serverEnd);
    open.add(connection);
    return Optional.of(connection);
  }

  public int openConnections() {
    return open.size();
  }

  /// Ends all faults for good.
  public void calm() {
    calm = true;
    java.util.Arrays.fill(upBlockedUntil, 0);
    java.util.Arrays.fill(downBlockedUntil, 0);
  }

  /// The server's machine stops or starts answering. Its connections break.
  public void serverReachable(boolean reachable) {
    serverReachable = reachable;
    if (!reachable) {
      breakAll();
    }
  }

  /// Cuts one or both directions of one terminal for a while. What is sent meanwhile is delayed or swallowed.
  public void partition(int terminal, boolean upwards, boolean downwards, long durationMicros) {
    long until = queue.nowMicros() + durationMicros;
    if (upwards) {
      upBlockedUntil[terminal] = Math.max(upBlockedUntil[terminal], until);
    }
    if (downwards) {
      downBlockedUntil[terminal] = Math.max(downBlockedUntil[terminal], until);
    }
  }

  /// The way between one terminal and the server is like this from now on. One that goes down breaks what stands; the
  /// server hears of it late.
  public void condition(int terminal, Condition condition) {
    conditions[terminal] = condition;
    if (condition == Condition.DOWN) {
      List.copyOf(open).stream().filter(connection -> connection.terminal() == terminal)
          .forEach(connection -> connection.reset(lateNotice()));
    }
  }

  public Condition condition(int terminal) {
    return conditions[terminal];
  }

  public boolean isPartitioned(int terminal) {
    return upBlockedUntil[terminal] > queue.nowMicros() || downBlockedUntil[terminal] > queue.nowMicros();
  }

  /// Every connection breaks at once and all terminals come back together.
  public void breakAll() {
    for (ModelConnection connection : List.copyOf(open)) {
      connection.reset(delay(connection.terminal()));
    }
  }

  /// Breaks one terminal's connections. The server hears of it only when its own time-out ends.
  public void leaveHalfOpen(int terminal) {
    for (ModelConnection connection : List.copyOf(open)) {
      if (connection.terminal() == terminal) {
        connection.halfOpen();
      }
    }
  }

  /// A terminal lost power: the server is not told, as with a pulled plug.
  public void vanish(int terminal) {
    for (ModelConnection connection : List.copyOf(open)) {
      if (connection.terminal() == terminal) {
        connection.terminalVanishes();
      }
    }
  }

  long fate(ModelConnection connection, boolean upwards, FrameLabel label) {
    long delay = delay(connection.terminal());
    if (calm) {
      return delay;
    }
    long blocked = (upwards ? upBlockedUntil : downBlockedUntil)[connection.terminal()] - queue.nowMicros();
    if (blocked > 0) {
      return blocked <= SHORT_STALL_MICROS && random.nextInt(4) != 0 ? blocked + delay : SWALLOWED;
    }
    switch (conditions[connection.terminal()]) {
      case UP -> {
      }
      case SLOW -> delay += SLOW_LEAST_MICROS + random.nextLong(SLOW_SPREAD_MICROS);
      case LOSSY -> {
        if (random.nextInt(LOSSY_ONE_IN) == 0) {
          return LOST;
        }
        delay += random.nextLong(SLOW_LEAST_MICROS);
      }
      case DOWN -> {
        return SWALLOWED;
      }
    }
    if (hit(label == FrameLabel.ACK ? swarm.ackLostPpm() : 0)) {
      faults.counted(FaultKind.ACK_LOST_AFTER_COMMIT);
      return LOST;
    }
    if (hit(swarm.lossPpm() / 10)) {
      faults.counted(FaultKind.FRAME_LOST);
      return LOST;
    }
    if (hit(swarm.resetPpm())) {
      faults.counted(FaultKind.CONNECTION_RESET);
      return LOST;
    }
    return delay + extraDelay(label);
  }

  private long extraDelay(FrameLabel label) {
    if (hit(label == FrameLabel.DECISION ? swarm.lateDecisionPpm() : 0)) {
      faults.counted(FaultKind.DECISION_LATE);
      return 800_000 + random.nextLong(3_000_000);
    }
    if (hit(swarm.slowPpm())) {
      faults.counted(FaultKind.FRAME_DELAYED);
      return random.nextLong(swarm.slowMicros());
    }
    if (hit(swarm.reorderPpm())) {
      // Order holds within a connection; across the two connections of a terminal it need not.
      faults.counted(FaultKind.FRAME_REORDERED);
      return random.nextLong(300_000);
    }
    return 0;
  }

  /// A one-way trip, as drawn for this moment.
  public long delay(int terminal) {
    long spread = calm ? 4_000 : swarm.delayMicros();
    return 500 + (terminal & 7) * 100L + random.nextLong(spread);
  }

  /// How much later than the terminal the server hears of a break.
  long lateNotice() {
    return random.nextLong(120_000_000);
  }

  boolean duplicates() {
    boolean twice = !calm && hit(swarm.duplicatePpm());
    if (twice) {
      faults.counted(FaultKind.FRAME_DUPLICATED);
    }
    return twice;
  }

  void forget(ModelConnection connection) {
    if (!connection.isOpenForBoth()) {
      open.remove(connection);
    }
  }

  EventQueue queue() {
    return queue;
  }

  Trace trace() {
    return trace;
  }

  private boolean hit(int ppm) {
    return ppm > 0 && random.nextInt(MILLION) < ppm;
  }
}

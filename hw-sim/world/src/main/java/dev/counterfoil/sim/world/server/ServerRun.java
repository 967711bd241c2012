package dev.counterfoil.sim.world.server;

import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.settlement.copy.CopyException;
import dev.counterfoil.settlement.copy.CopySteps;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ingest.InnerVerification;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.World;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of the server program, from its start to its crash: the real core with everything around it in virtual
/// time. What it has in memory dies with it; events on their way find it dead.
final class ServerRun {
  /// Holds are swept this often.
  private static final long SWEEP_MICROS = 5_000_000;
  /// The background looks at new records this often: signatures, then the copy.
  private static final long ROUND_MICROS = 10_000_000;
  private static final int VERIFIED_AT_ONCE = 500;
  private static final int COPIED_AT_ONCE = 2_000;

  private final ServerMachine machine;
  private final World world;
  private final SettlementCore core;
  private final LinkLimits limits;
  private final FrameCodec codec;
  private final CoreTurns turns;
  private final ChainVerifier verifier;
  private final Map<Key, ServerLine> live = new HashMap<>();
  private final Set<TerminalId> toLook = new LinkedHashSet<>();
  private long newsAt;
  private boolean changed;
  private boolean dead;

  private record Key(TerminalId terminal, Channel channel) {}

  ServerRun(ServerMachine machine, World world, SettlementCore core, LinkLimits limits) {
    this.machine = machine;
    this.world = world;
    this.core = core;
    this.limits = limits;
    this.codec = new FrameCodec(limits);
    this.verifier = new ChainVerifier(world.signers().verifier());
    this.turns = new CoreTurns(world.queue(), this::commit, machine::guarded);
  }

  void start(List<TerminalId> all) {
    toLook.addAll(all);
    sweepLater();
    roundLater();
  }

  GapWatch gaps() {
    return machine.gaps();
  }

  World world() {
    return world;
  }

  SettlementCore core() {
    return core;
  }

  FrameCodec codec() {
    return codec;
  }

  CoreTurns turns() {
    return turns;
  }

  boolean isDead() {
    return dead;
  }

  long nowMillis() {
    return world.trueMillis();
  }

  /// Each terminal may have a window in flight, and one more from a connection that is being replaced.
  int mostBatches() {
    return (world.scale().terminals() + world.clones()) * limits.windowBatches() * 2;
  }

  boolean isIdle() {
    return turns.isIdle() && toLook.isEmpty();
  }

  void die() {
    dead = true;
    turns.die();
    live.clear();
  }

  // --- lines ---

  ServerLine accept(TerminalId certificate) {
    return new ServerLine(this, certificate, limits);
  }

  @Nullable
  ServerLine current(TerminalId terminal, Channel channel) {
    return live.get(new Key(terminal, channel));
  }

  @Nullable
  ServerLine welcome(ServerLine line, Channel channel) {
    return live.put(new Key(line.terminal(), channel), line);
  }

  void left(ServerLine line) {
    live.remove(new Key(line.terminal(), line.channel()), line);
  }

  void said(TerminalId terminal, Frame frame) {
    machine.said(terminal, frame);
  }

  Decision decide(TerminalId terminal, TransactionId id, Authorize question) {
    return machine.decide(terminal, id, question);
  }

  /// Something changed that terminals keep a copy of.
  void changed() {
    changed = true;
  }

  void look(TerminalId terminal) {
    toLook.add(terminal);
    changed = true;
  }

  // --- what time causes ---

  private void sweepLater() {
    world.queue().after(SWEEP_MICROS, EventTag.SERVER_TIMER, -1, () -> machine.guarded(() -> {
      if (!dead) {
        sweep();
        sweepLater();
      }
    }));
  }

  private void sweep() {
    int ended = core.tick(nowMillis());
    if (ended > 0) {
      changed = true;
      world.coverage().reach(NamedState.HOLD_EXPIRED);
    }
    if (changed && world.queue().nowMicros() >= newsAt) {
      changed = false;
      newsAt = world.queue().nowMicros() + world.newsMicros();
      List.copyOf(live.values()).stream().filter(line -> line.channel() == Channel.CHANNEL_DESK)
          .sorted(java.util.Comparator.comparing(ServerLine::terminal)).forEach(ServerLine::versionsRose);
    }
  }

  private void roundLater() {
    world.queue().after(ROUND_MICROS, EventTag.SERVER_TIMER, -1, () -> machine.guarded(() -> {
      if (!dead) {
        List<TerminalId> all = List.copyOf(toLook);
        toLook.clear();
        all.forEach(this::background);
        roundLater();
      }
    }));
  }

  private void background(TerminalId terminal) {
    for (Optional<InnerVerification.Range> range = next(terminal); range
        .isPresent(); range = next(terminal)) {
      long bad = InnerVerification.firstBad(range.get(), verifier);
      core.innerVerification().verified(range.get(), bad, nowMillis());
      world.trace().effect(-1, "verified", range.get().toSeq());
    }
    try {
      copyAll(terminal);
    } catch (CopyException _) {
      toLook.add(terminal);
    }
  }

  private Optional<InnerVerification.Range> next(TerminalId terminal) {
    return core.innerVerification().next(terminal, VERIFIED_AT_ONCE);
  }

  private void copyAll(TerminalId terminal) {
    int number = core.reads().terminal(terminal).orElseThrow().terminal();
    ModelCopy copy = machine.copy();
    for (boolean more = true; more;) {
      ChainPosition at = copy.position(World.SITE, number);
      if (!core.copySteps().isOurs(terminal, at)) {
        // A clone wrote on after the restore: SAFE stands still until a person moves that terminal's copy aside.
        return;
      }
      Optional<CopySteps.Work> work = core.copySteps().next(terminal, at, COPIED_AT_ONCE, Integer.MAX_VALUE);
      work.ifPresent(next -> copy.append(next.site(), next.number(), next.records()));
      ChainPosition now = copy.position(World.SITE, number);
      if (core.copySteps().copied(terminal, now)) {
        world.coverage().reach(NamedState.SAFE_REACHED);
        tellMarks(terminal);
      }
      more = work.isPresent();
    }
  }

  private void tellMarks(TerminalId terminal) {
    ServerLine line = current(terminal, Channel.CHANNEL_JOURNAL);
    if (line != null) {
      line.marksRose(core.acknowledgement(terminal, nowMillis()));
    }
  }

  private List<IngestResult> commit(List<IngestRequest> requests) {
    List<IngestResult> results = core.push(requests, nowMillis());
    machine.judged(requests, results);
    return results;
  }
}

package dev.counterfoil.sim.world.server;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.balance.Holdings;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.Holders.Holder;
import dev.counterfoil.sim.world.World;
import java.util.SplittableRandom;

/// Somebody asks for a purchase in the last second of his subsidy that takes all he has, and goes away without it: what the
/// purchase needs may not fall back before that.
final class LastSecond {
  private static final long SECOND_MILLIS = 1_000;
  private static final long WAITS_MICROS = 20_000_000;
  private static final int MOST_WAITS_MICROS = 80_000_000;

  private final World world;
  private final ServerMachine server;
  private final SplittableRandom random;

  LastSecond(World world, ServerMachine server) {
    this.world = world;
    this.server = server;
    this.random = world.random(25, 0);
  }

  void plan(Holder holder, long endsMillis) {
    long micros = Math.max(0, endsMillis - SECOND_MILLIS - world.trueMillis()) * 1_000;
    world.queue().after(micros, EventTag.ADMIN, -1,
        () -> server.office(core -> ask(core, holder, server.anyTerminal(random))));
  }

  private void ask(SettlementCore core, Holder holder, TerminalId terminal) {
    long all = core.reads().account(World.SITE, holder.account())
        .map(row -> Holdings.of(core.reads(), row).available()).orElse(0L);
    long amount = Math.min(all, Guesser.THRESHOLD_MINOR - 1);
    if (amount > 0) {
      TransactionId id = TransactionId.draw(world.trueMillis(), random);
      server.decide(terminal, id, Authorize.newBuilder().setAmountMinor(amount).setMode(1)
          .setCurrency(World.CURRENCY).setCardToken(ByteString.copyFrom(holder.card().bytes())).build());
      world.queue().after(WAITS_MICROS + random.nextInt(MOST_WAITS_MICROS), EventTag.ADMIN, -1,
          () -> server.office(later -> later.cancel(terminal, id, world.trueMillis())));
    }
  }
}

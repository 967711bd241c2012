package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.oracle.PaperBook;
import dev.counterfoil.sim.world.oracle.PaperDeed;
import dev.counterfoil.sim.world.oracle.PaperId;
import dev.counterfoil.sim.world.server.Counter.Outcome;
import dev.counterfoil.sim.world.server.Counter.Rule;
import java.util.SplittableRandom;

/// How people at the office pay sales back: whole, in parts, and now and then more than may be.
final class Refunds {
  private final World world;
  private final Counter counter;
  private final PaperBook paper;

  Refunds(World world, Counter counter, PaperBook paper) {
    this.world = world;
    this.counter = counter;
    this.paper = paper;
  }

  /// An amount that somebody asks for, lawful or not.
  long draw(TransactionRow sale, SplittableRandom random) {
    long left = sale.amount() - paper.refundedMinor(name(sale));
    return switch (random.nextInt(6)) {
      case 0 -> left;
      case 1 -> left + 1;
      case 2 -> -1 - random.nextLong(sale.amount());
      default -> 1 + random.nextLong(sale.amount());
    };
  }

  /// @param state what it is to have done it
  void ask(Clerk clerk, TransactionRow sale, long amount, NamedState state) {
    PaperId name = name(sale);
    var rule = new Rule("I-3", () -> amount > 0 && amount <= sale.amount() - paper.refundedMinor(name));
    counter.ask(clerk, "REFUND", name + " " + amount, rule, (core, id, now) -> {
      core.refunds().refund(World.SITE, sale.transaction(), amount, id, now);
      return new Outcome(new PaperDeed.Refunded(name, amount),
          () -> world.coverage().reach(state));
    });
  }

  private static PaperId name(TransactionRow sale) {
    return PaperId.of(sale.transaction());
  }
}

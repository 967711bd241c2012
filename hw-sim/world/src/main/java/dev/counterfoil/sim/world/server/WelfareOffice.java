package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.subsidy.Grant;
import dev.counterfoil.sim.world.DayPlan;
import dev.counterfoil.sim.world.Holders.Holder;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.oracle.PaperBook;
import dev.counterfoil.sim.world.oracle.PaperDeed;
import dev.counterfoil.sim.world.server.Counter.Outcome;
import dev.counterfoil.sim.world.server.Counter.Rule;
import java.util.List;
import java.util.SplittableRandom;

/// Grants subsidies, many of which end on the same day, to holders of whom some have several, and now and then one that was
/// granted before; and pays back meals that were paid from them, whole and in parts. Draws one piece of work at a time.
final class WelfareOffice {
  private static final long MINUTE_MICROS = 60_000_000;
  private static final int MOST_LOOKED_AT = 60;
  private static final int DEPARTMENTS = 3;
  private static final long POOR_MINOR = 5_000;

  private final World world;
  private final ServerMachine server;
  private final PaperBook paper;
  private final Counter counter;
  private final Refunds refunds;
  private final SplittableRandom random;
  private final LastSecond lastSecond;
  private final Clerk clerk = new Clerk(4, "zhao");
  private int names;

  WelfareOffice(World world, ServerMachine server, PaperBook paper) {
    this.world = world;
    this.server = server;
    this.paper = paper;
    this.counter = new Counter(world, server, paper);
    this.refunds = new Refunds(world, counter, paper);
    this.lastSecond = new LastSecond(world, server);
    this.random = world.random(23, 0);
  }

  void work() {
    if (random.nextInt(3) == 0) {
      grant();
    } else {
      payBack();
    }
  }

  private void grant() {
    List<PaperDeed.Granted> before = paper.grants();
    PaperDeed.Granted one = before.isEmpty() ? null : before.get(random.nextInt(before.size()));
    long account = one == null || random.nextInt(3) > 0 ? needy().account() : one.account();
    String name = one != null && random.nextInt(6) == 0 ? one.purse() : "meal/" + ++names;
    long ends = random.nextInt(3) == 0 ? 0 : someTimeToday();
    long amount = 200 + random.nextInt(4_000);
    var grant = new Grant(account, name, amount, ends, random.nextInt(DEPARTMENTS), "a hard month",
        clerk.name());
    counter.ask(clerk, "SUBSIDY", grant.toString(), new Rule("I-5", () -> !paper.wasGranted(account, name)),
        (core, id, now) -> {
          core.subsidies().grant(World.SITE, grant, id, now);
          return new Outcome(new PaperDeed.Granted(account, name, amount, ends), () -> granted(grant));
        });
  }

  /// Every other one is poor.
  private Holder needy() {
    List<Holder> poor = world.holders().all().stream().filter(holder -> holder.openingMinor() < POOR_MINOR)
        .toList();
    return poor.isEmpty() || random.nextBoolean() ? world.holders().draw(random)
        : poor.get(random.nextInt(poor.size()));
  }

  private void granted(Grant grant) {
    world.coverage().reach(NamedState.SUBSIDY_GRANTED);
    if (grant.expiresMs() != 0) {
      lastSecond.plan(world.holders().all().get((int) grant.account() - 1), grant.expiresMs());
    }
  }

  /// Before the counters close, so that what a last purchase still needs has fallen back when the link is to be idle.
  private long someTimeToday() {
    long now = world.queue().nowMicros();
    long closing = now / DayPlan.DAY * DayPlan.DAY + DayPlan.CLOSES + MINUTE_MICROS;
    return world.trueMillis() + 10_000 + random.nextLong(closing - now) / 1_000;
  }

  private void payBack() {
    for (int i = 0; i < MOST_LOOKED_AT; i++) {
      int terminal = 1 + random.nextInt(world.scale().terminals());
      long from = random.nextLong(1 + server.receivedOf(terminal));
      for (TransactionRow row : server.books().transactionsOf(World.SITE, terminal, from, 1)) {
        List<TransferRow> legs = legs(row);
        if (row.kind().isSale() && legs.stream().anyMatch(leg -> leg.reason().equals("SALE_SUBSIDY"))) {
          refunds.ask(clerk, row, refunds.draw(row, random),
              legs.size() > 1 ? NamedState.MIXED_SALE_PAID_BACK : NamedState.SALE_REFUNDED);
          return;
        }
      }
    }
  }

  private List<TransferRow> legs(TransactionRow sale) {
    return server.books().transfersOf(World.SITE, sale.transaction()).stream()
        .filter(leg -> leg.kind().moves()).toList();
  }
}

package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.freeze.FreezeOrder;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.settlement.withdrawal.WithdrawalDesk;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules.Event;
import dev.counterfoil.settlement.withdrawal.WithdrawalWay;
import dev.counterfoil.sim.world.DayPlan;
import dev.counterfoil.sim.world.Holders.Holder;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.oracle.PaperBook;
import dev.counterfoil.sim.world.oracle.PaperDeed;
import dev.counterfoil.sim.world.server.Counter.Outcome;
import dev.counterfoil.sim.world.server.Counter.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// The people at the office: they pay sales back, move money between holders, freeze, pay out and correct, sometimes more
/// than they may, and decide about each other's requests. Draws one piece of work at a time.
final class Office {
  private static final long MINUTE_MICROS = 60_000_000;
  /// More than an int holds, in fen: a department's budget.
  private static final long BUDGET = 3_000_000_000L;

  private final World world;
  private final ServerMachine server;
  private final PaperBook paper;
  private final Counter counter;
  private final Refunds refunds;
  private final SplittableRandom random;
  private final List<Clerk> clerks = List.of(new Clerk(1, "li"), new Clerk(2, "wang"));
  private final List<Waiting> waiting = new ArrayList<>();

  /// A request that the other clerk must decide about.
  ///
  /// @param commit the store's commit that holds it
  private record Waiting(MoneyRequestRow row, Clerk asker, boolean approved, int commit) {}

  Office(World world, ServerMachine server, PaperBook paper) {
    this.world = world;
    this.server = server;
    this.paper = paper;
    this.counter = new Counter(world, server, paper);
    this.refunds = new Refunds(world, counter, paper);
    this.random = world.random(21, 0);
  }

  void restoredTo(int commit) {
    paper.restoredTo(commit);
    waiting.removeIf(one -> one.commit > commit);
  }

  void work() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> refund();
      case 4, 5, 6 -> transfer();
      case 7 -> freeze();
      case 8 -> askForCash();
      case 9 -> askForCorrection();
      case 10 -> reverse();
      default -> decide();
    }
  }

  private Clerk clerk() {
    return clerks.get(random.nextInt(clerks.size()));
  }

  private Clerk other(Clerk than) {
    return clerks.getFirst() == than ? clerks.getLast() : clerks.getFirst();
  }

  private Holder holder() {
    return world.holders().draw(random);
  }

  // --- money goes back ---

  private void refund() {
    int terminal = 1 + random.nextInt(world.scale().terminals());
    long from = random.nextLong(1 + server.receivedOf(terminal));
    server.books().transactionsOf(World.SITE, terminal, from, 1).stream()
        .filter(row -> row.kind().isSale()).forEach(this::refund);
  }

  /// Sometimes both clerks serve the same customer.
  private void refund(TransactionRow sale) {
    long amount = refunds.draw(sale, random);
    for (Clerk clerk : random.nextInt(4) == 0 ? clerks : List.of(clerk())) {
      refunds.ask(clerk, sale, amount, NamedState.SALE_REFUNDED);
    }
  }

  /// A wrong recharge or transfer, once.
  private void reverse() {
    List<PaperBook.Entry> moves = paper.entries().stream().filter(Office::isReversible).toList();
    if (!moves.isEmpty()) {
      PaperBook.Entry wrong = moves.get(random.nextInt(moves.size()));
      var target = new TransactionId(wrong.name().high(), wrong.name().low());
      Clerk clerk = clerk();
      counter.ask(clerk, "REVERSAL", target.toString(), Rule.NONE, (core, id, now) -> {
        core.adjustments().reverse(World.SITE, target, "a mistake", clerk.name(), id, now);
        return new Outcome(opposite(wrong.deed()), () -> world.coverage().reach(NamedState.DEED_REVERSED));
      });
    }
  }

  private static boolean isReversible(PaperBook.Entry entry) {
    return !entry.action().equals("REVERSAL")
        && (entry.deed() instanceof PaperDeed.Recharged || entry.deed() instanceof PaperDeed.Moved);
  }

  private static PaperDeed opposite(PaperDeed deed) {
    return switch (deed) {
      case PaperDeed.Recharged(var account, var amount) -> new PaperDeed.Recharged(account, -amount);
      case PaperDeed.Moved(var payer, var payee, var amount) -> new PaperDeed.Moved(payee, payer, amount);
      case PaperDeed.Refunded _,PaperDeed.Adjusted _,PaperDeed.PaidOut _,PaperDeed.Granted _,PaperDeed.Nothing _ ->
        throw new IllegalStateException("not reversed by one clerk: " + deed);
    };
  }

  // --- money moves ---

  private void transfer() {
    Clerk clerk = clerk();
    long payer = holder().account();
    long payee = holder().account();
    long amount = random.nextInt(8) == 0 ? -random.nextInt(5_000) : 1 + random.nextInt(20_000);
    var line = new TransferLine(payer, payee, amount);
    counter.ask(clerk, "TRANSFER", line.toString(), new Rule("I-6", () -> amount > 0 && payer != payee),
        (core, id, now) -> {
          core.transfers().send(World.SITE, line, clerk.name(), "a gift", id, now);
          return new Outcome(new PaperDeed.Moved(payer, payee, amount),
              () -> world.coverage().reach(NamedState.MONEY_TRANSFERRED));
        });
  }

  private void freeze() {
    Clerk clerk = clerk();
    List<FreezeRow> open = server.books().money().freezesOf(World.SITE, holder().account(), 0, 1);
    if (!open.isEmpty() && random.nextBoolean()) {
      long number = open.getFirst().number();
      counter.ask(clerk, "UNFREEZE", "freeze " + number, Rule.NONE, (core, _, now) -> {
        core.freezes().unfreeze(World.SITE, number, false, "settled", clerk.name(), now);
        return Outcome.of(new PaperDeed.Nothing());
      });
      return;
    }
    var order = FreezeOrder.ofAmount(holder().account(), 1 + random.nextInt(5_000), FreezeKind.TRANSACTION,
        "a quarrel", clerk.name()).until(someTimeToday());
    counter.ask(clerk, "FREEZE", order.toString(), Rule.NONE, (core, id, now) -> {
      core.freezes().freeze(World.SITE, order, id, now);
      return new Outcome(new PaperDeed.Nothing(), () -> world.coverage().reach(NamedState.AMOUNT_FROZEN));
    });
  }

  /// What ends by itself at night would be news on a link that is to be idle.
  private long someTimeToday() {
    long now = world.queue().nowMicros();
    long closing = now / DayPlan.DAY * DayPlan.DAY + DayPlan.CLOSES + MINUTE_MICROS;
    return world.trueMillis() + 1_000 + random.nextLong(closing - now) / 1_000;
  }

  // --- what takes two ---

  private void askForCash() {
    Clerk clerk = clerk();
    WithdrawalWay way = random.nextBoolean() ? WithdrawalWay.BANK : WithdrawalWay.DRAWER;
    var order = new WithdrawalDesk.Order(holder().account(), 100 + random.nextInt(10_000), way, "moves away",
        clerk.name());
    counter.ask(clerk, "WITHDRAWAL_REQUEST", order.toString(), Rule.NONE, (core, id, now) -> {
      MoneyRequestRow row = core.withdrawals().request(World.SITE, order, id, now);
      return new Outcome(new PaperDeed.Nothing(), () -> waits(row, clerk, false));
    });
  }

  private void askForCorrection() {
    Clerk clerk = clerk();
    long account = holder().account();
    long amount = random.nextInt(4) == 0 ? BUDGET : random.nextInt(4_000) - 2_000;
    counter.ask(clerk, "ADJUSTMENT_REQUEST", account + " " + amount, new Rule("I-6", () -> amount != 0),
        (core, id, now) -> {
          MoneyRequestRow row = core.adjustments().request(World.SITE, account, amount, "counted again",
              clerk.name(), id, now);
          return new Outcome(new PaperDeed.Nothing(), () -> waits(row, clerk, false));
        });
  }

  private void waits(MoneyRequestRow row, Clerk asker, boolean approved) {
    waiting.add(new Waiting(row, asker, approved, server.commits()));
  }

  /// Now and then somebody tries to decide about what he asked for himself, under another spelling of his name.
  private void decide() {
    if (waiting.isEmpty()) {
      return;
    }
    Waiting one = waiting.get(random.nextInt(waiting.size()));
    boolean own = !one.approved && random.nextInt(4) == 0;
    Clerk clerk = own ? one.asker : other(one.asker);
    String typed = own ? " " + clerk.name().toUpperCase(Locale.ROOT) : clerk.name();
    var rule = new Rule("I-28", () -> !own);
    if (one.row.kind() == MoneyRequestKind.WITHDRAWAL) {
      payOut(one, clerk, typed, rule);
    } else {
      correct(one, clerk, typed, rule);
    }
  }

  private void correct(Waiting one, Clerk clerk, String typed, Rule rule) {
    long number = one.row.number();
    boolean yes = random.nextInt(4) != 0;
    counter.ask(clerk, yes ? "ADJUSTMENT_APPROVE" : "ADJUSTMENT_REJECT", "request " + number, rule,
        (core, _, now) -> {
          if (yes) {
            core.adjustments().approve(World.SITE, number, typed, now);
          } else {
            core.adjustments().reject(World.SITE, number, "no", typed, now);
          }
          PaperDeed deed = yes && waiting.contains(one)
              ? new PaperDeed.Adjusted(one.row.account(), one.row.amount())
              : new PaperDeed.Nothing();
          return new Outcome(deed, () -> decided(one));
        });
  }

  private void payOut(Waiting one, Clerk clerk, String typed, Rule rule) {
    boolean yes = random.nextInt(4) != 0;
    Event event;
    if (one.approved) {
      event = yes ? new Event.Paid(typed) : new Event.Failed(typed);
    } else {
      event = yes ? new Event.Approve(typed) : new Event.Reject(typed);
    }
    MoneyRequestRow row = one.row;
    counter.ask(clerk, "WITHDRAWAL_STEP", event + " " + row.number(), rule, (core, _, now) -> {
      core.withdrawals().step(World.SITE, row.number(), event, "as said", now);
      boolean paid = one.approved && yes && waiting.contains(one);
      PaperDeed deed = paid ? new PaperDeed.PaidOut(row.account(), row.amount(), row.way().equals("DRAWER"))
          : new PaperDeed.Nothing();
      return new Outcome(deed, () -> {
        decided(one);
        if (!one.approved && yes) {
          waits(row, one.asker, true);
        }
      });
    });
  }

  /// Of two who decide the same at once the second one changes nothing.
  private void decided(Waiting one) {
    waiting.remove(one);
    world.coverage().reach(NamedState.DECIDED_BY_ANOTHER);
  }
}

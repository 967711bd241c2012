package dev.counterfoil.sim.world.terminal;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.sim.world.DayPlan;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.FaultKind;
import dev.counterfoil.sim.world.Holders.Holder;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The people and tills in front of the terminals: draws who comes when with what, and does it key by key.
public final class Customers {
  private static final long SECOND = 1_000_000;
  private static final long REACH_FOR_CARD = 400_000;
  private static final int RUSH_TERMINALS = 5;

  private final World world;
  private final List<TerminalMachine> terminals;
  /// The till at each terminal numbers its own sales, so that all of them use the same numbers.
  private final Map<Integer, Integer> tickets = new HashMap<>();

  public Customers(World world, List<TerminalMachine> terminals) {
    this.world = world;
    this.terminals = terminals;
  }

  /// Schedules everybody of one day.
  public void come(int day) {
    for (TerminalMachine terminal : terminals) {
      SplittableRandom random = world.random(1_000 + day, terminal.place());
      long[] times = DayPlan.draw(random, world.scale().tapsPerDay());
      for (long time : times) {
        world.queue().at(day * DayPlan.DAY + time, EventTag.TAP, terminal.place(),
            () -> visit(terminal, random));
      }
    }
    rushes(day);
  }

  /// One person with little money pays at several terminals that cannot ask the server.
  private void rushes(int day) {
    SplittableRandom random = world.random(2_000 + day, 0);
    List<Holder> poor = world.holders().all().stream()
        .filter(holder -> holder.openingMinor() < 5_000 && holder.enableOffline()).toList();
    for (int i = 0; i < 4 && !poor.isEmpty(); i++) {
      Holder holder = poor.get(random.nextInt(poor.size()));
      long at = day * DayPlan.DAY + DayPlan.OPENS + 3_600 * SECOND + random.nextLong(10 * 3_600 * SECOND);
      for (int k = 0; k < Math.min(RUSH_TERMINALS, terminals.size()); k++) {
        TerminalMachine terminal = terminals.get(random.nextInt(terminals.size()));
        rush(terminal, holder, at + k * 20 * SECOND);
      }
    }
  }

  private void rush(TerminalMachine terminal, Holder holder, long at) {
    world.queue().at(at - 30 * SECOND, EventTag.NETWORK_FAULT, terminal.place(), () -> {
      world.network().partition(terminal.place(), true, true, 300 * SECOND);
      world.script().planned(world.queue().nowMicros(), FaultKind.LONG_OUTAGE, terminal.place(),
          300 * SECOND);
    });
    world.queue().at(at + 150 * SECOND, EventTag.TAP, terminal.place(),
        () -> offer(terminal, Basket.ofAmount(holder.openingMinor() * 3 / 4 + 1), holder.card()));
  }

  private void visit(TerminalMachine terminal, SplittableRandom random) {
    if (terminal.place() < world.scale().mealCounters()) {
      collect(terminal, random);
      return;
    }
    int kind = random.nextInt(100);
    if (kind < 8) {
      world.tally().tap();
      terminal.input(new SaleEvent.CashTaken(Basket.ofAmount(price(random))));
    } else if (kind < 10) {
      takeBack(terminal);
    } else if (kind < 11) {
      offer(terminal, Basket.ofAmount(price(random)), world.holders().stranger(random));
    } else if (kind < 40) {
      key(terminal, price(random), world.holders().draw(random).card());
    } else {
      offer(terminal, Basket.ofAmount(price(random)), world.holders().draw(random).card());
    }
  }

  /// Whether he has ordered anything, he may know or not.
  private void collect(TerminalMachine terminal, SplittableRandom random) {
    if (random.nextInt(12) == 0) {
      takeBack(terminal);
    } else {
      present(terminal, world.holders().draw(random).card());
    }
  }

  private static long price(SplittableRandom random) {
    int kind = random.nextInt(200);
    if (kind == 0) {
      return 10_001 + random.nextInt(3_000);
    }
    return kind < 40 ? 100 + random.nextInt(400) : 600 + random.nextInt(1_900);
  }

  private void offer(TerminalMachine terminal, Basket basket, CardToken card) {
    Basket named = new Basket(basket.lines(), basket.amountMinor(),
        "till-" + tickets.merge(terminal.place(), 1, Integer::sum));
    terminal.input(new SaleEvent.BasketOffered(named));
    present(terminal, card);
  }

  private void key(TerminalMachine terminal, long amountMinor, CardToken card) {
    String keys = amountMinor / 100 + "*" + (amountMinor % 100 < 10 ? "0" : "") + amountMinor % 100 + "#";
    for (char key : keys.toCharArray()) {
      terminal.input(new SaleEvent.KeyPressed(key));
    }
    present(terminal, card);
  }

  private void takeBack(TerminalMachine terminal) {
    world.tally().tap();
    terminal.input(new SaleEvent.KeyPressed('A'));
    world.queue().after(REACH_FOR_CARD, EventTag.TAP_STEP, terminal.place(),
        () -> terminal.input(new SaleEvent.CardPresented(world.holders().operatorCard())));
  }

  private void present(TerminalMachine terminal, CardToken card) {
    world.tally().tap();
    if (!terminal.isOn()) {
      world.tally().turnedAway();
    }
    world.queue().after(REACH_FOR_CARD, EventTag.TAP_STEP, terminal.place(), () -> {
      terminal.input(new SaleEvent.CardPresented(card));
      terminal.input(new SaleEvent.CardRemoved());
    });
  }
}

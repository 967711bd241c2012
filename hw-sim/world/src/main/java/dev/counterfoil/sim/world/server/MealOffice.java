package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.mealorder.MealWish;
import dev.counterfoil.sim.world.DayPlan;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.terminal.MealCounter;
import java.time.LocalDate;
import java.util.SplittableRandom;

/// Orders meals for the town's holders, most for the meal that is being served, some free, and takes some orders back that
/// may have been collected meanwhile.
public final class MealOffice {

  private static final long EVERY_MICROS = 4 * 60_000_000L;
  private static final long DAY_MILLIS = 86_400_000;

  private final World world;
  private final ServerMachine server;
  private final SplittableRandom random;

  public MealOffice(World world, ServerMachine server) {
    this.world = world;
    this.server = server;
    this.random = world.random(24, 0);
  }

  /// Schedules the work of one day.
  public void work(int day) {
    long closes = day * DayPlan.DAY + DayPlan.CLOSES;
    for (long at = day * DayPlan.DAY + DayPlan.OPENS; at < closes; at += EVERY_MICROS) {
      world.queue().at(at, EventTag.ADMIN, -1, random.nextInt(5) == 0 ? this::cancel : this::place);
    }
  }

  private void place() {
    long now = world.trueMillis();
    int meal = Math.min(MealCounter.MEALS,
        MealCounter.mealAt(Math.floorMod(now, DAY_MILLIS)) + random.nextInt(2));
    long total = random.nextInt(4) == 0 ? 0 : 300 + random.nextInt(900);
    var wish = new MealWish(world.holders().draw(random).account(),
        LocalDate.ofEpochDay(Math.floorDiv(now, DAY_MILLIS)), meal, 1 + random.nextInt(3), total,
        "dish " + meal);
    server.office(core -> core.meals().place(World.SITE, wish, "kitchen", world.trueMillis()));
  }

  private void cancel() {
    long back = random.nextInt(12);
    server.office(core -> {
      long newest = core.reads().meals().lastOrder(World.SITE);
      core.meals().cancel(World.SITE, Math.max(1, newest - back), "kitchen", world.trueMillis());
    });
  }
}

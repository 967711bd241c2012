package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.mealorder.MealWish;
import dev.counterfoil.settlement.store.MealOrderRow;
import java.time.InstantSource;
import java.time.LocalDate;

/// The operators' deeds about ordered meals on the core, each with its line in their log.
final class CoreMealDeeds implements MealDeeds {

  private final Deeds deeds;
  private final InstantSource clock;

  CoreMealDeeds(Deeds deeds, InstantSource clock) {
    this.deeds = deeds;
    this.clock = clock;
  }

  @Override
  public MealOrderRow place(int site, MealWish wish, String operator) {
    return deeds.change(site, operator, "order add",
        "account=" + wish.account() + " day=" + wish.day() + " period=" + wish.period() + " copies="
            + wish.copies() + " total=" + Money.decimal(wish.totalMinor()) + " dish=" + wish.dish(),
        server -> server.meals().place(site, wish, operator, clock.millis()));
  }

  @Override
  public MealOrderRow cancel(int site, long number, String operator) {
    return deeds.change(site, operator, "order cancel", "order=" + number,
        server -> server.meals().cancel(site, number, operator, clock.millis()));
  }

  @Override
  public LocalDate today() {
    return deeds.ask(server -> server.meals().today(clock.millis()));
  }
}

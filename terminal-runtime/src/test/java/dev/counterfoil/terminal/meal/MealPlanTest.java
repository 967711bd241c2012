package dev.counterfoil.terminal.meal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MealPlanTest {

  private static MealPeriod from(int from, int until) {
    return new MealPeriod("", from, until, List.of(), 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"419,0", "420,1", "539,1", "540,0", "660,2", "1439,3", "0,0"})
  void theFirstMinuteBelongsToAPeriodAndTheLastDoesNot(int minute, int number) {
    var plan = new MealPlan(List.of(from(420, 540), from(660, 810), from(1_200, 1_440)), 0);

    assertThat(plan.at(minute)).isEqualTo(number == 0 ? OptionalInt.empty() : OptionalInt.of(number));
  }

  @Test
  void periodsMeetButDoNotOverlapCrossMidnightOrComeInSixes() {
    assertThat(new MealPlan(List.of(from(0, 60), from(60, 120)), 0).hasMeals()).isTrue();
    assertThatThrownBy(() -> new MealPlan(List.of(from(0, 61), from(60, 120)), 0)).hasMessageContaining("2");
    assertThatThrownBy(() -> from(1_300, 60)).hasMessageContaining("from=1300");
    assertThatThrownBy(() -> from(1_300, 1_441)).hasMessageContaining("until=1441");
    assertThatThrownBy(() -> new MealPlan(Collections.nCopies(6, from(0, 1)), 0)).hasMessageContaining("6");
  }

  @ParameterizedTest
  @CsvSource({"1000,0,1000", "1000,50,950", "1,500,1", "1,900,1", "333,100,300", "5,300,4", "815,10,807"})
  void aDiscountIsRoundedHalfUpAndNeverGivesForNothing(long price, int permille, long payable) {
    assertThat(new MealPlan(List.of(), permille).discounted(price)).isEqualTo(payable);
  }

  @ParameterizedTest
  @CsvSource({"1,800", "2,1000", "3,1500", "9,1500"})
  void laterTapsMayCostMore(long tap, long price) {
    var lunch = new MealPeriod("", 0, 60, List.of(800L, 1_000L, 1_500L), 0, 0, 0);

    assertThat(lunch.priceOf(tap, 700)).isEqualTo(price);
    assertThat(from(0, 60).priceOf(tap, 700)).isEqualTo(700);
  }
}

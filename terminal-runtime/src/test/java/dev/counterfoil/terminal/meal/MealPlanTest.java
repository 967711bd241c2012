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
  @CsvSource({"1000,0,0,1000", "1000,50,0,950", "1,500,0,1", "1,900,0,1", "333,100,0,300", "5,300,0,4",
      "815,10,0,807", "0,100,0,0", "1000,100,200,720", "799,100,250,539", "5,100,0,5", "999,0,1,998",
      "3,0,500,2", "105,500,500,26", "1,999,999,1"})
  void discountsAreStackedAndRoundedOnceHalfUpAndNeverGiveForNothing(long price, int machine, int personal,
      long payable) {
    assertThat(new MealPlan(List.of(), machine).discounted(price, personal)).isEqualTo(payable);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,800", "1,1,2,1000", "1,1,3,1500", "1,1,9,1500", "2,1,1,700", "0,1,1,700", "1,2,1,600",
      "1,2,5,650", "1,3,1,800", "2,2,1,1200", "2,3,4,900", "0,3,1,900"})
  void aFixedPriceIsThatOfThePeriodAndOfTheClassInIt(int meal, int cardClass, long tap, long price) {
    var lunch = new MealPeriod("", 0, 60, List.of(800L, 1_000L, 1_500L), 0, 0, 0,
        List.of(new ClassPrice(2, List.of(600L, 650L))));
    var plan = new MealPlan(List.of(lunch, from(60, 120)), 0,
        List.of(new ClassPrice(2, List.of(1_200L)), new ClassPrice(3, List.of(900L))));

    assertThat(plan.fixedPrice(meal, cardClass, tap, 700)).isEqualTo(price);
  }
}

package dev.counterfoil.terminal.meal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.terminal.meal.OrderedMeals.Found;
import dev.counterfoil.terminal.meal.OrderedMeals.Own;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedMealsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
  private static final long AS_OF = 40;

  private static MealOrder order(long number, LocalDate day, int period, boolean collected) {
    return new MealOrder(number, day, period, 1, 1_350, "面", collected);
  }

  private static Found found(List<MealOrder> orders, TreeMap<Long, Own> own) {
    return new OrderedMeals(orders, AS_OF, own).of(DAY, 2);
  }

  @Test
  void onlyWhatIsDueNowIsFound() {
    assertThat(found(List.of(order(1, DAY, 1, false), order(2, DAY.plusDays(1), 2, false)), new TreeMap<>()))
        .isEqualTo(new Found.Nothing());
    assertThat(found(List.of(order(1, DAY, 1, false), order(2, DAY, 2, false)), new TreeMap<>()))
        .isEqualTo(new Found.Open(order(2, DAY, 2, false)));
  }

  @Test
  void oneThatIsOpenGoesBeforeOneThatIsCollected() {
    assertThat(found(List.of(order(1, DAY, 2, true), order(2, DAY, 2, false)), new TreeMap<>()))
        .isEqualTo(new Found.Open(order(2, DAY, 2, false)));
  }

  @ParameterizedTest
  @CsvSource({"false,41,true,collected", "false,40,true,open", "true,41,false,open",
      "true,40,false,collected"})
  void anOwnRecordCountsUntilTheServerHasSettledIt(boolean told, long seq, boolean own, String is) {
    var deeds = new TreeMap<Long, Own>();
    deeds.put(1L, new Own(seq, own));

    var found = found(List.of(order(1, DAY, 2, told)), deeds);

    assertThat(found).isInstanceOf(is.equals("open") ? Found.Open.class : Found.Collected.class);
  }
}

package dev.counterfoil.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {

  private static final int HOLDERS = 7;

  private static RandomGenerator seeded() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(11);
  }

  private static SalesFile sample() throws Exception {
    try (var sample = SalesFile.class.getResourceAsStream("sample.csv")) {
      return SalesFile.parse(new String(sample.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static ReplayPlan plan() throws Exception {
    return ReplayPlan.of(sample(), HOLDERS, 100_000, seeded());
  }

  @Test
  void everySaleIsPlannedOnceAndInOrderOfTime() throws Exception {
    ReplayPlan plan = plan();
    assertThat(plan.sales()).hasSameSizeAs(sample().baskets())
        .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(plan.totalMinor()).isEqualTo(sample().totalMinor());
    assertThat(plan.unplayed()).isEmpty();
  }

  @Test
  void everySaleHappensOnItsDayBetweenEightAndTwentyTwo() throws Exception {
    assertThat(plan().sales()).allSatisfy(sale -> {
      var at = sale.at().atZone(ZoneOffset.UTC);
      assertThat(at.toLocalDate()).isEqualTo(sale.basket().day());
      assertThat(at.toLocalTime()).isBetween(LocalTime.of(8, 0), LocalTime.of(22, 0));
    });
  }

  @Test
  void cardSalesAreSharedOutEvenlyAndCashHasNoHolder() throws Exception {
    List<ReplayPlan.Sale> sales = plan().sales();
    long cards = sales.stream().filter(ReplayPlan.Sale::byCard).count();
    for (int holder = 0; holder < HOLDERS; holder++) {
      int one = holder;
      assertThat(sales.stream().filter(sale -> sale.holder() == one).count()).isBetween(cards / HOLDERS,
          cards / HOLDERS + 1);
    }
    assertThat(sales).allSatisfy(
        sale -> assertThat(sale.byCard()).isEqualTo(sale.basket().tender() == SalesRow.Tender.CREDIT));
  }

  @Test
  void equalSeedsGiveEqualPlans() throws Exception {
    assertThat(plan()).isEqualTo(plan());
  }

  @Test
  void whatNoTerminalTakesIsListedWithItsReason() throws Exception {
    ReplayPlan plan = ReplayPlan.of(sample(), HOLDERS, 300, seeded());
    assertThat(plan.unplayed()).isNotEmpty().allSatisfy(one -> {
      assertThat(one.basket().totalMinor()).isGreaterThan(300);
      assertThat(one.reason()).isEqualTo("dearer than a terminal takes");
    });
    assertThat(plan.sales().size() + plan.unplayed().size()).isEqualTo(sample().baskets().size());
  }
}

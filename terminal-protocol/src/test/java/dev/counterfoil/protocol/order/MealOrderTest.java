package dev.counterfoil.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class MealOrderTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
  private static final MealOrder ORDER = new MealOrder(7, DAY, 2, 3, 4550, "红烧肉", true);

  @Test
  void whatIsToldIsWhatIsRead() {
    assertThat(ORDER.message().getDay()).isEqualTo(20261123);
    assertThat(MealOrder.read(ORDER.message())).contains(ORDER);
  }

  @Test
  void whatCannotBeAnOrderIsNone() {
    var told = ORDER.message();

    assertThat(MealOrder.read(told.toBuilder().setDay(20260230).build())).isEmpty();
    assertThat(MealOrder.read(told.toBuilder().setDay(-1).build())).isEmpty();
    assertThat(MealOrder.read(told.toBuilder().setMealPeriod(6).build())).isEmpty();
    assertThat(MealOrder.read(told.toBuilder().setCopies(0).build())).isEmpty();
    assertThat(MealOrder.read(told.toBuilder().setCopies(100).build())).isEmpty();
    assertThat(MealOrder.read(told.toBuilder().setTotalMinor(-1).build())).isEmpty();
    assertThat(MealOrder.read(told.toBuilder().setOrderId(-1).build())).isEmpty();
    assertThat(MealOrder.read(told.toBuilder().setDish("").build())).isEmpty();
    assertThatThrownBy(() -> new MealOrder(0, DAY, 2, 1, 0, "粥", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDishIsAShortLineOfWholeCharacters() {
    assertThat(MealOrder.isDish("一二三四五六七八九十一二三四五六七八九十")).isTrue();
    assertThat(MealOrder.isDish("一二三四五六七八九十一二三四五六七八九十a")).isFalse();
    assertThat(MealOrder.isDish("soup\nbread")).isFalse();
    assertThat(MealOrder.isDish(" soup")).isFalse();
    assertThat(MealOrder.isDish("soup\uD800")).isFalse();
    assertThat(MealOrder.isDish("🍜")).isTrue();
  }
}

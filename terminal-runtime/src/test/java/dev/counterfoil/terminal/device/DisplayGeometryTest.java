package dev.counterfoil.terminal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DisplayGeometryTest {

  private static final DisplayGeometry SMALL = new DisplayGeometry(8, 2);

  @Test
  void textIsCutAndFilledToTheGlass() {
    assertThat(SMALL.fit(List.of("123456789", "x", "gone"))).containsExactly("12345678", "x       ");
    assertThat(SMALL.fit(List.of())).containsExactly("        ", "        ");
  }

  @Test
  void aCharacterBeyondTheBasicPlaneTakesOnePlace() {
    assertThat(SMALL.fit(List.of("😀2345678ab", "")).getFirst()).isEqualTo("😀2345678");
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DisplayGeometry(7, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new DisplayGeometry(20, 5));
  }
}

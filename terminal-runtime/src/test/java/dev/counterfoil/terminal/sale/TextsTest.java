package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.trace.Requirement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {

  private static final DisplayGeometry GEOMETRY = new DisplayGeometry(16, 2);

  @ParameterizedTest
  @EnumSource(Texts.Language.class)
  @Requirement({"PAY-22"})
  void noTwoReasonsReadAlike(Texts.Language language) {
    Texts texts = new Texts(language, GEOMETRY, "");

    assertThat(Arrays.stream(DeclineReason.values()).map(texts::reason)).doesNotHaveDuplicates();
  }

  @Test
  void aTerminalThatWaitsForItsConfirmationSaysSoWithTheCode() {
    var screen = new Screen.OutOfOrder("NOT_CONFIRMED");

    assertThat(new Texts(Texts.Language.CHINESE, GEOMETRY, "").lines(screen)).containsExactly("等待确认",
        "NOT_CONFIRMED");
    assertThat(new Texts(Texts.Language.ENGLISH, GEOMETRY, "").lines(screen))
        .containsExactly("AWAITING CONFIRM", "NOT_CONFIRMED");
  }
}

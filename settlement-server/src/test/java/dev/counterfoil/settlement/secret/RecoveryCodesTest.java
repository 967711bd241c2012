package dev.counterfoil.settlement.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecoveryCodesTest {

  private final RecoveryCodes.Issue issue = RecoveryCodes.issue(new Random(7));

  @Test
  void tenDifferentCodesAreShownAndOnlyHashesKept() {
    assertThat(issue.shown()).hasSize(10).doesNotHaveDuplicates()
        .allMatch(code -> code.matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}"));
    assertThat(issue.stored().unused()).hasSize(10).doesNotHaveDuplicates();
    assertThat(issue.toString()).doesNotContain(issue.shown().getFirst());
  }

  @Test
  void eachCodeWorksOnce() {
    RecoveryCodes left = issue.stored();
    for (String code : issue.shown()) {
      RecoveryCodes before = left;
      left = before.redeem(code).orElseThrow();
      assertThat(left.unused()).hasSize(before.unused().size() - 1);
      assertThat(left.redeem(code)).isEmpty();
    }
    assertThat(left.unused()).isEmpty();
  }

  @Test
  void aCodeMayBeTypedCarelessly() {
    String code = issue.shown().get(3);
    String careless = code.replace("-", " ").replace('0', 'o').replace('1', 'l').toLowerCase(Locale.ROOT);

    assertThat(issue.stored().redeem(careless)).isPresent();
    assertThat(issue.stored().redeem(code.substring(1))).isEmpty();
    assertThat(issue.stored().redeem("")).isEmpty();
  }
}

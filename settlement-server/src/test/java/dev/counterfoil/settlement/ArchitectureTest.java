package dev.counterfoil.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.counterfoil.arch.Rules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses classes = Rules.productionClassesOf("dev.counterfoil.settlement");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(classes).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(classes));
  }

  @Test
  void whatDecidesAboutMoneyIsPure() {
    Rules.pureCore(Set.of(), "dev.counterfoil.settlement.ledger..", "dev.counterfoil.settlement.ingest..",
        "dev.counterfoil.settlement.authorization..", "dev.counterfoil.settlement.account..",
        "dev.counterfoil.settlement.card..", "dev.counterfoil.settlement.snapshot..").check(classes);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    Rules.noCyclesUnder("dev.counterfoil.settlement").check(classes);
  }
}

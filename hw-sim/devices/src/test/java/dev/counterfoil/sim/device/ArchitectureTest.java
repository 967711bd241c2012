package dev.counterfoil.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.counterfoil.arch.Rules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses classes = Rules.productionClassesOf("dev.counterfoil.sim.device",
      "dev.counterfoil.sim.line",
      "dev.counterfoil.sim.card");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(classes).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(classes));
  }

  @Test
  void cardsAndChipsAreStateMachinesWithoutAClockOrThread() {
    Rules.pureCore(Set.of("Pn532Reader"), "dev.counterfoil.sim.card..", "dev.counterfoil.sim.device.pn532..")
        .check(classes);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    Rules.noCyclesUnder("dev.counterfoil.sim").check(classes);
    Rules.noCyclesUnder("dev.counterfoil.sim.device").check(classes);
  }
}

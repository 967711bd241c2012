package dev.counterfoil.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.counterfoil.arch.Rules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES = Rules.productionClassesOf("dev.counterfoil.sim.device",
      "dev.counterfoil.sim.line",
      "dev.counterfoil.sim.card");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(CLASSES).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(CLASSES));
  }

  @Test
  void cardsAndChipsAreStateMachinesWithoutAClockOrThread() {
    Rules.pureCore(Set.of("Pn532Reader"), "dev.counterfoil.sim.card..", "dev.counterfoil.sim.device.pn532..")
        .check(CLASSES);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    Rules.noCyclesUnder("dev.counterfoil.sim").check(CLASSES);
    Rules.noCyclesUnder("dev.counterfoil.sim.device").check(CLASSES);
  }
}

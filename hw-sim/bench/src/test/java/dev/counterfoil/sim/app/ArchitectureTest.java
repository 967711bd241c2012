package dev.counterfoil.sim.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.counterfoil.arch.Rules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES = Rules.productionClassesOf("dev.counterfoil.sim");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(CLASSES).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(CLASSES));
  }
}

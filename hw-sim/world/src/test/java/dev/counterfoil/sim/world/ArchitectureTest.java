package dev.counterfoil.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.counterfoil.arch.Rules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses classes = Rules.productionClassesOf("dev.counterfoil.sim.world");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(classes).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(classes));
  }

  @Test
  void whatTheSimulatorDoesDependsOnItsSeedAlone() {
    Rules.pureCore(Set.of("WorldCommand"), "dev.counterfoil.sim.world..").check(classes);
  }
}

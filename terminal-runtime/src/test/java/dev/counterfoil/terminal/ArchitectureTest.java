package dev.counterfoil.terminal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.counterfoil.arch.Rules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES = Rules.productionClassesOf("dev.counterfoil.terminal");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(CLASSES).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(CLASSES));
  }

  @Test
  void whatDecidesAndWritesIsPure() {
    Rules.pureCore(Set.of(), "dev.counterfoil.terminal.sale..", "dev.counterfoil.terminal.meal..",
        "dev.counterfoil.terminal.core..",
        "dev.counterfoil.terminal.outbox..", "dev.counterfoil.terminal.journal..").check(CLASSES);
  }

  @Test
  void theTerminalStartsWithoutACommandLineLibrary() {
    noClasses().should().dependOnClassesThat().resideInAPackage("picocli..").check(CLASSES);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    Rules.noCyclesUnder("dev.counterfoil.terminal").check(CLASSES);
  }
}

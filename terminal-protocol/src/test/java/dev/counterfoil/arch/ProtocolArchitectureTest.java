package dev.counterfoil.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtocolArchitectureTest {

  private final JavaClasses classes = Rules.productionClassesOf("dev.counterfoil.protocol");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(classes).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(classes));
  }

  @Test
  void theProtocolDoesNoInputOrOutput() {
    noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "javax.net..",
            "java.sql..")
        .check(classes);
  }

  @Test
  void theProtocolHasNoClockThreadOrRandomnessOfItsOwn() {
    // Whoever makes a key hands in the randomness; these classes only pass it on.
    Set<String> edges = Set.of("CertificateRequests", "Ed25519Signer", "Es256Signer");

    Rules.pureCore(edges, "dev.counterfoil.protocol..").check(classes);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    Rules.noCyclesUnder("dev.counterfoil.protocol").check(classes);
  }
}

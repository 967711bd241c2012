package dev.counterfoil.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtocolArchitectureTest {

  private static final JavaClasses CLASSES = Rules.productionClassesOf("dev.counterfoil.protocol");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(CLASSES).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(CLASSES));
  }

  @Test
  void theProtocolDoesNoInputOrOutput() {
    noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "javax.net..",
            "java.sql..")
        .check(CLASSES);
  }

  @Test
  void theProtocolHasNoClockThreadOrRandomnessOfItsOwn() {
    // Whoever makes a key hands in the randomness; these classes only pass it on.
    Set<String> edges = Set.of("CertificateRequests", "Ed25519Signer", "Es256Signer");

    Rules.pureCore(edges, "dev.counterfoil.protocol..").check(CLASSES);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    Rules.noCyclesUnder("dev.counterfoil.protocol").check(CLASSES);
  }
}

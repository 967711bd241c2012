package dev.counterfoil.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.counterfoil.arch.Rules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES = Rules.productionClassesOf("dev.counterfoil.settlement");

  @Test
  void theRulesOfTheWholeProjectHold() {
    assertThat(CLASSES).isNotEmpty();
    Rules.EVERYWHERE.forEach(rule -> rule.check(CLASSES));
  }

  @Test
  void whatDecidesAboutMoneyIsPure() {
    Rules.pureCore(Set.of("GatewayHttp"), "dev.counterfoil.settlement.ledger..",
        "dev.counterfoil.settlement.ingest..",
        "dev.counterfoil.settlement.authorization..", "dev.counterfoil.settlement.account..",
        "dev.counterfoil.settlement.card..", "dev.counterfoil.settlement.snapshot..",
        "dev.counterfoil.settlement.gateway..", "dev.counterfoil.settlement.transfer..",
        "dev.counterfoil.settlement.freeze..", "dev.counterfoil.settlement.limit..",
        "dev.counterfoil.settlement.withdrawal..",
        "dev.counterfoil.settlement.adjustment..", "dev.counterfoil.settlement.refund..",
        "dev.counterfoil.settlement.recharge..", "dev.counterfoil.settlement.shift..",
        "dev.counterfoil.settlement.circuit..").check(CLASSES);
  }

  @Test
  void whatDecidesAboutOperatorsIsPure() {
    Rules.pureCore(Set.of(), "dev.counterfoil.settlement.secret..", "dev.counterfoil.settlement.operator..",
        "dev.counterfoil.settlement.audit..").check(CLASSES);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    Rules.noCyclesUnder("dev.counterfoil.settlement").check(CLASSES);
  }
}

package dev.counterfoil.settlement.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.api.Test;

/// The number that a till gave a sale is one sale in the books, whatever a terminal has forgotten.
class TillReferenceTest extends TilledServer {

  TillReferenceTest() {
    super(10_000);
  }

  private void sell(TransactionId id, long amount, String reference) {
    long seq = till.tillSale(id, TestServer.token(1), amount, reference).seq();
    server.acknowledged(till.push(seq));
  }

  private Decision authorize(TransactionId id, long amount, String reference) {
    return server.core.authorize(till.id, id,
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(1).bytes()))
            .setAmountMinor(amount).setCurrency("CNY").setMode(1).setExternalReference(reference).build(),
        server.now);
  }

  @Test
  @Requirement({"PAY-17"})
  void aSecondSaleUnderOneReferenceDebitsNobodyAndStandsInTheQueue() {
    sell(server.transaction(), 1_200, "ORDER-7");

    sell(server.transaction(), 1_200, "ORDER-7");
    server.restart();
    sell(server.transaction(), 900, "ORDER-7");

    assertThat(server.available(holder)).isEqualTo(8_800);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.DUPLICATE_REFERENCE,
        ExceptionKind.DUPLICATE_REFERENCE);
    assertThat(server.ledger().isBalanced()).isTrue();
  }

  @Test
  @Requirement({"PAY-17"})
  void twoSalesUnderOneReferenceInOneBatchAreOneDebit() {
    long first = till.tillSale(server.transaction(), TestServer.token(1), 500, "ORDER-8").seq();
    till.tillSale(server.transaction(), TestServer.token(1), 500, "ORDER-8");
    till.tillSale(server.transaction(), TestServer.token(1), 500, "ORDER-9");

    server.acknowledged(till.push(first));

    assertThat(server.available(holder)).isEqualTo(9_000);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.DUPLICATE_REFERENCE);
  }

  @Test
  void twoTerminalsMayCountTheirOrdersAlike() {
    sell(server.transaction(), 500, "17");
    TestTerminal other = server.terminal();

    long seq = other.tillSale(server.transaction(), TestServer.token(1), 500, "17").seq();
    server.acknowledged(other.push(seq));

    assertThat(server.available(holder)).isEqualTo(9_000);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  @Requirement({"PAY-17"})
  void aPaidReferenceIsNotAuthorizedAgainAndHoldsNothing() {
    sell(server.transaction(), 1_200, "ORDER-7");

    Decision again = authorize(server.transaction(), 1_200, "ORDER-7");

    assertThat(again.getOutcome()).isEqualTo(Outcomes.OUTCOMES_DECLINED);
    assertThat(again.getReason()).isEqualTo("PARAMETER_ERROR");
    assertThat(server.available(holder)).isEqualTo(8_800);
  }

  @Test
  void theHoldOfASecondSaleIsReleased() {
    TransactionId second = server.transaction();
    assertThat(authorize(second, 1_200, "ORDER-7").getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
    sell(server.transaction(), 1_200, "ORDER-7");
    assertThat(server.available(holder)).isEqualTo(7_600);

    sell(second, 1_200, "ORDER-7");

    assertThat(server.available(holder)).isEqualTo(8_800);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.DUPLICATE_REFERENCE);
  }
}

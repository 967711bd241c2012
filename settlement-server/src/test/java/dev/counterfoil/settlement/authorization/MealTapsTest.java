package dev.counterfoil.settlement.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A card eats as often in a meal period as it may, wherever it eats.
class MealTapsTest extends TilledServer {

  private static final int LUNCH = 2;

  private TestTerminal other;

  MealTapsTest() {
    super(100_000);
  }

  @BeforeEach
  void secondCounter() {
    other = server.terminal();
    till.wallMillis = TestServer.NOW;
    other.wallMillis = TestServer.NOW;
  }

  private String asks(TestTerminal terminal, TransactionId id, int meal, int most) {
    return server.core.authorize(terminal.id, id,
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(1).bytes()))
            .setAmountMinor(800).setCurrency("CNY").setMode(1).setMealPeriod(meal).setMealMostTaps(most)
            .build(),
        server.now).getReason();
  }

  private void eats(TestTerminal terminal, TransactionId id, int meal) {
    long seq = terminal.write(RecordKind.SALE,
        Sale.newBuilder().setTransactionId(Wire.bytes(id)).setTender(Tender.TENDER_CARD)
            .setCardToken(ByteString.copyFrom(TestServer.token(1).bytes())).setAmountMinor(800)
            .setCurrency("CNY").setMealPeriod(meal).build(),
        800).seq();
    server.acknowledged(terminal.push(seq));
  }

  @Test
  @Requirement({"LIM-04"})
  void whatWasEatenAtAnotherTerminalCountsHere() {
    eats(till, server.transaction(), LUNCH);

    assertThat(asks(other, server.transaction(), LUNCH, 1)).isEqualTo("LIMIT_MEAL_COUNT");
    assertThat(asks(other, server.transaction(), LUNCH, 2)).isEmpty();
    assertThat(asks(other, server.transaction(), LUNCH + 1, 1)).as("another meal").isEmpty();
    assertThat(asks(other, server.transaction(), LUNCH, 0)).as("any number").isEmpty();
  }

  @Test
  @Requirement({"LIM-04"})
  void whatIsApprovedAndNotYetBookedCountsUntilItIsGivenBack() {
    TransactionId first = server.transaction();
    assertThat(asks(till, first, LUNCH, 1)).isEmpty();
    assertThat(asks(other, server.transaction(), LUNCH, 1)).isEqualTo("LIMIT_MEAL_COUNT");

    server.core.cancel(till.id, first, server.now);

    assertThat(asks(other, server.transaction(), LUNCH, 1)).isEmpty();
  }

  @Test
  void anApprovalThatWasBookedCountsOnce() {
    TransactionId first = server.transaction();
    asks(till, first, LUNCH, 2);
    eats(till, first, LUNCH);

    assertThat(asks(other, server.transaction(), LUNCH, 2)).isEmpty();
  }

  @Test
  void whatWasTakenBackOrEatenYesterdayDoesNotCount() {
    TransactionId taken = server.transaction();
    eats(till, taken, LUNCH);
    push(() -> till.voidSale(server.transaction(), taken, 800));
    till.wallMillis = TestServer.NOW - 86_400_000;
    eats(till, server.transaction(), LUNCH);

    assertThat(asks(other, server.transaction(), LUNCH, 1)).isEmpty();
  }
}

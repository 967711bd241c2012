package dev.counterfoil.settlement.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.proto.v1.TestModeSwitch;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a terminal does in test mode is kept, listed apart, and never money.
class TestModeTest extends TilledServer {

  private static final int KIND_AT = 5;
  private static final int AMOUNT_AT = 92;

  TestModeTest() {
    super(10_000);
  }

  private static Sale sale(TransactionId id, long amount) {
    return Sale.newBuilder().setTransactionId(Wire.bytes(id)).setTender(Tender.TENDER_CARD)
        .setCardToken(ByteString.copyFrom(TestServer.token(1).bytes())).setAmountMinor(amount)
        .setCurrency("CNY").build();
  }

  private JournalRecord test(TransactionId id, long amount) {
    return till.write(RecordKind.TEST, TestRecord.newBuilder().setSale(sale(id, amount)).build(), 0);
  }

  private Decision asks(TransactionId id, long amount, boolean test) {
    return server.core.authorize(till.id, id,
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(1).bytes()))
            .setAmountMinor(amount).setCurrency("CNY").setMode(1).setTest(test).build(),
        server.now);
  }

  @Test
  @Requirement({"MCH-02"})
  void aTestPurchaseBooksNothingCountsNothingAndIsListedApart() {
    TransactionId id = server.transaction();

    Decision decision = asks(id, 900, true);
    assertThat(decision.getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
    assertThat(decision.getHoldId()).isZero();
    assertThat(asks(server.transaction(), 10_001, true).getReason()).isEqualTo("INSUFFICIENT_BALANCE");
    push(() -> {
      till.write(RecordKind.TEST,
          TestRecord.newBuilder().setMode(TestModeSwitch.newBuilder().setOn(true)).build(), 0);
      test(id, 900);
    });

    assertThat(server.available(holder)).isEqualTo(10_000);
    assertThat(server.store.transaction(TestServer.SITE, id)).isEmpty();
    assertThat(server.store.authorizations(TestServer.SITE, List.of(id))).isEmpty();
    assertThat(server.exceptions()).isEmpty();
    assertThat(TestRecords.newest(server.store, TestServer.SITE, 1, 10)).extracting(
        TestRecords.Tested::what, TestRecords.Tested::amountMinor, TestRecords.Tested::detail)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("SALE", 900L, ""),
            org.assertj.core.groups.Tuple.tuple("MODE", 0L, "on"));
  }

  @Test
  @Requirement({"MCH-02", "OFF-08"})
  void theMarkIsSignedSoATestCannotBeMadeASale() {
    JournalRecord test = test(server.transaction(), 900);
    byte[] forged = test.bytes();
    forged[KIND_AT] = (byte) RecordKind.SALE.code();

    var refused = server.refused(
        IngestRequest.raw(till.id, till.epoch, test.seq() - 1, test.previous(), List.of(forged)));
    assertThat(refused.reason()).isIn(ReasonCode.BAD_AMOUNT, ReasonCode.BAD_SIGNATURE);

    forged[KIND_AT] = (byte) RecordKind.OUTCOME.code();
    var outcome = server.refused(
        IngestRequest.raw(till.id, till.epoch, test.seq() - 1, test.previous(), List.of(forged)));
    assertThat(outcome.reason()).isEqualTo(ReasonCode.BAD_SIGNATURE);
    assertThat(server.available(holder)).isEqualTo(10_000);
  }

  @Test
  @Requirement({"MCH-02"})
  void aTestThatClaimsToMoveMoneyIsNoRecord() {
    TestRecord body = TestRecord.newBuilder().setSale(sale(server.transaction(), 900)).build();

    assertThatThrownBy(() -> till.write(RecordKind.TEST, body, 900))
        .isInstanceOf(IllegalArgumentException.class);

    JournalRecord test = test(server.transaction(), 900);
    byte[] claiming = test.bytes();
    claiming[AMOUNT_AT + 7] = 9;
    assertThat(server.refused(IngestRequest.raw(till.id, till.epoch, test.seq() - 1, test.previous(),
        List.of(claiming))).reason()).isEqualTo(ReasonCode.BAD_AMOUNT);
  }

  @Test
  void aPasswordIsNotTriedInTestModeAndARealPurchaseOfTheSameNumberIsOneOfItsOwn() {
    TransactionId id = server.transaction();
    asks(id, 900, true);

    assertThat(asks(id, 900, false).getHoldId()).isPositive();
    assertThat(server.available(holder)).isEqualTo(9_100);
  }
}

package dev.counterfoil.settlement.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Intent;
import dev.counterfoil.proto.v1.Outcome;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No terminal of today writes INTENT; the server is ready for cabinets all the same.
class IntentTest {

  private static final long HOLD = CoreSettings.DEFAULT.holdAtCabinet().toMillis();

  @TempDir
  Path folder;
  private TestServer server;
  private TestTerminal cabinet;
  private AccountRow holder;
  private TransactionId purchase;

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
    cabinet = server.terminal();
    holder = server.holder(1, 10_000);
    purchase = server.transaction();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void intent() {
    cabinet.write(RecordKind.INTENT, Intent.newBuilder().setTransactionId(Wire.bytes(purchase))
        .setCardToken(ByteString.copyFrom(TestServer.token(1).bytes())).setAmountMinor(700).setCurrency("CNY")
        .build(), 0);
  }

  private void outcome(long amount) {
    var body = Outcome.newBuilder().setTransactionId(Wire.bytes(purchase));
    if (amount > 0) {
      body.setSale(Sale.newBuilder().setTransactionId(Wire.bytes(purchase)).setTender(Tender.TENDER_CARD)
          .setCardToken(ByteString.copyFrom(TestServer.token(1).bytes())).setAmountMinor(amount)
          .setCurrency("CNY"));
    }
    cabinet.write(RecordKind.OUTCOME, body.build(), amount);
  }

  private void resume() {
    cabinet.write(RecordKind.RESUME, Resume.getDefaultInstance(), 0);
  }

  private void send() {
    long mark = server.store.head(TestServer.SITE, 1).orElseThrow().received().seq();
    server.acknowledged(cabinet.push(mark + 1));
  }

  @Test
  void anOutcomeEndsItsIntentAndNobodyIsAsked() {
    intent();
    send();
    assertThat(server.exceptions()).isEmpty();
    outcome(700);
    send();
    resume();
    send();

    server.core.tick(server.now + HOLD);

    assertThat(server.exceptions()).isEmpty();
    assertThat(server.available(holder)).isEqualTo(9_300);
    assertThat(server.store.openIntents(TestServer.SITE, 1)).isEmpty();
  }

  @Test
  void aRunThatEndedBeforeTheOutcomeIsAQuestionWithItsAmount() {
    intent();
    send();
    resume();
    send();

    assertThat(server.store.exceptions(TestServer.SITE, true, 0, 10)).singleElement().satisfies(row -> {
      assertThat(row.kind()).isEqualTo(ExceptionKind.INTENT_WITHOUT_OUTCOME);
      assertThat(row.seq()).isEqualTo(2);
      assertThat(row.amount()).isEqualTo(700);
      assertThat(row.transaction()).isEqualTo(purchase);
    });
    assertThat(server.available(holder)).as("the OUTCOME alone moves money").isEqualTo(10_000);
    resume();
    send();
    server.core.tick(server.now + HOLD);
    assertThat(server.exceptions()).as("asked once").hasSize(1);
  }

  @Test
  void evidenceAfterTheRestartTakesTheQuestionBackAndIsBooked() {
    intent();
    resume();
    send();
    assertThat(server.exceptions()).containsExactly(ExceptionKind.INTENT_WITHOUT_OUTCOME);

    outcome(300);
    send();

    assertThat(server.exceptions()).isEmpty();
    assertThat(server.store.exceptions(TestServer.SITE, false, 0, 10)).extracting(ExceptionRow::resolution)
        .containsExactly("OUTCOME in record 4");
    assertThat(server.available(holder)).isEqualTo(9_700);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  void aRestartThatBringsItsOutcomeAlongAsksNothing() {
    intent();
    resume();
    outcome(0);
    send();

    assertThat(server.store.exceptions(TestServer.SITE, false, 0, 10)).isEmpty();
  }

  @Test
  void aCabinetThatIsHeardOfNoMoreIsAskedAboutWhenItsHoldIsOver() {
    intent();
    send();

    server.core.tick(server.now + HOLD - 1);
    assertThat(server.exceptions()).isEmpty();
    server.core.tick(server.now + HOLD);
    server.core.tick(server.now + HOLD + 1_000);

    assertThat(server.exceptions()).containsExactly(ExceptionKind.INTENT_WITHOUT_OUTCOME);
  }

  @Test
  void anAnswerOfTheOperatorIsLeftAsItIs() {
    intent();
    resume();
    send();
    server.core.exceptions().resolve(TestServer.SITE, 1, "door stayed shut", "li", server.now);

    outcome(0);
    send();

    assertThat(server.store.exception(TestServer.SITE, 1).orElseThrow().resolution())
        .isEqualTo("door stayed shut");
  }
}

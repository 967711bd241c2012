package dev.counterfoil.settlement.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.settlement.ingest.InnerVerification;
import dev.counterfoil.settlement.ingest.ChainVerification;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.terminals.HelloAnswer;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {

  @TempDir
  Path folder;

  private static void sell(TestServer server, TestTerminal till, int times) {
    long from = till.head.seq() + 1;
    for (int i = 0; i < times; i++) {
      till.cardSale(server.transaction(), TestServer.token(1), 100, true);
    }
    server.acknowledged(till.push(from));
  }

  private Signed nextEpoch(TestServer server, TestTerminal till, int boot) throws Exception {
    till.boot = new BootId(0, boot);
    Signed offer = server.hello(till).getEpochOffer();
    till.epoch = Wire.epoch(EpochOffer.parseFrom(offer.getPayload()).getEpoch());
    server.core.confirmEpoch(till.id, till.epoch);
    return offer;
  }

  @Test
  void aRestoredServerTakesEverythingAgainAndEndsWithTheSameBooks() throws Exception {
    Path backup = folder.resolve("backup.db");
    TestTerminal till;
    List<TransferRow> transfers;
    List<LedgerAccountRow> accounts;
    Signed offer;
    String generation;
    try (var server = TestServer.at(folder)) {
      till = server.terminal();
      server.holder(1, 100_000);
      nextEpoch(server, till, 5);
      sell(server, till, 2);
      ((SqliteSettlementStore) server.store).backupTo(backup);
      generation = server.core.serverGeneration();
      nextEpoch(server, till, 6);
      sell(server, till, 3);
      offer = nextEpoch(server, till, 7);
      sell(server, till, 1);
      transfers = server.store.transfers(TestServer.SITE, 0, 100);
      accounts = server.store.ledgerAccounts(TestServer.SITE);
    }

    try (var server = new TestServer(SqliteSettlementStore.open(backup), CoreSettings.DEFAULT)) {
      assertThat(server.core.serverGeneration()).isEqualTo(generation);
      server.core.restored(server.now);

      assertThat(server.core.serverGeneration()).isNotEqualTo(generation);
      assertThat(server.exceptions()).containsExactly(ExceptionKind.SERVER_RESTORED);
      Welcome welcome = server.hello(till.id, till.hello(offer), OtherSession.NONE);
      assertThat(welcome.getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
      AckStatement ack = TestServer.ack(welcome);
      assertThat(ack.getServerGeneration()).isEqualTo(welcome.getServerGeneration());
      assertThat(ack.getReceived().getSeq()).isEqualTo(3);

      server.acknowledged(till.push(4));

      assertThat(server.store.transfers(TestServer.SITE, 0, 100)).isEqualTo(transfers);
      assertThat(server.store.ledgerAccounts(TestServer.SITE))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
              "version")
          .isEqualTo(accounts);
      assertThat(server.ledger().problems()).isEmpty();
    }
  }

  @Test
  void aTerminalsOwnAcknowledgementProvesThatTheDatabaseWasPutBack() throws Exception {
    Path backup = folder.resolve("backup.db");
    TestTerminal till;
    Signed newest;
    try (var server = TestServer.at(folder)) {
      till = server.terminal();
      server.holder(1, 100_000);
      nextEpoch(server, till, 5);
      ((SqliteSettlementStore) server.store).backupTo(backup);
      sell(server, till, 2);
      newest = server.core.acknowledgement(till.id, server.now);
    }

    try (var server = new TestServer(SqliteSettlementStore.open(backup), CoreSettings.DEFAULT)) {
      String generation = server.core.serverGeneration();
      Signed forged = newest.toBuilder().setSignature(ByteString.copyFrom(new byte[64])).build();
      server.hello(till.id, greeting(till, forged), OtherSession.NONE);
      assertThat(server.core.serverGeneration()).as("a claim").isEqualTo(generation);

      server.hello(till.id, greeting(till, newest), OtherSession.NONE);
      assertThat(server.core.serverGeneration()).as("evidence").isNotEqualTo(generation);
      assertThat(server.exceptions()).containsExactly(ExceptionKind.SERVER_RESTORED);
      String renewed = server.core.serverGeneration();
      server.hello(till.id, greeting(till, newest), OtherSession.NONE);
      assertThat(server.core.serverGeneration()).as("once").isEqualTo(renewed);
    }
  }

  @Test
  @Requirement({"OFF-07", "OFF-08"})
  void epochsThatTheRestoredServerHasForgottenAreTakenOnItsOwnOfferAndOnNothingElse() throws Exception {
    Path backup = folder.resolve("backup.db");
    TestTerminal till;
    TestTerminal image;
    Signed offer;
    try (var server = TestServer.at(folder)) {
      till = server.terminal();
      server.holder(1, 100_000);
      nextEpoch(server, till, 5);
      sell(server, till, 1);
      ((SqliteSettlementStore) server.store).backupTo(backup);
      image = till.copy();
      nextEpoch(server, till, 6);
      sell(server, till, 2);
      offer = nextEpoch(server, till, 7);
      sell(server, till, 1);
    }

    try (var server = new TestServer(SqliteSettlementStore.open(backup), CoreSettings.DEFAULT)) {
      // Other random numbers than the first server's.
      server.restart();
      image.boot = new BootId(0, 8);
      assertThat(server.hello(image).hasEpochOffer()).as("the old image takes a number anew").isTrue();
      String generation = server.core.serverGeneration();
      Signed forged = offer.toBuilder().setSignature(ByteString.copyFrom(new byte[64])).build();
      assertThat(server.core.hello(till.id, till.hello(forged), OtherSession.NONE, server.now))
          .isEqualTo(new HelloAnswer.Barred(ReasonCode.WRONG_EPOCH, "terminal till-1"));
      assertThat(server.core.serverGeneration()).isEqualTo(generation);

      Welcome welcome = server.hello(till.id, till.hello(offer), OtherSession.NONE);

      assertThat(welcome.getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
      assertThat(server.core.serverGeneration()).as("the offer proves the restore").isNotEqualTo(generation);
      assertThat(Wire.epoch(EpochOffer.parseFrom(welcome.getEpochOffer().getPayload()).getEpoch()).isAfter(
          till.epoch)).as("numbers rise over what was forgotten").isTrue();
      server.acknowledged(till.push(3));
      assertThat(server.core.verificationBase(till.id).orElseThrow().head().received()).isEqualTo(till.head);
      assertThat(server.ledger().problems()).isEmpty();
    }
  }

  private static Hello greeting(TestTerminal till, Signed ack) throws Exception {
    AckStatement statement = AckStatement.parseFrom(ack.getPayload());
    return till.hello(null).toBuilder().setLastAck(ack).setAckNumber(statement.getAckNumber())
        .setServerGeneration(statement.getServerGeneration()).build();
  }

  @Test
  void acknowledgementNumbersRiseWithinAGeneration() {
    try (var server = TestServer.at(folder)) {
      TestTerminal till = server.terminal();
      AccountRow holder = server.holder(1, 1_000);
      long last = 0;
      for (int i = 0; i < 5; i++) {
        long from = till.head.seq() + 1;
        till.cardSale(server.transaction(), TestServer.token(1), 100, true);
        AckStatement ack = server.acknowledged(till.push(from));
        assertThat(ack.getAckNumber()).isGreaterThan(last);
        last = ack.getAckNumber();
        if (i == 2) {
          server.restart();
        }
      }
      assertThat(server.available(holder)).isEqualTo(500);
    }
  }

  @Test
  void aServerFromBeforeARotationLearnsTheKeyFromTheRotationThatIsSentAgain() throws Exception {
    Path backup = folder.resolve("backup.db");
    TestTerminal till;
    try (var server = TestServer.at(folder)) {
      till = server.terminal();
      server.holder(1, 100_000);
      nextEpoch(server, till, 5);
      sell(server, till, 1);
      ((SqliteSettlementStore) server.store).backupTo(backup);
      till.rotate(new Ed25519Signer(TestServer.seed(77)));
      server.acknowledged(till.push(3));
      sell(server, till, 2);
      assertEverySignatureIsGood(server, till);
    }

    try (var server = new TestServer(SqliteSettlementStore.open(backup), CoreSettings.DEFAULT)) {
      server.core.restored(server.now);
      Welcome welcome = server.hello(till);
      assertThat(welcome.getVerdict()).isEqualTo(Verdict.VERDICT_RESUME);
      assertThat(TestServer.ack(welcome).getReceived().getSeq()).isEqualTo(2);

      // Records of the new key alone are nothing to it; with the rotation before them they are.
      server.acknowledged(till.push(3));
      sell(server, till, 1);

      assertEverySignatureIsGood(server, till);
      assertThat(server.ledger().problems()).isEmpty();
      server.restart();
      sell(server, till, 1);
    }
  }

  /// As the background checks them, each under the key of its own place in the chain.
  private static void assertEverySignatureIsGood(TestServer server, TestTerminal till) {
    var inner = server.core.innerVerification();
    var verifier = new ChainVerifier(server.signatures);
    for (var range = inner.next(till.id, 2); range.isPresent(); range = inner.next(till.id, 2)) {
      long bad = InnerVerification.firstBad(range.get(), verifier);
      assertThat(bad).isZero();
      inner.verified(range.get(), bad, server.now);
    }
    assertThat(server.store.head(TestServer.SITE, 1).orElseThrow().verifiedSeq()).isEqualTo(till.head.seq());
    assertThat(ChainVerification.verify(server.store, server.core.verificationBase(till.id).orElseThrow(),
        server.signatures).problem()).isEmpty();
  }
}

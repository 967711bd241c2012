package dev.counterfoil.settlement.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.Health;
import dev.counterfoil.proto.v1.KeyRotate;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordLayout;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.ForkRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.TerminalStatus;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.trace.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTest extends TilledServer {

  IntakeTest() {
    super(100_000);
  }

  private JournalRecord sale(long amount) {
    return till.cardSale(server.transaction(), TestServer.token(1), amount, true);
  }

  private HeadRow head() {
    return server.store.head(TestServer.SITE, 1).orElseThrow();
  }

  @Test
  @Requirement({"OFF-08"})
  void theFirstRecordIsGenesisOrNothingIsTaken() {
    TestTerminal hasty = server.enrol();
    TestTerminal late = hasty.copy();
    hasty.cashSale(server.transaction(), 100);

    assertThat(server.refused(hasty.push(1)).reason()).isEqualTo(ReasonCode.GENESIS_MISSING);

    late.genesis();
    late.cashSale(server.transaction(), 100);
    assertThat(server.acknowledged(late.push(1)).getSettled().getSeq()).as("nothing is stuck").isEqualTo(2);
    late.genesis();
    assertThat(server.refused(late.push(3)).reason()).as("no enrolment calls for it")
        .isEqualTo(ReasonCode.BAD_GENESIS);
  }

  @Test
  @Requirement({"OFF-07", "PAY-17", "OFF-04"})
  void aRepeatedBatchIsAcknowledgedAndDebitsOnce() {
    sale(700);
    AckStatement first = server.acknowledged(till.push(2));

    AckStatement second = server.acknowledged(till.push(2));

    assertThat(second).isEqualTo(first);
    assertThat(server.available(holder)).isEqualTo(99_300);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  @Requirement({"OFF-07", "SYN-02"})
  void aBatchThatOverlapsIsTakenFromItsFirstNewRecord() {
    sale(100);
    server.acknowledged(till.push(2));
    sale(200);

    AckStatement ack = server.acknowledged(till.push(1));

    assertThat(ack.getReceived().getSeq()).isEqualTo(3);
    assertThat(ack.getSettled().getSeq()).isEqualTo(3);
    assertThat(ack.getSafe().getSeq()).isZero();
    assertThat(server.available(holder)).isEqualTo(99_700);
  }

  @Test
  void anAnswerSurvivesARestartOfTheServer() {
    sale(700);
    AckStatement before = server.acknowledged(till.push(2));

    server.restart();

    assertThat(server.acknowledged(till.push(2))).isEqualTo(before);
    assertThat(server.available(holder)).isEqualTo(99_300);
  }

  @Test
  @Requirement({"PAY-17"})
  void theSameBatchAtTwoServersOfOneDatabaseIsBookedOnce() {
    SettlementCore first = server.core;
    server.restart();
    SettlementCore second = server.core;
    // Both have looked at the terminal before either writes.
    assertThat(first.verificationBase(till.id)).isEqualTo(second.verificationBase(till.id));
    sale(700);

    IngestResult one = first.push(List.of(till.push(2)), server.now).getFirst();
    IngestResult two = second.push(List.of(till.push(2)), server.now).getFirst();

    assertThat(one).isInstanceOf(IngestResult.Acknowledged.class).isEqualTo(two);
    assertThat(server.available(holder)).isEqualTo(99_300);
    sale(100);
    server.acknowledged(till.push(3));
    sale(100);
    assertThat(first.push(List.of(till.push(3)), server.now).getFirst())
        .isInstanceOf(IngestResult.Acknowledged.class);
    assertThat(server.available(holder)).isEqualTo(99_100);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  void aBatchThatCannotBeWrittenWaitsAloneAndTheOthersGoThrough() {
    TestTerminal second = server.terminal();
    sale(700);
    second.cashSale(server.transaction(), 50);
    // A row in the way, as no honest course of things would leave it.
    server.store.commit(
        new CommitUnit().insertRecordKey(new RecordKeyRow(TestServer.SITE, 1, 2, 5, Hash.ZERO, 2, null)));

    List<IngestResult> results = server.core.push(List.of(till.push(2), second.push(2)), server.now);

    assertThat(results.get(0)).isEqualTo(
        new IngestResult.Refused(ReasonCode.SERVER_BUSY, till.record(1).position(), 0));
    assertThat(results.get(1)).isInstanceOf(IngestResult.Acknowledged.class);
    assertThat(server.balance(LedgerKind.MERCHANT_PAYABLE, 1)).isEqualTo(50);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  @Requirement({"PAY-17", "OFF-07"})
  void oneTransactionIdIsBookedOnceThoughTwoRecordsCarryIt() {
    TransactionId id = server.transaction();
    till.cardSale(id, TestServer.token(1), 700, true);
    till.cardSale(id, TestServer.token(1), 700, true);
    server.acknowledged(till.push(2, 2));

    server.acknowledged(till.push(3, 3));

    assertThat(server.available(holder)).isEqualTo(99_300);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.DUPLICATE_TRANSACTION);
  }

  @Test
  @Requirement({"OFF-08", "SEC-01"})
  void aSecondBranchFreezesTheTerminalAndKeepsBothAsProof() {
    TestTerminal copy = till.copy();
    JournalRecord accepted = sale(700);
    server.acknowledged(till.push(2));
    JournalRecord losing = copy.cardSale(server.transaction(), TestServer.token(1), 900, true);

    IngestResult.Refused refused = server.refused(copy.push(2));

    assertThat(refused.reason()).isEqualTo(ReasonCode.FORK);
    assertThat(refused.badSeq()).isEqualTo(2);
    assertThat(server.store.terminal(till.id).orElseThrow().status()).isEqualTo(TerminalStatus.FROZEN);
    List<ForkRow> branches = server.store.forks(TestServer.SITE, 1);
    assertThat(branches).extracting(ForkRow::losing).containsExactly(false, true);
    assertThat(branches.get(0).bytes()).isEqualTo(accepted.bytes());
    assertThat(branches.get(1).bytes()).isEqualTo(losing.bytes());
    assertThat(server.exceptions()).containsExactly(ExceptionKind.FORK);
    assertThat(server.available(holder)).isEqualTo(99_300);
    assertThat(server.refused(till.push(2)).reason()).isEqualTo(ReasonCode.TERMINAL_FROZEN);
  }

  @Test
  void aBranchThatIsAlreadyLongerIsRecognisedByItsLink() {
    TestTerminal copy = till.copy();
    sale(700);
    server.acknowledged(till.push(2));
    copy.cardSale(server.transaction(), TestServer.token(1), 900, true);
    copy.cardSale(server.transaction(), TestServer.token(1), 900, true);

    IngestResult.Refused refused = server.refused(copy.push(3));

    assertThat(refused.reason()).isEqualTo(ReasonCode.FORK);
    assertThat(server.store.terminal(till.id).orElseThrow().status()).isEqualTo(TerminalStatus.FROZEN);
  }

  @Test
  void anUnsignedSecondBranchFreezesNobody() {
    JournalRecord genuine = sale(700);
    server.acknowledged(till.push(2));
    byte[] forged = genuine.bytes().clone();
    forged[forged.length - 1] ^= 1;

    IngestResult.Refused refused = server.refused(
        IngestRequest.raw(till.id, till.epoch, 1, till.record(1).hash(), List.of(forged)));

    assertThat(refused.reason()).isEqualTo(ReasonCode.BAD_SIGNATURE);
    assertThat(server.store.terminal(till.id).orElseThrow().status()).isEqualTo(TerminalStatus.ACTIVE);
  }

  @Test
  @Requirement({"OFF-08", "SEC-01"})
  void oneFlippedByteInABatchWritesNothing() {
    sale(100);
    sale(200);
    IngestRequest good = till.push(2);
    List<byte[]> records = new ArrayList<>(good.records());
    byte[] bent = records.getFirst().clone();
    bent[RecordLayout.HEADER_LENGTH + 20] ^= 1;
    records.set(0, bent);

    IngestResult.Refused refused = server.refused(
        IngestRequest.raw(till.id, till.epoch, good.oldSeq(), good.oldHash(), records));

    assertThat(refused.reason()).isEqualTo(ReasonCode.WRONG_PREVIOUS);
    assertThat(refused.badSeq()).isEqualTo(3);
    assertThat(head().received().seq()).isEqualTo(1);
    assertThat(server.available(holder)).isEqualTo(100_000);
    server.acknowledged(good);
    assertThat(server.available(holder)).isEqualTo(99_700);
  }

  @Test
  @Requirement({"OFF-08"})
  void aBadHeadSignatureWritesNothingAndLeavesOneTraceADay() {
    byte[] forged = sale(100).bytes().clone();
    forged[forged.length - 1] ^= 1;
    IngestRequest bad = IngestRequest.raw(till.id, till.epoch, 1, till.record(1).hash(), List.of(forged));

    assertThat(server.refused(bad).reason()).isEqualTo(ReasonCode.BAD_SIGNATURE);
    assertThat(server.refused(bad).reason()).isEqualTo(ReasonCode.BAD_SIGNATURE);

    assertThat(head().received().seq()).isEqualTo(1);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.REJECTED_BATCH);
  }

  @Test
  void aGapInTheNumbersIsAnsweredWithTheServersPosition() {
    sale(100);
    sale(200);

    IngestResult.Refused refused = server.refused(till.push(3));

    assertThat(refused.reason()).isEqualTo(ReasonCode.SEQ_GAP);
    assertThat(refused.server()).isEqualTo(till.record(1).position());
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  void anotherTerminalsRecordsAreRefused() {
    TestTerminal other = server.terminal();
    JournalRecord foreign = sale(100);

    IngestResult.Refused refused = server.refused(
        IngestRequest.raw(other.id, other.epoch, 1, other.record(1).hash(), List.of(foreign.bytes())));

    assertThat(refused.reason()).isEqualTo(ReasonCode.WRONG_TERMINAL);
    assertThat(server.available(holder)).isEqualTo(100_000);
  }

  @Test
  void anEpochThatWasNeverGivenIsRefused() {
    till.epoch = new EpochId(7, 7);
    sale(100);

    assertThat(server.refused(till.push(2)).reason()).isEqualTo(ReasonCode.WRONG_EPOCH);
    assertThat(head().received().seq()).isEqualTo(1);
  }

  @Test
  void aSessionOfAnUnknownEpochIsRefusedThoughItsRecordsAreGood() {
    sale(100);
    IngestRequest good = till.push(2);

    IngestResult.Refused refused = server.refused(
        IngestRequest.raw(till.id, new EpochId(1, 7), good.oldSeq(), good.oldHash(), good.records()));

    assertThat(refused.reason()).isEqualTo(ReasonCode.WRONG_EPOCH);
    assertThat(head().received().seq()).isEqualTo(1);
    server.acknowledged(good);
  }

  @Test
  void aRevokedTerminalIsRefusedAtTheNextBatch() {
    sale(100);
    server.core.registry().revoke(till.id, "stolen");

    assertThat(server.refused(till.push(2)).reason()).isEqualTo(ReasonCode.CERTIFICATE_REVOKED);
  }

  @Test
  void aRotatedKeySignsFromTheNextRecordOn() {
    var next = new Ed25519Signer(TestServer.seed(77));
    byte[] proof = next.sign(Domain.ROTATE.over(ChainVerifier.rotationMessage(till.id, next.key())));
    till.write(RecordKind.KEY_ROTATE, KeyRotate.newBuilder().setNewAlg(1)
        .setNewPublicKey(ByteString.copyFrom(next.key().encoded()))
        .setNewKeyId(ByteString.copyFrom(next.key().id()
            .bytes()))
        .setProof(ByteString.copyFrom(proof)).build(), 0);
    server.acknowledged(till.push(2));
    var rotated = new TestTerminal(till.id, next, till.boardSerial, till.head.hash(), till.epoch);
    rotated.head = till.head;
    rotated.journal.addAll(till.journal);
    rotated.cardSale(server.transaction(), TestServer.token(1), 300, true);
    sale(400);

    assertThat(server.refused(till.push(3)).reason()).isEqualTo(ReasonCode.UNKNOWN_KEY);
    assertThat(server.acknowledged(rotated.push(3)).getSettled().getSeq()).isEqualTo(3);
    assertThat(server.available(holder)).isEqualTo(99_700);
  }

  @Test
  @Requirement({"OFF-04", "PAY-24"})
  void manyBatchesOfManyTerminalsGoIntoOneUnit() {
    TestTerminal second = server.terminal();
    TestTerminal third = server.terminal();
    List<IngestRequest> all = new ArrayList<>();
    for (TestTerminal each : List.of(till, second, third)) {
      for (int batch = 0; batch < 3; batch++) {
        long from = each.head.seq() + 1;
        each.cardSale(server.transaction(), TestServer.token(1), 100, true);
        each.cashSale(server.transaction(), 50);
        all.add(each.push(from));
      }
    }

    List<IngestResult> results = server.core.push(all, server.now);

    assertThat(results).hasSize(9).allMatch(IngestResult.Acknowledged.class::isInstance);
    assertThat(server.available(holder)).isEqualTo(99_100);
    assertThat(server.balance(LedgerKind.MERCHANT_PAYABLE, 1)).isEqualTo(1_350);
    // One unit: the holder's ledger account was written once, however many transfers touched it.
    assertThat(server.store.ledgerAccount(TestServer.SITE, holder.cashLedger()).orElseThrow().version())
        .isEqualTo(2);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  void aRefusedBatchDoesNotHoldUpTheOthersOfItsUnit() {
    TestTerminal second = server.terminal();
    byte[] forged = sale(100).bytes().clone();
    forged[forged.length - 1] ^= 1;
    second.cardSale(server.transaction(), TestServer.token(1), 200, true);

    List<IngestResult> results = server.core.push(List.of(
        IngestRequest.raw(till.id, till.epoch, 1, till.record(1).hash(), List.of(forged)), second.push(2)),
        server.now);

    assertThat(results.get(0)).isInstanceOf(IngestResult.Refused.class);
    assertThat(results.get(1)).isInstanceOf(IngestResult.Acknowledged.class);
    assertThat(server.available(holder)).isEqualTo(99_800);
  }

  @Test
  void aPoisonRecordGoesToTheQueueAloneAndTheBatchGoesOn() {
    sale(100);
    till.write(RecordKind.SALE, Sale.newBuilder().setAmountMinor(999).setCurrency("CNY").build(), 500);
    till.write(RecordKind.SALE, Sale.newBuilder().setAmountMinor(500).setCurrency("CNY")
        .setTransactionId(ByteString.copyFrom(new byte[3])).build(), 500);
    sale(200);

    AckStatement ack = server.acknowledged(till.push(2));

    assertThat(ack.getSettled().getSeq()).isEqualTo(5);
    assertThat(server.available(holder)).isEqualTo(99_700);
    assertThat(server.store.exceptions(TestServer.SITE, true, 0, 10))
        .extracting(ExceptionRow::kind, ExceptionRow::seq, ExceptionRow::amount).containsExactly(
            tuple(ExceptionKind.UNREADABLE_RECORD, 3L, 500L),
            tuple(ExceptionKind.UNREADABLE_RECORD, 4L, 500L));
  }

  @Test
  void aSaleInAnotherCurrencyIsNotBooked() {
    till.currency = "USD";
    sale(100);
    server.acknowledged(till.push(2));

    assertThat(server.available(holder)).isEqualTo(100_000);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.WRONG_CURRENCY);
  }

  @Test
  void anUnknownKindIsKeptChainedAndAcknowledged() {
    JournalRecord health = till.write(RecordKind.HEALTH, Health.getDefaultInstance(), 0);
    till.journal.remove(health);
    byte[] later = health.bytes().clone();
    later[RecordLayout.KIND_AT] = (byte) 200;
    int unsigned = later.length - RecordLayout.SIGNATURE_LENGTH;
    byte[] signature = till.signer.sign(Domain.RECORD.over(later, 0, unsigned));
    System.arraycopy(signature, 0, later, unsigned, signature.length);
    JournalRecord record = JournalRecord.parse(later);
    till.journal.add(record);
    till.head = record.position();
    sale(100);

    AckStatement ack = server.acknowledged(till.push(2));

    assertThat(ack.getSettled().getSeq()).isEqualTo(3);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.UNKNOWN_KIND);
    assertThat(RecordRun.read(server.store, TestServer.SITE, 1, 2, 2, 10, 10_000)).containsExactly(record);
  }

  @Test
  void aGapIsRaisedWithItsCountAndTheChainGoesOn() {
    ChainPosition before = till.head;
    till.head = new ChainPosition(11, before.hash(), before.turnover() + 400);
    till.write(RecordKind.GAP, Gap.newBuilder().setFromSeq(2).setToSeq(11).setMirrorTurnover(400)
        .setMirrorHash(ByteString.copyFrom(new byte[32])).build(), 0);
    sale(100);
    List<byte[]> records = List.of(till.record(12).bytes(), till.record(13).bytes());

    AckStatement ack = server.acknowledged(IngestRequest.raw(till.id, till.epoch, 1, before.hash(), records));

    assertThat(ack.getReceived().getSeq()).isEqualTo(13);
    assertThat(server.store.exceptions(TestServer.SITE, true, 0, 10).getFirst().detail())
        .isEqualTo("10 records are lost, 2..11");
    assertThat(server.store.exceptions(TestServer.SITE, true, 0, 10).getFirst().amount())
        .as("what the mirror says they moved").isEqualTo(400);
    assertThat(server.available(holder)).isEqualTo(99_900);
  }

  @Test
  void aBadInnerSignatureStopsSafeAndTheAllowanceButNotTheBooks() {
    sale(100);
    JournalRecord inner = sale(200);
    byte[] bent = inner.bytes().clone();
    bent[bent.length - 1] ^= 1;
    JournalRecord bad = JournalRecord.parse(bent);
    till.journal.set(2, bad);
    till.head = bad.position();
    sale(300);
    AckStatement settled = server.acknowledged(till.push(2));
    assertThat(settled.getAllowance().getMaxCount()).isPositive();

    var inspection = server.core.innerVerification();
    var verifier = new ChainVerifier(server.signatures);
    for (var range = inspection.next(till.id, 10); range.isPresent(); range = inspection.next(till.id, 10)) {
      inspection.verified(range.get(), InnerVerification.firstBad(range.get(), verifier), server.now);
    }

    assertThat(head().badSeq()).isEqualTo(3);
    assertThat(head().verifiedSeq()).isEqualTo(4);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.BAD_INNER_SIGNATURE);
    assertThat(server.available(holder)).isEqualTo(99_400);
    assertThat(server.core.copySteps().next(till.id, HeadRow.NOWHERE, 100, 100_000).orElseThrow().records())
        .extracting(JournalRecord::seq).containsExactly(1L, 2L);
    sale(400);
    assertThat(server.acknowledged(till.push(5)).getAllowance().getMaxCount()).isZero();
    assertThat(server.core.innerVerification().accept(till.id)).isTrue();
    sale(500);
    assertThat(server.acknowledged(till.push(6)).getAllowance().getMaxCount()).isPositive();
  }

  @Test
  void aBatchVerifiedBeforehandIsUsedOnlyWhereItFits() {
    sale(100);
    IngestRequest raw = till.push(2);
    var base = server.core.verificationBase(till.id).orElseThrow();
    var judged = new BatchVerifier(server.signatures).verify(base.chainState().orElseThrow(), base,
        raw.records());
    VerifiedBatch batch = ((BatchVerifier.Judgement.Good) judged).batch();
    var request = new IngestRequest(raw.terminal(), raw.epoch(), raw.oldSeq(), raw.oldHash(), raw.records(),
        batch);

    server.acknowledged(request);
    server.acknowledged(request);

    assertThat(server.available(holder)).isEqualTo(99_900);
  }

  @Test
  @Requirement({"PAY-07"})
  void aSettledSaleHasItsRecordTransactionTransfersAndBalanceInOneUnit() {
    TransactionId id = server.transaction();
    till.cardSale(id, TestServer.token(1), 700, true);
    server.acknowledged(till.push(2));

    assertThat(server.store.recordKey(TestServer.SITE, 1, 2).orElseThrow().transaction()).isEqualTo(id);
    assertThat(server.store.transactionsOf(TestServer.SITE, 1, 0, 10)).hasSize(1);
    List<TransferRow> transfers = server.store.transfersOf(TestServer.SITE, id);
    assertThat(transfers).hasSize(1);
    assertThat(transfers.getFirst().amount()).isEqualTo(700);
    assertThat(transfers.getFirst().debitAfter()).isEqualTo(server.available(holder));
  }

  @Test
  void theStoredChainVerifiesFromEndToEnd() {
    sale(100);
    server.acknowledged(till.push(2));
    sale(200);
    sale(300);
    server.acknowledged(till.push(3));

    ChainVerification.Report report = ChainVerification.verify(server.store,
        server.core.verificationBase(till.id).orElseThrow(), server.signatures);

    assertThat(report).isEqualTo(new ChainVerification.Report(4, Optional.empty()));
  }
}

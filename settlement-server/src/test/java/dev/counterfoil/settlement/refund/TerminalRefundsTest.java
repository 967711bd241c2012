package dev.counterfoil.settlement.refund;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Errand;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.RefundQuestion;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A refund that an operator wants at a terminal: looked up, allowed, and booked by its record.
class TerminalRefundsTest extends TilledServer {

  private static final int OPERATOR = 90;

  private TransactionId sale;
  private JournalRecord receipt;

  TerminalRefundsTest() {
    super(200_000);
  }

  @BeforeEach
  void sell() {
    server.core.cards().issueOperatorCard(TestServer.SITE, TestServer.token(OPERATOR), server.now);
    sale = server.transaction();
    receipt = till.cardSale(sale, TestServer.token(1), 1_200, false);
    server.acknowledged(till.push(receipt.seq()));
  }

  private RefundQuestion.Builder question() {
    return RefundQuestion.newBuilder()
        .setOperatorToken(ByteString.copyFrom(TestServer.token(OPERATOR).bytes()));
  }

  private ErrandAnswer ask(TestTerminal terminal, RefundQuestion.Builder question) {
    return server.core.errand(terminal.id, Errand.newBuilder().setNumber(1).setRefund(question).build(),
        server.now);
  }

  private ErrandAnswer wants(TransactionId refund, long amount) {
    return ask(till, question().setOriginalTransactionId(Wire.bytes(sale))
        .setTransactionId(Wire.bytes(refund)).setAmountMinor(amount));
  }

  private JournalRecord record(TransactionId refund, TransactionId original, long amount) {
    return till.write(RecordKind.REFUND, Refund.newBuilder().setTransactionId(Wire.bytes(refund))
        .setOriginalTransactionId(Wire.bytes(original)).setAmountMinor(amount).setCurrency("CNY")
        .setTender(Tender.TENDER_CARD).build(), -amount);
  }

  private TransactionRow transaction(TransactionId id) {
    return server.store.transaction(TestServer.SITE, id).orElseThrow();
  }

  @Test
  @Requirement({"RFD-03", "RFD-05", "RFD-06"})
  void anApprovedRefundIsBookedOnceByItsRecord() {
    TransactionId refund = server.transaction();

    ErrandAnswer answer = wants(refund, 500);
    assertThat(answer.getRefund().getLeftMinor()).isEqualTo(700);
    assertThat(server.available(holder)).as("an approval moves nothing").isEqualTo(198_800);
    push(() -> record(refund, sale, 500));
    long seq = till.head.seq();
    server.push(till.push(seq));

    assertThat(server.available(holder)).isEqualTo(199_300);
    assertThat(transaction(refund)).satisfies(row -> {
      assertThat(row.kind()).isEqualTo(TransactionKind.REFUND);
      assertThat(row.seq()).isEqualTo(seq);
      assertThat(row.amount()).isEqualTo(-500);
      assertThat(row.reverses()).isEqualTo(sale);
    });
    assertThat(server.exceptions()).isEmpty();
    assertThat(server.ledger().isBalanced()).isTrue();
  }

  @Test
  void theSaleIsFoundByItsReceiptItsRecordOrItsCard() {
    push(() -> till.cashSale(server.transaction(), 300));

    for (RefundQuestion.Builder named : java.util.List.of(
        question().setReceiptCode(ReceiptCode.of(receipt).toString()), question().setSeq(receipt.seq()),
        question().setCardToken(ByteString.copyFrom(TestServer.token(1).bytes())))) {
      var found = ask(till, named).getRefund();
      assertThat(found.getOriginalTransactionId()).isEqualTo(Wire.bytes(sale));
      assertThat(found.getPaidMinor()).isEqualTo(1_200);
      assertThat(found.getLeftMinor()).isEqualTo(1_200);
      assertThat(found.getTransactionId()).isEqualTo(ByteString.EMPTY);
    }
  }

  @Test
  @Requirement({"RFD-04", "MCH-09"})
  void eachCheckHasItsOwnCode() {
    TransactionId voided = server.transaction();
    push(() -> {
      till.cardSale(voided, TestServer.token(1), 100, false);
      till.voidSale(server.transaction(), voided, 100);
    });

    assertThat(ask(till, question().clearOperatorToken().setSeq(receipt.seq())).getProblem())
        .isEqualTo("REFUND_NOT_PERMITTED");
    assertThat(ask(till, question().setOperatorToken(ByteString.copyFrom(TestServer.token(1).bytes()))
        .setSeq(receipt.seq())).getProblem()).isEqualTo("REFUND_NOT_PERMITTED");
    assertThat(ask(till, question().setSeq(4_711)).getProblem()).isEqualTo("TRANSACTION_NOT_FOUND");
    assertThat(ask(till, question().setReceiptCode("nonsense")).getProblem())
        .isEqualTo("TRANSACTION_NOT_FOUND");
    assertThat(ask(till, question().setOriginalTransactionId(Wire.bytes(voided))).getProblem())
        .isEqualTo("TRANSACTION_STATUS");
    assertThat(wants(server.transaction(), 1_201).getProblem()).isEqualTo("REFUND_AMOUNT_EXCEEDED");
    assertThat(wants(server.transaction(), -5).getProblem()).isEqualTo("PARAMETER_ERROR");
  }

  @Test
  void anotherMerchantsSaleIsNotFound() {
    TestTerminal other = server.terminal();

    String code = ReceiptCode.of(receipt).toString();

    assertThat(ask(other, question().setReceiptCode(code)).getRefund().getPaidMinor())
        .as("the same merchant's other counter").isEqualTo(1_200);
    assertThat(ask(other, question().setSeq(receipt.seq())).getProblem())
        .as("a bare number means this terminal's").isEqualTo("TRANSACTION_NOT_FOUND");
  }

  @Test
  @Requirement({"RFD-05"})
  void twoCountersCannotBothBeAllowedTheWhole() {
    assertThat(wants(server.transaction(), 1_000).getProblem()).isEmpty();

    assertThat(wants(server.transaction(), 1_000).getProblem()).isEqualTo("REFUND_AMOUNT_EXCEEDED");
    server.now += ApprovedRefunds.LIFE_MS;
    assertThat(wants(server.transaction(), 1_000).getProblem()).as("no record followed").isEmpty();
  }

  @Test
  @Requirement({"RFD-05"})
  void whatWasPaidBackMeanwhileIsNotBookedAgainAndStandsInTheQueue() {
    TransactionId first = server.transaction();
    TransactionId second = server.transaction();
    wants(first, 1_000);
    server.restart();
    wants(second, 1_000);

    push(() -> {
      record(first, sale, 1_000);
      record(second, sale, 1_000);
    });

    assertThat(server.available(holder)).isEqualTo(199_800);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.REFUND_NOT_BOOKED);
    assertThat(server.ledger().isBalanced()).isTrue();
  }

  @Test
  void whatThisServerDidNotApproveIsNotBooked() {
    TransactionId other = server.transaction();
    push(() -> till.cardSale(other, TestServer.token(1), 900, false));
    TransactionId approved = server.transaction();
    wants(approved, 500);

    push(() -> {
      record(server.transaction(), sale, 500);
      record(approved, other, 500);
    });

    assertThat(server.available(holder)).isEqualTo(197_900);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.REFUND_UNAPPROVED,
        ExceptionKind.REFUND_UNAPPROVED);
  }

  @Test
  @Requirement({"PAY-17"})
  void theSameQuestionGetsTheSameAnswerAndAnotherOneUnderItsNumberNone() {
    TransactionId refund = server.transaction();

    ErrandAnswer once = wants(refund, 500);

    assertThat(wants(refund, 500)).isEqualTo(once);
    assertThat(wants(refund, 400).getProblem()).isEqualTo("KEY_REUSED");
  }

  @Test
  @Requirement({"SEC-11"})
  void moreThanOneOperatorMayPayBackAloneIsNotAllowedAtACounter() {
    sale = server.transaction();
    push(() -> till.cardSale(sale, TestServer.token(1), 150_000, false));

    assertThat(wants(server.transaction(), 60_000).getProblem()).isEmpty();
    assertThat(wants(server.transaction(), 60_000).getProblem()).isEqualTo("REFUND_TAKES_TWO");
  }
}

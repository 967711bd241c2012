package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.RefundAnswer;
import dev.counterfoil.proto.v1.RefundQuestion;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator pays a sale back at a terminal, with the server's part spoken by the test.
class RefundTest {

  private static final char REFUND = '3';
  private static final TransactionId SALE = new TransactionId(7, 8);

  @TempDir
  private Path folder;
  private CoreRig rig;

  @BeforeEach
  void online() {
    rig = CoreRig.enrolled(folder);
    rig.connect(Channel.CHANNEL_JOURNAL, rig.welcome());
    rig.connect(Channel.CHANNEL_DESK, rig.welcome().setAnswersErrands(true));
    rig.snapshot(0, 1, false, CoreRig.account(CoreRig.CARD, 50_000), CoreRig.operator());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private RefundQuestion asked() {
    return rig.sent.stream().filter(Frame::hasErrand).toList().getLast().getErrand().getRefund();
  }

  private void answers(ErrandAnswer.Builder answer) {
    long number = rig.sent.stream().filter(Frame::hasErrand).toList().getLast().getErrand().getNumber();
    rig.receive(Channel.CHANNEL_DESK,
        Frame.newBuilder().setErrandAnswer(answer.setNumber(number)).build());
  }

  private void found(long left) {
    answers(ErrandAnswer.newBuilder().setRefund(RefundAnswer.newBuilder()
        .setOriginalTransactionId(Wire.bytes(SALE)).setPaidMinor(1_200).setLeftMinor(left)
        .setAccountId(CoreRig.ACCOUNT)));
  }

  private void allows(long left) {
    answers(ErrandAnswer.newBuilder().setRefund(RefundAnswer.newBuilder()
        .setOriginalTransactionId(Wire.bytes(SALE)).setTransactionId(asked().getTransactionId())
        .setLeftMinor(left)));
  }

  private List<JournalRecord> refunds() {
    return rig.records().stream().filter(record -> record.is(RecordKind.REFUND)).toList();
  }

  @Test
  @Requirement({"RFD-03", "RFD-05", "MCH-03"})
  void aPartOfASaleIsPaidBackByASignedRecord() throws Exception {
    rig.errand(REFUND);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.RefundSale(""));
    rig.keys("42#");
    assertThat(asked().getSeq()).isEqualTo(42);
    assertThat(asked().getOperatorToken()).isEqualTo(ByteString.copyFrom(CoreRig.OPERATOR.bytes()));
    found(1_000);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.RefundAmount(1_000, ""));

    rig.keys("2*5#");
    assertThat(refunds()).as("before the server has said so").isEmpty();
    allows(750);

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Refunded(250, false));
    JournalRecord record = refunds().getFirst();
    assertThat(record.amount()).isEqualTo(-250);
    assertThat(Refund.parseFrom(record.body())).satisfies(body -> {
      assertThat(body.getTransactionId()).isEqualTo(asked().getTransactionId());
      assertThat(body.getOriginalTransactionId()).isEqualTo(Wire.bytes(SALE));
      assertThat(body.getTender()).isEqualTo(Tender.TENDER_CARD);
      assertThat(body.getLeftMinor()).isEqualTo(750);
    });
    assertThat(rig.effects).anyMatch(effect -> effect instanceof Effect.Print(var printed)
        && printed.equals(record));
  }

  @Test
  void theSaleIsNamedByItsCardOrItsReceiptToo() {
    rig.errand(REFUND);
    rig.card(CoreRig.CARD);
    assertThat(asked().getCardToken()).isEqualTo(ByteString.copyFrom(CoreRig.CARD.bytes()));
    found(1_000);
    rig.keys("D");

    rig.errand(REFUND);
    var code = ReceiptCode.of(rig.records().getFirst());
    rig.happen(new Event.Input(new SaleEvent.ReceiptPresented(code)));

    assertThat(asked().getReceiptCode()).isEqualTo(code.toString());
  }

  @Test
  void ofWhatIsPaidBackAlreadyNobodyAsksHowMuch() {
    rig.errand(REFUND);
    rig.keys("42#");
    found(0);

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.Rejected(Screen.Mistake.REFUND_TOO_HIGH));
    assertThat(rig.noted("attempt_refused")).containsExactly("reason=REFUND_TOO_HIGH number=57");
  }

  @Test
  void withoutAnAmountAllThatIsLeftIsPaidBackAndMoreIsNotAskedFor() {
    rig.errand(REFUND);
    rig.keys("42#");
    found(1_000);
    rig.keys("10*01#");
    assertThat(rig.screens.getLast())
        .isEqualTo(new Screen.Rejected(Screen.Mistake.REFUND_TOO_HIGH));
    rig.errand(REFUND);
    rig.keys("42#");
    found(1_000);

    rig.keys("#");

    assertThat(asked().getAmountMinor()).isEqualTo(1_000);
  }

  @Test
  void withoutTheServerNothingIsPaidBack() {
    rig.cut();

    assertThat(rig.errand(REFUND)).isEqualTo(new Screen.Rejected(Screen.Mistake.REFUND_ONLINE_ONLY));

    assertThat(refunds()).isEmpty();
  }

  @Test
  void aLinkThatBreaksBeforeTheAnswerPaysNothingBack() {
    rig.errand(REFUND);
    rig.keys("42#");
    found(1_000);
    rig.keys("#");

    rig.cut();

    assertThat(rig.screens).contains(new Screen.Rejected(Screen.Mistake.REFUND_ONLINE_ONLY));
    assertThat(refunds()).isEmpty();
  }

  @Test
  void aLateAnswerPaysNothingBack() {
    rig.errand(REFUND);
    rig.keys("42#");
    found(1_000);
    rig.keys("#");
    rig.pass(6_000);

    allows(0);

    assertThat(refunds()).isEmpty();
  }

  @Test
  void theAnswerToAnEarlierQuestionIsNotTakenForThisOne() {
    rig.errand(REFUND);
    rig.keys("42#");
    long first = rig.sent.stream().filter(Frame::hasErrand).toList().getLast().getErrand().getNumber();
    rig.pass(6_000);
    rig.errand(REFUND);
    rig.keys("43#");

    rig.receive(Channel.CHANNEL_DESK, Frame.newBuilder().setErrandAnswer(ErrandAnswer.newBuilder()
        .setNumber(first).setRefund(RefundAnswer.newBuilder().setOriginalTransactionId(Wire.bytes(SALE))
            .setPaidMinor(90_000).setLeftMinor(90_000).setAccountId(CoreRig.ACCOUNT)))
        .build());
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.RefundAsked());

    found(1_000);
    assertThat(rig.screens.getLast()).isEqualTo(new Screen.RefundAmount(1_000, ""));
  }

  @Test
  @Requirement({"RFD-04"})
  void aRefusalIsToldByItsCode() {
    rig.errand(REFUND);
    rig.keys("42#");

    answers(ErrandAnswer.newBuilder().setProblem("TRANSACTION_NOT_FOUND"));

    assertThat(rig.screens.getLast()).isEqualTo(new Screen.RefundRefused("TRANSACTION_NOT_FOUND"));
  }

  @Test
  void aRefundThatLandedThoughItsCommitFailedIsToldAsWhatItIs() {
    rig.errand(REFUND);
    rig.keys("42#");
    found(1_000);
    rig.keys("#");
    rig.store.failNextAfterItIsDurable();

    allows(0);
    rig.pass(20_000);

    assertThat(refunds()).hasSize(1);
    assertThat(rig.screens).contains(new Screen.Refunded(1_000, false));
  }

  @Test
  void aSaleThatWasPaidBackInPartIsNotTakenBackAsAWhole() {
    rig.cut();
    rig.buy(12, CoreRig.CARD);
    TransactionId own = rig.core.journal().lastSale().orElseThrow().transactionId();
    rig.pass(60_000);
    rig.connect(Channel.CHANNEL_DESK, rig.welcome().setAnswersErrands(true));
    rig.errand(REFUND);
    rig.card(CoreRig.CARD);
    answers(ErrandAnswer.newBuilder().setRefund(RefundAnswer.newBuilder()
        .setOriginalTransactionId(Wire.bytes(own)).setLeftMinor(1_200).setAccountId(CoreRig.ACCOUNT)));
    rig.keys("1#");

    allows(1_100);

    assertThat(rig.core.journal().lastSale()).isEmpty();
  }
}

package dev.counterfoil.settlement.shift;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Errand;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.SeqRange;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftQuestion;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.ShiftStep;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the books say to a terminal's closed shift.
class ShiftDeskTest extends TilledServer {

  /// More than one step of the desk.
  private static final int LOST = 1_500;

  ShiftDeskTest() {
    super(10_000);
  }

  private ErrandAnswer ask(long closeSeq) {
    return server.core.errand(till.id, Errand.newBuilder().setNumber(5)
        .setShift(ShiftQuestion.newBuilder().setCloseSeq(closeSeq)).build(), server.now);
  }

  private void sell(long amount) {
    till.cardSale(server.transaction(), TestServer.token(1), amount, true);
  }

  private long close(long from, ShiftReport.Builder said) {
    return till.write(RecordKind.SHIFT_REPORT, said.setFromSeq(from).setToSeq(till.head.seq())
        .setStep(ShiftStep.SHIFT_STEP_CLOSED).build(), 0).seq();
  }

  private static ShiftReport.Builder said(int sales, long salesMinor, long cardMinor, long cashMinor) {
    return ShiftReport.newBuilder().setSales(sales).setSalesMinor(salesMinor).setCardMinor(cardMinor)
        .setCashMinor(cashMinor);
  }

  @Test
  @Requirement({"REC-04"})
  void theBooksAnswerWithTheirOwnTotalsOfTheSameRecords() {
    push(() -> sell(100));
    long from = till.head.seq() + 1;
    TransactionId taken = server.transaction();
    push(() -> {
      sell(1_200);
      till.cashSale(server.transaction(), 500);
      till.cardSale(taken, TestServer.token(1), 300, true);
      till.voidSale(server.transaction(), taken, 300);
      till.decline(server.transaction(), 900);
      close(from, said(3, 2_000, 1_500, 500).setVoids(1).setVoidsMinor(300));
    });

    ErrandAnswer answer = ask(till.head.seq());

    assertThat(answer.getProblem()).isEmpty();
    assertThat(answer.getNumber()).isEqualTo(5);
    assertThat(answer.getShift()).isEqualTo(ShiftAnswer.newBuilder().setCloseSeq(till.head.seq()).setSales(3)
        .setSalesMinor(2_000).setVoids(1).setVoidsMinor(300).setCardMinor(1_500).setCashMinor(500).build());
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  @Requirement({"REC-01", "REC-04"})
  void whatCouldNotBeBookedIsNamedAndTheDifferenceIsRaisedOnce() {
    long from = till.head.seq() + 1;
    TransactionId twice = server.transaction();
    push(() -> {
      till.cardSale(twice, TestServer.token(1), 700, true);
      till.cardSale(twice, TestServer.token(1), 700, true);
      close(from, said(2, 1_400, 1_400, 0));
    });

    ShiftAnswer answer = ask(till.head.seq()).getShift();
    ask(till.head.seq());

    assertThat(answer.getSalesMinor()).isEqualTo(700);
    assertThat(answer.getUnbookedList()).containsExactly(
        SeqRange.newBuilder().setFromSeq(from + 1).setToSeq(from + 1).build());
    assertThat(server.exceptions()).containsExactly(ExceptionKind.DUPLICATE_TRANSACTION,
        ExceptionKind.SHIFT_DIFFERS);
    assertThat(server.store.exceptions(TestServer.SITE, true, 0, 10).getLast()).satisfies(row -> {
      assertThat(row.amount()).isEqualTo(-700);
      assertThat(row.seq()).isEqualTo(till.head.seq());
    });
  }

  @Test
  void whatIsNoClosedShiftOrNotHereYetIsRefusedByItsCode() {
    push(() -> sell(100));
    long unsent = close(1, said(1, 100, 100, 0));

    assertThat(ask(unsent).getProblem()).isEqualTo("SHIFT_NOT_SETTLED");
    assertThat(ask(unsent - 1).getProblem()).isEqualTo("SHIFT_UNKNOWN");
    assertThat(server.core.errand(till.id, Errand.newBuilder().setNumber(1).build(), server.now).getProblem())
        .isEqualTo("ERRAND_UNKNOWN");
  }

  @Test
  void aRecordThatOpensAShiftClosesNone() {
    push(() -> till.write(RecordKind.SHIFT_REPORT, said(0, 0, 0, 0).setFromSeq(1).setToSeq(1)
        .setStep(ShiftStep.SHIFT_STEP_OPENED).build(), 0));

    assertThat(ask(till.head.seq()).getProblem()).isEqualTo("SHIFT_UNKNOWN");
  }

  @Test
  @Requirement({"REC-04"})
  void recordsThatNobodyHasAnyMoreAreNamed() {
    long from = till.head.seq() + 1;
    ChainPosition before = till.head;
    till.head = new ChainPosition(before.seq() + LOST, before.hash(), before.turnover());
    till.write(RecordKind.GAP, Gap.newBuilder().setFromSeq(from).setToSeq(from + LOST - 1)
        .setMirrorTurnover(before.turnover()).setMirrorHash(ByteString.copyFrom(new byte[32])).build(), 0);
    close(from, said(2, 600, 600, 0));
    server.acknowledged(IngestRequest.raw(till.id, till.epoch, 1, before.hash(),
        List.of(till.record(from + LOST).bytes(), till.record(from + LOST + 1).bytes())));

    ShiftAnswer answer = ask(till.head.seq()).getShift();

    assertThat(answer.getMissingList()).containsExactly(
        SeqRange.newBuilder().setFromSeq(from).setToSeq(from + LOST - 1).build());
    assertThat(server.exceptions()).contains(ExceptionKind.SHIFT_DIFFERS);
  }

  @Test
  void aRangeThatNoShiftCanHaveIsRefused() {
    push(() -> till.write(RecordKind.SHIFT_REPORT,
        ShiftReport.newBuilder().setFromSeq(1).setToSeq(ShiftDesk.MOST_RECORDS + 9)
            .setStep(ShiftStep.SHIFT_STEP_CLOSED).build(),
        0));

    assertThat(ask(till.head.seq()).getProblem()).isEqualTo("SHIFT_TOO_LONG");
  }

  @Test
  void aRangeOfMoreThanOneStepIsAddedUpWhole() {
    long from = till.head.seq() + 1;
    for (int batch = 0; batch < 3; batch++) {
      push(() -> {
        for (int i = 0; i < 450; i++) {
          till.cashSale(server.transaction(), 2);
        }
      });
    }
    push(() -> close(from, said(1_350, 2_700, 0, 2_700)));

    assertThat(ask(till.head.seq()).getShift().getSales()).isEqualTo(1_350);
    assertThat(server.exceptions()).isEmpty();
  }
}

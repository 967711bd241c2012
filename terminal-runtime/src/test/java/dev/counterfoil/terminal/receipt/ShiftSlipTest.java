package dev.counterfoil.terminal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.SeqRange;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.ShiftStep;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainFixture;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The slips of a shift, as read.
class ShiftSlipTest {

  private static final ShiftReport REPORT = ShiftReport.newBuilder().setStep(ShiftStep.SHIFT_STEP_CLOSED)
      .setShift(3).setFromSeq(10).setToSeq(41).setSales(20).setSalesMinor(25_000).setVoids(1)
      .setVoidsMinor(300).setCardMinor(24_000).setCashMinor(1_000).build();

  private static JournalRecord closing() {
    var when = new RecordCircumstances(1_795_235_405_000L, TimeQuality.ANCHORED, 0, 0, 0);
    return new RecordSealer(new TerminalId(1, 2)).seal(new ChainPosition(41, new Hash(1, 2, 3, 4), 0),
        new EpochId(1, 1), when, RecordDraft.of(RecordKind.SHIFT_REPORT, REPORT, 0), ChainFixture.signer(1));
  }

  private static Receipt receipt(Language language) {
    return new Receipt("Canteen", "Canteen", language, ZoneId.of("Asia/Shanghai"), 32, false, false);
  }

  private static List<String> lines(Slip slip) {
    return slip.parts().stream().filter(Slip.Text.class::isInstance)
        .map(part -> ((Slip.Text) part).words().replaceAll(" +", " ")).toList();
  }

  @Test
  void aClosedShiftIsPrintedFromItsRecord() {
    assertThat(lines(receipt(Language.ENGLISH).of(closing(), false).orElseThrow())).contains("SHIFT CLOSED",
        "Shift 3", "Records 10-41", "Sales 20 x 250.00", "Paid by card 240.00", "Paid in cash 10.00",
        "Voids 1 x -3.00", "TOTAL 247.00");
  }

  @Test
  void theAnswerNamesEveryMissingRange() {
    var answer = ShiftAnswer.newBuilder().setSales(19).setSalesMinor(24_000).setVoids(1).setVoidsMinor(300)
        .setCardMinor(23_000).setCashMinor(1_000)
        .addMissing(SeqRange.newBuilder().setFromSeq(17).setToSeq(18))
        .addUnbooked(SeqRange.newBuilder().setFromSeq(30).setToSeq(30)).build();

    assertThat(lines(receipt(Language.CHINESE).answered(closing(), answer))).contains("对账凭条", "终端 247.00",
        "服务器 237.00", "差额 -10.00", "服务器缺少的流水", "17 - 18", "未入账的流水", "30");
  }
}

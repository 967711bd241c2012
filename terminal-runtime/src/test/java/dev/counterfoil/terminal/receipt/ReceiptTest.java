package dev.counterfoil.terminal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.LineItem;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.journal.JournalFixture;
import dev.counterfoil.terminal.sale.Texts.Language;
import dev.counterfoil.trace.Requirement;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  /// 2026-11-21T04:30:05Z
  private static final long TIME = 1_795_235_405_000L;

  @Test
  @Requirement({"PAY-27"})
  void aSaleByCardSaysWhoWhenWhatAndHowMuchInChinese() {
    var record = record(RecordKind.SALE, TimeQuality.ANCHORED, meal().build().toByteString(), 1250);

    assertThat(text(receipt(Language.CHINESE, 32), record, false)).containsExactly("北校区食堂", "消费小票",
        "终端                     3号窗口",
        "流水号                         7", "时间         2026-11-21 12:30:05", "-".repeat(32),
        "红烧肉盖饭                 10.00", "可乐 2 x 1.25               2.50", "-".repeat(32),
        "合计                   CNY 12.50", "刷卡支付                   12.50", "余额                       87.50",
        "-".repeat(32), "小票验证码", ReceiptCode.of(record).toString(), "[QR " + ReceiptCode.of(record) + "]");
  }

  @Test
  @Requirement({"PAY-27"})
  void copiesAndWeighedGoodsSayHowManyAndHowMuch() {
    var sale = meal().addLines(LineItem.newBuilder().setProductName("牛肉").setUnitPriceMinor(2394)
        .setQuantity(1).setWeightGrams(352).setKilogramPriceMinor(6800)).build();
    var record = record(RecordKind.SALE, TimeQuality.ANCHORED, sale.toByteString(), 1250);

    assertThat(text(receipt(Language.CHINESE, 32), record, false)).contains("可乐 2 x 1.25               2.50",
        "牛肉 0.352 kg x 68.00      23.94");
  }

  @Test
  void aCopyInEnglishSaysThatItIsOneAndOpensNoDrawer() {
    var cash = Sale.newBuilder().setTender(Tender.TENDER_CASH).setAmountMinor(300).setCurrency("CNY").build();
    var record = record(RecordKind.SALE, TimeQuality.LOCAL_CLOCK, cash.toByteString(), 300);
    var receipt = new Receipt("Canteen", "Canteen", Language.ENGLISH, ZONE, 32, false, true);

    assertThat(text(receipt, record, true)).containsExactly("Canteen", "SALE", "** COPY **",
        "Record                         7", "Time        2026-11-21 12:30:05~",
        "time not confirmed by the server",
        "-".repeat(32),
        "TOTAL                   CNY 3.00", "Paid in cash                3.00", "-".repeat(32),
        "Receipt code",
        ReceiptCode.of(record).toString());
    assertThat(receipt.of(record, true).orElseThrow().drawer()).isFalse();
    assertThat(receipt.of(record, false).orElseThrow().drawer()).isTrue();
  }

  @Test
  void whatTwoPursesPaidIsSplit() {
    var sale = meal().clearLines().setCashMinor(250).setOffline(true).setOriginalMinor(1500)
        .setDiscountMinor(250)
        .build();
    var record = record(RecordKind.SALE, TimeQuality.ANCHORED, sale.toByteString(), 1250);

    assertThat(text(receipt(Language.ENGLISH, 32), record, false)).contains(
        "Before discount            15.00",
        "Discount                   -2.50", "TOTAL                  CNY 12.50",
        "Paid in cash                2.50",
        "Paid by card               10.00", "Balance                    87.50",
        "approved without the server");
  }

  @Test
  void aVoidNamesTheRecordThatItTakesBack() {
    var taken = dev.counterfoil.proto.v1.Void.newBuilder().setOriginalSeq(6).setAmountMinor(1250)
        .setCurrency("CNY")
        .build();
    var record = record(RecordKind.VOID, TimeQuality.ANCHORED_BEFORE, taken.toByteString(), -1250);

    assertThat(text(receipt(Language.ENGLISH, 32), record, false)).contains("VOID",
        "Of record                      6", "Taken back            CNY -12.50",
        "Time        2026-11-21 12:30:05~");
  }

  @Test
  void otherRecordsHaveNoReceipt() {
    var record = record(RecordKind.HEALTH, TimeQuality.ANCHORED, ByteString.EMPTY, 0);

    assertThat(receipt(Language.ENGLISH, 32).of(record, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 42, 48, 64})
  void noLineIsWiderThanThePaper(int columns) {
    var sale = meal().addLines(
        item("Extraordinarily long name of a dish that somebody was proud of 特别长的菜名", 100_000_000, 9_999));
    var record = record(RecordKind.SALE, TimeQuality.LOCAL_CLOCK, sale.build().toByteString(), 1250);

    for (Language language : Language.values()) {
      var slip = receipt(language, columns).of(record, false).orElseThrow();
      assertThat(slip.parts()).allSatisfy(part -> {
        if (part instanceof Slip.Text(var words, var style)) {
          assertThat(width(words) * (style.large() ? 2 : 1)).as(words).isLessThanOrEqualTo(columns);
        }
      });
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWordFitsTheNarrowestPaper(ReceiptWord word) {
    assertThat(word.in(Language.ENGLISH)).hasSizeLessThanOrEqualTo(32).matches("[ -~]+");
    assertThat(width(word.in(Language.CHINESE))).isLessThanOrEqualTo(24);
  }

  private static int width(String text) {
    return text.codePoints().map(c -> c < 0x80 ? 1 : 2).sum();
  }

  private static Receipt receipt(Language language, int columns) {
    return new Receipt("北校区食堂", "3号窗口", language, ZONE, columns, true, false);
  }

  private static Sale.Builder meal() {
    return Sale.newBuilder().setTender(Tender.TENDER_CARD).setAmountMinor(1250).setCurrency("CNY")
        .setBalanceBeforeMinor(10_000).setBalanceAfterMinor(8_750).addLines(item("红烧肉盖饭", 1000, 1))
        .addLines(item("可乐", 125, 2));
  }

  private static LineItem item(String name, long price, int quantity) {
    return LineItem.newBuilder().setProductName(name).setUnitPriceMinor(price).setQuantity(quantity).build();
  }

  private static List<String> text(Receipt receipt, JournalRecord record, boolean copy) {
    return receipt.of(record, copy).orElseThrow().parts().stream().map(part -> switch (part) {
      case Slip.Text(var words, var _) -> words;
      case Slip.QrCode(var content) -> "[QR " + content + "]";
      case Slip.Feed _ -> "";
    }).filter(line -> !line.isEmpty()).collect(Collectors.toList());
  }

  private static JournalRecord record(RecordKind kind, TimeQuality quality, ByteString body, long amount) {
    var before = JournalFixture.chain(6).getLast().position();
    return new RecordSealer(JournalFixture.TERMINAL).seal(before, JournalFixture.EPOCH.id(),
        new RecordCircumstances(TIME, quality, 9_000, 1, 0),
        new RecordDraft(kind, body.toByteArray(), amount),
        JournalFixture.SIGNER);
  }
}

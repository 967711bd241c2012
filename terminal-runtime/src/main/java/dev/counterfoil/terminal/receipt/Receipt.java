package dev.counterfoil.terminal.receipt;

import dev.counterfoil.proto.v1.LineItem;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.terminal.device.Slip.Style;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.journal.OwnRecord;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes the receipt of a durable record, from its bytes alone: what the paper says is what was signed (PAY-27).
///
/// Time stands in the terminal's zone; `~` behind it says that no server has confirmed it in this run. The receipt code is
/// that of docs/PROTOCOL.md, section 6, as text and as QR code.
///
/// @param merchant what the first line says
/// @param terminal name of the terminal; the same as the merchant is not repeated
/// @param columns  of the paper, 24 to 64
/// @param qr       whether the printer can print QR codes
/// @param drawer   whether the cash drawer opens for a sale in cash
public record Receipt(String merchant, String terminal, Language language, ZoneId zone, int columns,
    boolean qr,
    boolean drawer) {

  private static final long GRAMS = 1_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss",
      Locale.ROOT);

  /// The receipt of a sale, void or collected order; empty for a record that has none.
  ///
  /// @param copy says that it is one
  public Optional<Slip> of(JournalRecord record, boolean copy) {
    if (record.is(RecordKind.SALE)) {
      return Optional.of(sale(record, OwnRecord.body(record, Sale.parser()), copy));
    }
    if (record.is(RecordKind.TEST)) {
      return test(record, OwnRecord.body(record, TestRecord.parser()), copy);
    }
    if (record.is(RecordKind.REFUND)) {
      return Optional.of(refund(record, OwnRecord.body(record, Refund.parser()), copy));
    }
    if (record.is(RecordKind.SHIFT_REPORT)) {
      return Optional.of(shifts().of(record, OwnRecord.body(record, ShiftReport.parser()), copy));
    }
    if (record.is(RecordKind.USE)) {
      return used(record, OwnRecord.body(record, Use.parser()), copy);
    }
    return record.is(RecordKind.VOID)
        ? Optional.of(taken(record, OwnRecord.body(record, dev.counterfoil.proto.v1.Void.parser()), copy))
        : Optional.empty();
  }

  private Optional<Slip> test(JournalRecord record, TestRecord test, boolean copy) {
    return switch (test.getWhatCase()) {
      case SALE -> Optional.of(sale(record, test.getSale(), copy));
      case TAKEN_BACK -> Optional.of(taken(record, test.getTakenBack(), copy));
      case REFUND -> Optional.of(refund(record, test.getRefund(), copy));
      case USE -> used(record, test.getUse(), copy);
      case DECLINE, MODE, WHAT_NOT_SET -> Optional.empty();
    };
  }

  /// The server's answer to a closed shift.
  ///
  /// @param closing the record that closed it
  public Slip answered(JournalRecord closing, ShiftAnswer answer) {
    return shifts().answered(closing, OwnRecord.body(closing, ShiftReport.parser()), answer);
  }

  private ShiftSlip shifts() {
    return new ShiftSlip(this);
  }

  private Slip sale(JournalRecord record, Sale sale, boolean copy) {
    var layout = head(ReceiptWord.SALE, record, copy);
    sale.getLinesList().forEach(item -> item(layout, item));
    if (sale.getOrderId() != 0) {
      layout.line(ReceiptWord.ORDER_NUMBER, Long.toString(sale.getOrderId()), Style.PLAIN);
    }
    if (sale.getLinesCount() > 0) {
      layout.rule();
    }
    if (sale.getDiscountMinor() > 0) {
      layout.line(ReceiptWord.BEFORE, Money.decimal(sale.getOriginalMinor()), Style.PLAIN)
          .line(ReceiptWord.DISCOUNT, "-" + Money.decimal(sale.getDiscountMinor()), Style.PLAIN);
    }
    layout.line(ReceiptWord.TOTAL, sale.getCurrency() + " " + Money.decimal(sale.getAmountMinor()),
        Style.BOLD);
    boolean cash = sale.getTender() == Tender.TENDER_CASH;
    paidBy(layout, sale, cash);
    return new Slip(tail(layout, record), drawer && !copy && cash && !record.is(RecordKind.TEST));
  }

  /// Of uses, only an ordered meal is handed out.
  private Optional<Slip> used(JournalRecord record, Use use, boolean copy) {
    if (use.getOrderId() == 0) {
      return Optional.empty();
    }
    var layout = head(ReceiptWord.ORDER, record, copy);
    use.getLinesList().forEach(item -> item(layout, item));
    layout.line(ReceiptWord.ORDER_NUMBER, Long.toString(use.getOrderId()), Style.PLAIN)
        .note(ReceiptWord.NOTHING_TO_PAY);
    return Optional.of(new Slip(tail(layout, record), false));
  }

  private static void paidBy(ReceiptLayout layout, Sale sale, boolean cash) {
    long coins = cash ? sale.getAmountMinor() : sale.getCashMinor();
    if (coins > 0) {
      layout.line(ReceiptWord.PAID_IN_CASH, Money.decimal(coins), Style.PLAIN);
    }
    if (!cash) {
      if (sale.getSubsidyMinor() > 0) {
        layout.line(ReceiptWord.OF_IT_SUBSIDY, Money.decimal(sale.getSubsidyMinor()), Style.PLAIN);
      }
      if (sale.getPointsUsed() > 0 || sale.getPointsEarned() > 0) {
        layout.line(ReceiptWord.POINTS, "-" + sale.getPointsUsed() + " +" + sale.getPointsEarned(),
            Style.PLAIN);
      }
      layout.line(ReceiptWord.PAID_BY_CARD, Money.decimal(sale.getAmountMinor() - coins), Style.PLAIN)
          .line(ReceiptWord.BALANCE, Money.decimal(sale.getBalanceAfterMinor()), Style.PLAIN);
      if (sale.getOffline()) {
        layout.note(ReceiptWord.OFFLINE);
      }
    }
  }

  private Slip taken(JournalRecord record, dev.counterfoil.proto.v1.Void taken, boolean copy) {
    var layout = head(ReceiptWord.VOID, record, copy)
        .line(ReceiptWord.OF_RECORD, Long.toString(taken.getOriginalSeq()), Style.PLAIN)
        .line(ReceiptWord.TAKEN_BACK, taken.getCurrency() + " -" + Money.decimal(taken.getAmountMinor()),
            Style.BOLD);
    return new Slip(tail(layout, record), false);
  }

  private Slip refund(JournalRecord record, Refund refund, boolean copy) {
    boolean cash = refund.getTender() == Tender.TENDER_CASH;
    var layout = head(ReceiptWord.REFUND, record, copy).line(ReceiptWord.REFUNDED,
        refund.getCurrency() + " -" + Money.decimal(refund.getAmountMinor()), Style.BOLD);
    if (cash) {
      layout.note(ReceiptWord.REFUNDED_IN_CASH);
    }
    layout.line(ReceiptWord.LEFT, Money.decimal(refund.getLeftMinor()), Style.PLAIN);
    return new Slip(tail(layout, record), drawer && !copy && cash && !record.is(RecordKind.TEST));
  }

  ReceiptLayout head(ReceiptWord kind, JournalRecord record, boolean copy) {
    var layout = new ReceiptLayout(language, columns).title(merchant).centred(kind);
    if (record.is(RecordKind.TEST)) {
      layout.centred(ReceiptWord.TEST);
    }
    if (copy) {
      layout.centred(ReceiptWord.COPY);
    }
    if (!terminal.equals(merchant)) {
      layout.line(ReceiptWord.TERMINAL, terminal, Style.PLAIN);
    }
    boolean unsure = record.timeQuality() != TimeQuality.ANCHORED;
    layout.line(ReceiptWord.RECORD, Long.toString(record.seq()), Style.PLAIN)
        .line(ReceiptWord.TIME,
            TIME.format(Instant.ofEpochMilli(record.wallMillis()).atZone(zone)) + (unsure ? "~" : ""),
            Style.PLAIN);
    return (unsure ? layout.note(ReceiptWord.TIME_UNSURE) : layout).rule();
  }

  private void item(ReceiptLayout layout, LineItem item) {
    String name = item.getProductName().isEmpty()
        ? ReceiptWord.ITEM.in(language) + " " + item.getProductCode()
        : item.getProductName();
    long total = Math.multiplyExact(item.getUnitPriceMinor(), (long) item.getQuantity());
    layout.line(name + times(item), Money.decimal(total), Style.PLAIN);
  }

  private static String times(LineItem item) {
    if (item.getWeightGrams() > 0) {
      return String.format(Locale.ROOT, " %d.%03d kg x %s", item.getWeightGrams() / GRAMS,
          item.getWeightGrams() % GRAMS, Money.decimal(item.getKilogramPriceMinor()));
    }
    return item.getQuantity() == 1 ? ""
        : " " + item.getQuantity() + " x " + Money.decimal(item.getUnitPriceMinor());
  }

  List<Slip.Part> tail(ReceiptLayout layout, JournalRecord record) {
    String code = ReceiptCode.of(record).toString();
    layout.rule().centred(ReceiptWord.CODE).plain(code);
    return (qr ? layout.code(code) : layout).parts();
  }
}

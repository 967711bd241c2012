package dev.counterfoil.settlement.gateway;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads a trade bill (`bill_type=ALL`) of WeChat Pay. Pure.
///
/// UTF-8 with or without BOM: a line of column names, one line an item, a line of names of totals, one line of totals.
/// Every field of items and totals has a back-tick before it, which is why they are split at `,` + back-tick: a goods
/// name may hold a comma. The order of columns is not promised, so they are found by name.
final class WechatBill {

  private static final String TICK = "`";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss",
      Locale.ROOT);
  private static final int LINES_AROUND = 3;

  private WechatBill() {}

  /// @return {@link BillAnswer.Published} or {@link BillAnswer.Rejected}
  static BillAnswer read(byte[] file) {
    List<String> lines = new String(file, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "").lines()
        .toList();
    int names = lines.size() - 2;
    if (lines.size() < LINES_AROUND || !lines.get(names).startsWith("总交易单数,")
        || !lines.getLast().startsWith(TICK)) {
      return rejected(GatewayCode.GATEWAY_BILL_TRUNCATED, lines.size() + " lines");
    }
    int number = 0;
    try {
      List<String> columns = List.of(lines.getFirst().split(","));
      var items = new ArrayList<GatewayBill.Line>();
      for (number = 1; number < names; number++) {
        items.add(item(fields(columns, lines.get(number))));
      }
      Fields totals = fields(List.of(lines.get(names).split(",")), lines.getLast());
      return checked(new GatewayBill(items, GatewayBill.Totals.of(items)), totals(totals));
    } catch (MalformedMessageException | ArithmeticException e) {
      return rejected(GatewayCode.GATEWAY_BILL_MALFORMED, "line=" + (number + 1) + " " + e.getMessage());
    }
  }

  private static BillAnswer checked(GatewayBill bill, GatewayBill.Totals said) {
    return bill.totals().equals(said) ? new BillAnswer.Published(bill)
        : rejected(GatewayCode.GATEWAY_BILL_TOTALS, "lines=" + bill.totals() + " said=" + said);
  }

  /// One line by its column names.
  private record Fields(List<String> columns, List<String> values) {

    String text(String column) throws MalformedMessageException {
      int index = columns.indexOf(column);
      if (index < 0) {
        throw new MalformedMessageException("no column " + column);
      }
      return values.get(index);
    }

    long fen(String column) throws MalformedMessageException {
      return GatewayJson.yuan(column, text(column));
    }

    /// Five decimals of a yuan are thousandths of a fen.
    long milliFen(String column) throws MalformedMessageException {
      try {
        return new BigDecimal(text(column)).movePointRight(5).longValueExact();
      } catch (NumberFormatException | ArithmeticException _) {
        throw new MalformedMessageException(column + " is no amount");
      }
    }
  }

  private static Fields fields(List<String> columns, String line) throws MalformedMessageException {
    if (!line.startsWith(TICK)) {
      throw new MalformedMessageException("no back-tick");
    }
    List<String> values = List.of(line.substring(1).split(",`", -1));
    if (values.size() != columns.size()) {
      throw new MalformedMessageException("fields=" + values.size() + " columns=" + columns.size());
    }
    return new Fields(columns, values);
  }

  private static GatewayBill.Line item(Fields fields) throws MalformedMessageException {
    String state = fields.text("交易状态");
    boolean refund = switch (state) {
      case "SUCCESS" -> false;
      case "REFUND", "REVOKED" -> true;
      default -> throw new MalformedMessageException("交易状态 is none that is known");
    };
    long amountFen = fields.fen(refund ? "申请退款金额" : "订单金额");
    if (amountFen < 0) {
      throw new MalformedMessageException("an amount below zero");
    }
    return new GatewayBill.Line(refund, time(fields.text("交易时间")), fields.text("微信订单号"),
        fields.text("商户订单号"), refund ? fields.text("商户退款单号") : "", amountFen,
        fields.milliFen("手续费"));
  }

  private static LocalDateTime time(String text) throws MalformedMessageException {
    try {
      return LocalDateTime.parse(text, TIME);
    } catch (DateTimeException _) {
      throw new MalformedMessageException("交易时间 is no time");
    }
  }

  private static GatewayBill.Totals totals(Fields fields) throws MalformedMessageException {
    try {
      return new GatewayBill.Totals(Long.parseLong(fields.text("总交易单数")), fields.fen("订单总金额"),
          fields.fen("申请退款总金额"), fields.milliFen("手续费总金额"));
    } catch (NumberFormatException _) {
      throw new MalformedMessageException("总交易单数 is no number");
    }
  }

  private static BillAnswer rejected(GatewayCode code, String detail) {
    return new BillAnswer.Rejected(new GatewayProblem(code, detail));
  }
}

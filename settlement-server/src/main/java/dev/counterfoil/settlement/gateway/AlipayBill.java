package dev.counterfoil.settlement.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Reads a trade bill (`bill_type=trade`) of Alipay. Pure.
///
/// A zip of two GBK files, items and summary. In the file of items, lines with `#` are remarks; the first other one names
/// the columns, then one line an item with tabs and blanks around its fields; remarks at the end give counts and sums of
/// what the merchant got (商家实收) and gave back. Nothing is quoted.
final class AlipayBill {

  private static final Charset GBK = Charset.forName("GBK");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss",
      Locale.ROOT);
  private static final int LONGEST_FILE = 256 << 20;
  private static final Pattern PAID = Pattern.compile("#交易合计[:：](\\d+)笔[,，]商家实收共(-?[\\d.]+)元.*");
  private static final Pattern REFUNDED = Pattern.compile("#退款合计[:：](\\d+)笔[,，]商家实收退款共(-?[\\d.]+)元.*");

  private AlipayBill() {}

  /// @param zip as downloaded
  /// @return {@link BillAnswer.Published} or {@link BillAnswer.Rejected}
  static BillAnswer read(byte[] zip) {
    try (var files = new ZipInputStream(new ByteArrayInputStream(zip), GBK)) {
      for (ZipEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
        String text = new String(files.readNBytes(LONGEST_FILE), GBK);
        if (text.startsWith("#支付宝业务明细")) {
          return readItems(text.lines().toList());
        }
      }
      return rejected(GatewayCode.GATEWAY_BILL_TRUNCATED, "no file of items");
    } catch (IOException | IllegalArgumentException _) {
      return rejected(GatewayCode.GATEWAY_BILL_TRUNCATED, "no whole zip");
    }
  }

  private static BillAnswer readItems(List<String> lines) {
    Matcher paid = first(lines, PAID);
    Matcher refunded = first(lines, REFUNDED);
    if (!paid.matches() || !refunded.matches()) {
      return rejected(GatewayCode.GATEWAY_BILL_TRUNCATED, lines.size() + " lines");
    }
    int number = 0;
    try {
      var items = new ArrayList<GatewayBill.Line>();
      var sums = new Sums(0, 0, 0, 0);
      List<String> columns = List.of();
      for (number = 0; number < lines.size(); number++) {
        String line = lines.get(number);
        if (line.startsWith("#") || line.isBlank()) {
          continue;
        }
        if (columns.isEmpty()) {
          columns = fields(line.replace('（', '(').replace('）', ')'));
          continue;
        }
        var item = new Item(columns, fields(line));
        items.add(item.line());
        sums = sums.plus(item);
      }
      return checked(items, sums, said(paid, refunded));
    } catch (MalformedMessageException | ArithmeticException | NumberFormatException e) {
      return rejected(GatewayCode.GATEWAY_BILL_MALFORMED, "line=" + (number + 1) + " " + e.getMessage());
    }
  }

  private static BillAnswer checked(List<GatewayBill.Line> items, Sums sums, Sums said) {
    return sums.equals(said) ? new BillAnswer.Published(new GatewayBill(items, GatewayBill.Totals.of(items)))
        : rejected(GatewayCode.GATEWAY_BILL_TOTALS, "lines=" + sums + " said=" + said);
  }

  /// Counts and what the merchant got and gave back, in fen, as the remarks at the end have them.
  private record Sums(long payments, long gotFen, long refunds, long gaveFen) {

    Sums plus(Item item) throws MalformedMessageException {
      long fen = item.fen("商家实收(元)");
      return item.isRefund() ? new Sums(payments, gotFen, refunds + 1, Math.addExact(gaveFen, fen))
          : new Sums(payments + 1, Math.addExact(gotFen, fen), refunds, gaveFen);
    }
  }

  private static Sums said(Matcher paid, Matcher refunded) throws MalformedMessageException {
    return new Sums(Long.parseLong(paid.group(1)), GatewayJson.yuan("交易合计", paid.group(2)),
        Long.parseLong(refunded.group(1)), GatewayJson.yuan("退款合计", refunded.group(2)));
  }

  private static Matcher first(List<String> lines, Pattern pattern) {
    return pattern
        .matcher(lines.stream().filter(line -> pattern.matcher(line).matches()).findFirst().orElse(""));
  }

  private static List<String> fields(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private record Item(List<String> columns, List<String> values) {

    Item {
      if (columns.size() != values.size()) {
        throw new NumberFormatException("fields=" + values.size() + " columns=" + columns.size());
      }
    }

    boolean isRefund() throws MalformedMessageException {
      return switch (text("业务类型")) {
        case "交易" -> false;
        case "退款" -> true;
        default -> throw new MalformedMessageException("业务类型 is none that is known");
      };
    }

    GatewayBill.Line line() throws MalformedMessageException {
      boolean refund = isRefund();
      long amountFen = refund ? -fen("订单金额(元)") : fen("订单金额(元)");
      if (amountFen < 0) {
        throw new MalformedMessageException("an amount on the wrong side");
      }
      return new GatewayBill.Line(refund, time(), text("支付宝交易号"), text("商户订单号"),
          refund ? text("退款批次号/请求号") : "", amountFen, feeMilliFen());
    }

    /// A fee is below zero here, above zero at WeChat.
    private long feeMilliFen() throws MalformedMessageException {
      return Math.negateExact(new BigDecimal(text("服务费(元)")).movePointRight(5).longValueExact());
    }

    private LocalDateTime time() throws MalformedMessageException {
      try {
        return LocalDateTime.parse(text("完成时间"), TIME);
      } catch (DateTimeException _) {
        throw new MalformedMessageException("完成时间 is no time");
      }
    }

    long fen(String column) throws MalformedMessageException {
      return GatewayJson.yuan(column, text(column));
    }

    private String text(String column) throws MalformedMessageException {
      int index = columns.indexOf(column);
      if (index < 0) {
        throw new MalformedMessageException("no column " + column);
      }
      return values.get(index);
    }
  }

  private static BillAnswer rejected(GatewayCode code, String detail) {
    return new BillAnswer.Rejected(new GatewayProblem(code, detail));
  }
}

package dev.counterfoil.sim.replay;

import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_AMOUNT;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_BLANK;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_DATE;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_HEADER;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_LINE_TOTAL;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_QUANTITY;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_SHAPE;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_WORD;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.counterfoil.protocol.money.Money;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where each column of a sales file stands, and how a row is read by them.
final class SalesColumns {

  private static final List<String> NEEDED = List.of("Status", "Device ID", "Machine", "Product",
      "Transaction",
      "TransDate", "Type", "RCoil", "RPrice", "RQty", "LineTotal", "TransTotal");
  /// Strict: a Saturday that was a Friday is a damaged row, not a matter of taste.
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMMM d, uuuu", Locale.US)
      .withResolverStyle(ResolverStyle.STRICT);
  private static final int MAX_QUANTITY = 99;

  private final Map<String, Integer> positions;

  SalesColumns(Map<String, Integer> positions) throws SalesFileException {
    this.positions = Map.copyOf(positions);
    for (String column : NEEDED) {
      if (!positions.containsKey(column)) {
        throw new SalesFileException(CSV_HEADER, 1, column,
            "is missing; needed are " + String.join(", ", NEEDED));
      }
    }
  }

  SalesRow row(CsvRecord fields) throws SalesFileException {
    if (fields.getFieldCount() != positions.size()) {
      throw new SalesFileException(CSV_SHAPE, fields.getStartingLineNumber(), "",
          fields.getFieldCount() + " fields, the header has " + positions.size());
    }
    return new Row(fields).read();
  }

  /// One row while it is read.
  private final class Row {

    private final CsvRecord fields;

    Row(CsvRecord fields) {
      this.fields = fields;
    }

    SalesRow read() throws SalesFileException {
      long price = amount("RPrice");
      int quantity = quantity("RQty");
      long total = amount("LineTotal");
      if (Math.multiplyExact(price, quantity) != total) {
        throw bad(CSV_LINE_TOTAL, "LineTotal", Money.decimal(price) + " x " + quantity + " is not "
            + Money.decimal(total));
      }
      return new SalesRow(fields.getStartingLineNumber(), oneOf("Status", "Processed", "Unlinked"),
          filled("Device ID"), filled("Machine"), text("Product"), filled("Transaction"), day("TransDate"),
          oneOf("Type", "Credit", "Cash") ? SalesRow.Tender.CREDIT : SalesRow.Tender.CASH, text("RCoil"),
          price,
          quantity, total, amount("TransTotal"));
    }

    private String text(String column) {
      return fields.getField(positions.getOrDefault(column, 0)).strip();
    }

    private String filled(String column) throws SalesFileException {
      String text = text(column);
      if (text.isEmpty()) {
        throw bad(CSV_BLANK, column, "is empty");
      }
      return text;
    }

    /// True for the first word, false for the second.
    private boolean oneOf(String column, String first, String second) throws SalesFileException {
      String word = text(column);
      if (!word.equals(first) && !word.equals(second)) {
        throw bad(CSV_WORD, column, "'" + word + "' is neither " + first + " nor " + second);
      }
      return word.equals(first);
    }

    private long amount(String column) throws SalesFileException {
      try {
        long minor = Money.parseDecimal(text(column));
        if (minor >= 0) {
          return minor;
        }
      } catch (NumberFormatException _) {
        // Told below, with line and column.
      }
      throw bad(CSV_AMOUNT, column, "'" + text(column) + "' is not an amount");
    }

    private int quantity(String column) throws SalesFileException {
      String text = text(column);
      if (!text.matches("[1-9][0-9]?")) {
        throw bad(CSV_QUANTITY, column, "'" + text + "' is not a whole number from 1 to " + MAX_QUANTITY);
      }
      return Integer.parseInt(text);
    }

    private LocalDate day(String column) throws SalesFileException {
      try {
        return LocalDate.parse(text(column), DAY);
      } catch (DateTimeException _) {
        throw bad(CSV_DATE, column, "'" + text(column) + "' is not a day like 'Saturday, January 1, 2022'");
      }
    }

    private SalesFileException bad(SalesFileException.Code code, String column, String detail) {
      return new SalesFileException(code, fields.getStartingLineNumber(), column, detail);
    }
  }
}

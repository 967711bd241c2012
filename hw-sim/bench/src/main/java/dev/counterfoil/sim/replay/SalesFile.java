package dev.counterfoil.sim.replay;

import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_EMPTY;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_ENCODING;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_HEADER;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_SALE_MIXED;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_SALE_TOTAL;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_SHAPE;
import static dev.counterfoil.sim.replay.SalesFileException.Code.CSV_UNREADABLE;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.counterfoil.protocol.money.Money;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A vending sales file, read whole and checked before anything is played: UTF-8 with or without a byte-order mark,
/// comma separated, one header line. Every number is checked against the others of its row and sale, so that what is
/// replayed is what the machines took.
///
/// @param baskets sales in file order
/// @param odd     what is unusual but can be replayed, in file order
record SalesFile(List<Basket> baskets, List<Oddity> odd) {

  /// Something unusual that was replayed all the same and that the operator should look at.
  record Oddity(SalesRow row, String reason) {}

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  SalesFile {
    baskets = List.copyOf(baskets);
    odd = List.copyOf(odd);
  }

  int rows() {
    return baskets.stream().mapToInt(basket -> basket.rows().size()).sum();
  }

  long rows(SalesRow.Tender tender) {
    return baskets.stream().flatMap(basket -> basket.rows().stream()).filter(row -> row.tender() == tender)
        .count();
  }

  long totalMinor() {
    return baskets.stream().mapToLong(Basket::totalMinor).reduce(0, Math::addExact);
  }

  /// Machines in the order in which the file names them.
  List<String> devices() {
    return baskets.stream().map(Basket::device).distinct().toList();
  }

  static SalesFile read(Path file) throws SalesFileException {
    try {
      return parse(decode(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new SalesFileException(CSV_UNREADABLE, 0, "", file + " cannot be read: " + e);
    }
  }

  private static String decode(byte[] bytes) throws SalesFileException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SalesFileException(CSV_ENCODING, lineOfFirstBadByte(bytes), "", "bytes that are not UTF-8");
    }
  }

  private static long lineOfFirstBadByte(byte[] bytes) {
    String lenient = new String(bytes, StandardCharsets.UTF_8);
    int bad = lenient.indexOf('\uFFFD');
    return 1 + lenient.substring(0, Math.max(0, bad)).chars().filter(c -> c == '\n').count();
  }

  static SalesFile parse(String text) throws SalesFileException {
    String body = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    var rows = new ArrayList<SalesRow>();
    try (var reader = CsvReader.builder().skipEmptyLines(true).ofCsvRecord(body)) {
      SalesColumns columns = null;
      for (CsvRecord row : reader) {
        if (columns == null) {
          columns = new SalesColumns(positions(row));
        } else {
          rows.add(columns.row(row));
        }
      }
    } catch (CsvParseException e) {
      throw new SalesFileException(CSV_SHAPE, 0, "", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new SalesFileException(CSV_UNREADABLE, 0, "", e.toString());
    }
    if (rows.isEmpty()) {
      throw new SalesFileException(CSV_EMPTY, 0, "", "no header with at least one row below it");
    }
    return new SalesFile(baskets(rows), oddities(rows));
  }

  private static Map<String, Integer> positions(CsvRecord header) throws SalesFileException {
    var positions = new HashMap<String, Integer>();
    for (int i = 0; i < header.getFieldCount(); i++) {
      if (positions.put(header.getField(i).strip(), i) != null) {
        throw new SalesFileException(CSV_HEADER, 1, header.getField(i), "stands there twice");
      }
    }
    return positions;
  }

  private static List<Basket> baskets(List<SalesRow> rows) throws SalesFileException {
    var bySale = new LinkedHashMap<String, List<SalesRow>>();
    rows.forEach(row -> bySale.computeIfAbsent(row.transaction(), _ -> new ArrayList<>()).add(row));
    var baskets = new ArrayList<Basket>();
    for (var sale : bySale.entrySet()) {
      baskets.add(checked(new Basket(sale.getKey(), sale.getValue())));
    }
    return baskets;
  }

  private static Basket checked(Basket basket) throws SalesFileException {
    SalesRow first = basket.rows().getFirst();
    for (SalesRow row : basket.rows()) {
      if (!row.device().equals(first.device()) || !row.day().equals(first.day())
          || row.tender() != first.tender()) {
        throw new SalesFileException(CSV_SALE_MIXED, row.line(), "Transaction", "sale " + basket.transaction()
            + " began in line " + first.line()
            + " at another machine, on another day or with another tender");
      }
      if (row.saleMinor() != basket.totalMinor()) {
        throw new SalesFileException(CSV_SALE_TOTAL, row.line(), "TransTotal",
            "the rows of sale " + basket.transaction() + " add up to " + Money.decimal(basket.totalMinor())
                + ", the file says " + Money.decimal(row.saleMinor()));
      }
    }
    return basket;
  }

  private static List<Oddity> oddities(List<SalesRow> rows) {
    var odd = new ArrayList<Oddity>();
    for (SalesRow row : rows) {
      if (row.product().isBlank()) {
        odd.add(new Oddity(row, row.linked() ? "blank product" : "blank product, Unlinked"));
      } else if (!row.linked()) {
        odd.add(new Oddity(row, "Unlinked"));
      }
    }
    return odd;
  }
}
